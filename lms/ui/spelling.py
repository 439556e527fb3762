"""How figures, dates and durations are written on every screen, in the language of whoever reads."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, get_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

Number = int | float | Decimal


def spell_number(*, value: Number | None, decimals: int = 0) -> str:
    """``1446`` → ``"1.446"``; ``None`` → ``"sin dato"``. Halves are rounded up."""
    if value is None:
        return _("sin dato")
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    separators = {",": get_format("THOUSAND_SEPARATOR"), ".": get_format("DECIMAL_SEPARATOR")}
    return f"{rounded:,.{decimals}f}".translate(str.maketrans(separators))


def spell_percent(*, percent: Number | None, decimals: int = 0) -> str:
    """``68.2`` (0 to 100) → ``"68 %"``, with one decimal ``"68,2 %"``; ``None`` → ``"sin dato"``."""
    if percent is None:
        return _("sin dato")
    return f"{spell_number(value=percent, decimals=decimals)}{NO_BREAK_SPACE}%"


def spell_share(*, share: Number | None, decimals: int = 0) -> str:
    """``0.682`` (0 to 1) → ``"68 %"``; ``None`` → ``"sin dato"``."""
    percent = None if share is None else Decimal(str(share)) * 100
    return spell_percent(percent=percent, decimals=decimals)


def spell_date(*, value: date | datetime | None) -> str:
    """``"30 de junio de 2026"``; an aware datetime in the present time zone; ``None`` → ``"sin fecha"``."""
    if value is None:
        return _("sin fecha")
    if isinstance(value, datetime) and is_aware(value):
        value = localtime(value)
    return str(date_format(value, "DATE_FORMAT"))


def spell_minutes(*, minutes: int | None) -> str:
    """``45`` → ``"45 min"``, ``150`` → ``"2 h 30 min"``, ``360`` → ``"6 horas"``; nothing → "sin dato"."""
    if minutes is None:
        return _("sin dato")
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return _("%(rest)s min") % {"rest": rest}
    if not rest:
        return ngettext("%(hours)s hora", "%(hours)s horas", hours) % {"hours": hours}
    return _("%(hours)s h %(rest)s min") % {"hours": hours, "rest": rest}


def initials_of(*, name: str | None) -> str:
    """``"Camila Riquelme Soto"`` → ``"CR"``: the first letters of the first two words."""
    return "".join(word[0] for word in (name or "").split()[:2]).upper()
