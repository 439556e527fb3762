"""Keeping who was reminded: the row goes before the e-mail, so that a crash never sends it twice."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from lms.people.models import User
from lms.plan.models import ReportReminder
from lms.plan.rules.reminders import Stage

KEEP = timedelta(days=730)


def begin_reminder(*, user: User, period: str, stage: Stage, at: datetime) -> ReportReminder | None:
    """Notes that somebody is about to be told; ``None`` where they were, or are by another worker."""
    try:
        with transaction.atomic():
            return ReportReminder.objects.create(user=user, period=period, stage=stage, sent_at=at)
    except IntegrityError:
        return None


def take_back_reminder(*, row: ReportReminder) -> None:
    """The server clearly did not take it: they are told later."""
    row.delete()


def forget_old_reminders(*, at: datetime) -> int:
    """Deletes those of two years ago; how many rows."""
    return ReportReminder.objects.filter(sent_at__lt=at - KEEP).delete()[0]
