"""Saved views: kept, shared, deleted."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lms.people.models import Institution, User
from lms.reports.models import ReportSchedule, SavedView
from lms.reports.services.deliveries import forget_files_of


class NameTakenError(Exception):
    """The account has a view of that name."""


class ViewScheduledError(Exception):
    """It is being sent: its schedule has to be stopped first."""


def save_view(
    *,
    owner: User,
    institution: Institution,
    page: str,
    name: str,
    query: str,
    is_shared: bool,
    at: datetime,
) -> SavedView:
    """Keep it. One write.

    Raises:
        NameTakenError: see there.
    """
    try:
        with transaction.atomic():
            return SavedView.objects.create(
                owner=owner,
                institution=institution,
                page=page,
                name=name,
                query=query,
                is_shared=is_shared,
                created_at=at,
            )
    except IntegrityError as error:
        raise NameTakenError from error


def share_view(*, view: SavedView, is_shared: bool) -> None:
    """Offer it to those who see the reports of the institution, or to nobody else any more."""
    view.is_shared = is_shared
    view.save(update_fields=["is_shared"])


@transaction.atomic
def delete_view(*, view: SavedView) -> None:
    """Delete it with its schedules, all of which were stopped.

    Raises:
        ViewScheduledError: see there.
    """
    schedules = list(ReportSchedule.objects.filter(view=view))
    if any(schedule.stopped_at is None for schedule in schedules):
        raise ViewScheduledError
    forget_files_of(schedules=schedules)
    view.delete()
