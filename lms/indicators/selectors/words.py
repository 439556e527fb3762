"""How figures and periods are said. One place for screens and files."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.indicators.rules.periods import EXAMPLES, Frequency, split_period
from lms.indicators.rules.shapes import Figure, Kind, Row, Shape, Status, derive
from lms.ui.spelling import NO_BREAK_SPACE, spell_number

PER_HUNDRED = 100

_STATUS_WORDS = {
    Status.NO_DATA: gettext_lazy("Sin dato"),
    Status.NOT_APPLICABLE: gettext_lazy("No aplica"),
}


def period_words(period: str) -> str:
    """``"2025-S1"`` → ``"primer semestre de 2025"``; ``"2025-03"`` → ``"marzo de 2025"``."""
    year, part = split_period(period)
    if not part:
        return str(year)
    words = {
        "S1": _("primer semestre de %(year)s"),
        "S2": _("segundo semestre de %(year)s"),
        "T1": _("primer trimestre de %(year)s"),
        "T2": _("segundo trimestre de %(year)s"),
        "T3": _("tercer trimestre de %(year)s"),
        "T4": _("cuarto trimestre de %(year)s"),
    }
    if part in words:
        return words[part] % {"year": year}
    return str(date_format(date(year, int(part), 1), r"F \d\e Y"))


def is_percent(shape: Shape) -> bool:
    """Whether its figures are per hundred."""
    return shape.kind == Kind.RATIO and shape.factor == PER_HUNDRED


def unit_words(*, unit: str, shape: Shape) -> str:
    """The unit beside a figure that has its own sign: ``"% de los organismos"`` → ``"de los organismos"``."""
    return unit.removeprefix("%").strip() if is_percent(shape) else unit


def figure_words(*, figure: Figure, shape: Shape) -> str:
    """``"62,5 %"``, ``"1.204"``, ``"Sin dato"`` or ``"No aplica"``: never a zero for what is not known."""
    if figure.status != Status.VALUE:
        return str(_STATUS_WORDS[figure.status])
    return value_words(value=derive(figure=figure, shape=shape), shape=shape)


def value_words(*, value: Decimal | None, shape: Shape) -> str:
    """A derived figure, a baseline or a target; ``None`` is "no publicado"."""
    if value is None:
        return _("No publicado")
    text = spell_number(value=value, decimals=shape.decimals)
    return f"{text}{NO_BREAK_SPACE}%" if is_percent(shape) else text


def number_words(value: Decimal | None) -> str:
    """A numerator or a denominator with the decimals that it has."""
    if value is None:
        return ""
    decimals = max(-int(value.normalize().as_tuple().exponent), 0)
    return spell_number(value=value, decimals=decimals)


def formula_words(*, figure: Figure, shape: Shape) -> str:
    """``"40 ÷ 64 × 100 = 62,5 %"``; a count is its own formula. Empty without a value."""
    if figure.status != Status.VALUE:
        return ""
    result = figure_words(figure=figure, shape=shape)
    if shape.kind == Kind.COUNT:
        return result
    times = f" × {spell_number(value=shape.factor)}" if shape.factor != 1 else ""
    return f"{number_words(figure.numerator)} ÷ {number_words(figure.denominator)}{times} = {result}"


def cell_words(*, row: Row, shape: Shape) -> str:
    """``"Región: de ejemplo norte; Sexo: mujeres"`` or ``"Total"``."""
    labels = {one.name: one.label for one in shape.dimensions}
    return "; ".join(f"{labels.get(name, name)}: {value}" for name, value in row.cell) or _("Total")


def frequency_example(frequency: str) -> str:
    return EXAMPLES[Frequency(frequency)]
