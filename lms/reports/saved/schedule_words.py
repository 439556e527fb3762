"""Schedules and their letters in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lms.reports.models import ReportDelivery, ReportLetter, ReportSchedule
from lms.reports.saved.forms_saved import WEEKDAYS
from lms.ui.components import Notice, TagKind

_LOOKS: dict[str, tuple[TagKind, str]] = {
    ReportLetter.State.WAITING: ("info", "clock"),
    ReportLetter.State.SENDING: ("info", "clock"),
    ReportLetter.State.SENT: ("ok", "circle-check"),
    ReportLetter.State.NO_GRANT: ("warn", "ban"),
    ReportLetter.State.NO_ADDRESS: ("warn", "mail"),
}


@dataclass(frozen=True)
class LetterLine:
    """One account and what became of its letter."""

    name: str
    notice: Notice


@dataclass(frozen=True)
class DeliveryLine:
    """A delivery as the page lists it; ``has_file``: it can still be downloaded."""

    delivery: ReportDelivery
    has_file: bool
    letters: list[LetterLine]


def describe_rhythm(*, schedule: ReportSchedule) -> str:
    """«Cada semana, el lunes»."""
    if schedule.every == ReportSchedule.Every.WEEK:
        return _("Cada semana, el %(day)s") % {"day": dict(WEEKDAYS)[schedule.day]}
    return _("Cada mes, el día %(day)s") % {"day": schedule.day}


def describe_delivery(delivery: ReportDelivery) -> DeliveryLine:
    """With its letters, prefetched."""
    letters = [
        LetterLine(
            letter.account.get_full_name() or letter.account.email or "",
            Notice(*_LOOKS[letter.state], letter.get_state_display()),
        )
        for letter in delivery.letters.all()
    ]
    return DeliveryLine(delivery, bool(delivery.storage_key), letters)
