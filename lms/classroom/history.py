"""The days of a requirement in words: since when in time, since when late, when it was met."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.progress.models import AssignedTraining
from lms.progress.rules.dates import FOREVER
from lms.progress.rules.timeline import Standing
from lms.progress.standing_tags import notice_of
from lms.ui.components import Notice
from lms.ui.spelling import spell_date

_WORDS: dict[Standing, Promise] = {
    Standing.NOT_STARTED: gettext_lazy("en plazo, sin empezar"),
    Standing.IN_PROGRESS: gettext_lazy("en plazo, con el curso empezado"),
    Standing.LATE: gettext_lazy("con el plazo vencido"),
    Standing.DONE: gettext_lazy("cumplida"),
    Standing.EXPIRING: gettext_lazy("cumplida, por vencer"),
    Standing.EXEMPT: gettext_lazy("eximida"),
    Standing.ON_LEAVE: gettext_lazy("con permiso: no se te exige"),
}


@dataclass(frozen=True)
class Spell:
    """A run of days. ``text``: «Del 1 de marzo de 2026 al 30 de abril de 2026: en plazo, sin empezar»."""

    text: str
    notice: Notice


def spells_of(*, days: list[AssignedTraining], day: date) -> list[Spell]:
    """The days so far, the latest first. No query."""
    return [Spell(_text(row, day), notice_of(standing=row.standing)) for row in reversed(days)]


def _text(row: AssignedTraining, day: date) -> str:
    words = {
        "first": spell_date(value=row.first_day),
        "last": spell_date(value=row.last_day),
        "what": str(_WORDS[Standing(row.standing)]),
    }
    if row.last_day == FOREVER or row.last_day >= day:
        return _("Desde el %(first)s: %(what)s") % words
    if row.first_day == row.last_day:
        return _("El %(first)s: %(what)s") % words
    return _("Del %(first)s al %(last)s: %(what)s") % words
