"""How published figures are said. One place for screens and files."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from lms.people.models import Estamento, LegalQuality
from lms.plan.rules import OTHERS, Aside, Band, Figure, Motive, PeopleOnly, few_below
from lms.ui.spelling import NO_BREAK_SPACE, spell_number, spell_percent


def band_words(*, band: Band) -> str:
    """``"5 % o menos"``, ``"95 % o más"`` or nothing."""
    if band == Band.LOW:
        return _("5%(space)s%% o menos") % {"space": NO_BREAK_SPACE}
    return _("95%(space)s%% o más") % {"space": NO_BREAK_SPACE} if band == Band.HIGH else ""


def motive_words(*, motive: Motive, k: int) -> str:
    """Why a figure is not given; empty when it is."""
    if motive == Motive.SMALL:
        return _("menos de %(k)s personas") % {"k": k}
    if motive == Motive.FEW:
        return _("menos de %(few)s personas completaron, o menos de %(few)s faltan") % {"few": few_below(k=k)}
    return _("protege otra celda") if motive == Motive.PROTECTS else ""


def aside_words(*, row: PeopleOnly, k: int) -> str:
    """Why an institution has no percentage, and whether its people are told."""
    if row.why == Aside.CONTRADICTED:
        text = _("Aviso: la dotación informada es menor que las personas capacitadas; sin porcentaje")
    else:
        text = _(
            "solo personas, sin porcentaje: un grupo con personas capacitadas no tiene dotación informada"
        )
    small = motive_words(motive=row.completed.motive, k=k)
    return _("%(text)s. No se publica cuántas: %(small)s") % {"text": text, "small": small} if small else text


def figure_words(*, figure: Figure, k: int) -> str:
    """``"64 %"``, ``"5 % o menos"`` or ``"No se publica: menos de 10 personas"``."""
    if figure.percent is not None:
        return spell_percent(percent=figure.percent)
    if figure.value is not None:
        return _("%(people)s personas, sin porcentaje") % {"people": spell_number(value=figure.value)}
    if figure.band:
        return band_words(band=figure.band)
    return _("No se publica: %(reason)s") % {"reason": motive_words(motive=figure.motive, k=k)}


def estamento_name(*, code: str) -> str:
    return _("Otros estamentos, juntos") if code == OTHERS else str(Estamento(code).label)


def legal_quality_name(*, code: str) -> str:
    return _("Otras calidades jurídicas, juntas") if code == OTHERS else str(LegalQuality(code).label)


def institution_name(*, code: str, names: Mapping[str, str]) -> str:
    return _("Otras instituciones, juntas") if code == OTHERS else names.get(code, code)
