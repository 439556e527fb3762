"""Schedules: asked for, and stopped for good."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lms.people.models import User
from lms.reports.models import ReportSchedule, SavedView


@transaction.atomic
def create_schedule(
    *, view: SavedView, every: str, day: int, file_format: str, recipients: Iterable[User], at: datetime
) -> ReportSchedule:
    """Begin sending the view; the first time on its next day, today included."""
    schedule = ReportSchedule.objects.create(
        view=view, every=every, day=day, format=file_format, created_at=at
    )
    schedule.recipients.set(recipients)
    return schedule


def stop_schedule(*, schedule: ReportSchedule, because: str, at: datetime) -> bool:
    """Stop it and say why; whether it was running. One query."""
    running = ReportSchedule.objects.filter(pk=schedule.pk, stopped_at__isnull=True)
    return running.update(stopped_at=at, stopped_because=because) == 1
