"""How dates and durations are written, on paper and on the page."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def long_date(day: date) -> str:
    """``12 de mayo de 2026``."""
    return date_format(day, r"j \d\e F \d\e Y")


def duration(minutes: int) -> str:
    """``6 horas``, ``2 h 30 min`` or ``45 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(rest)s min") % {"rest": rest}
    if not rest:
        return ngettext("%(hours)s hora", "%(hours)s horas", hours) % {"hours": hours}
    return _("%(hours)s h %(rest)s min") % {"hours": hours, "rest": rest}
