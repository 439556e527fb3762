"""Writing leaves: dates only, never the reason. Two of one person in one institution do not overlap."""

from datetime import date

from django.db import transaction

from lms.people.days import Days, overlaps_any
from lms.people.models import Leave, Person, Posting


class LeaveError(Exception):
    """The leave cannot be written like this."""


class LeaveDatesError(LeaveError):
    """It would end before it begins."""


class LeaveOverlapError(LeaveError):
    """Another leave in the institution has some of these days."""


class NotAtWorkError(LeaveError):
    """The person has no posting in the institution on any of these days."""


@transaction.atomic
def record_leave(*, person: Person, institution_id: int, first_day: date, last_day: date | None) -> Leave:
    """A new leave; without last day until the return.

    Raises:
        LeaveDatesError, LeaveOverlapError, NotAtWorkError: see there.
    """
    leave = Leave(person=person, institution_id=institution_id, first_day=first_day, last_day=last_day)
    _check(leave)
    jobs = Posting.objects.filter(person=person, institution_id=institution_id)
    if not overlaps_any(
        days=Days(first_day, last_day), others=_days(jobs.values_list("valid_from", "valid_until"))
    ):
        raise NotAtWorkError
    leave.save()
    return leave


@transaction.atomic
def end_leave(*, leave_id: int, last_day: date) -> Leave:
    """The person is back: set the last day of the leave, also where it had another one.

    Raises:
        LeaveDatesError, LeaveOverlapError: see there.
    """
    leave = Leave.objects.get(pk=leave_id)
    leave.last_day = last_day
    _check(leave)
    leave.save(update_fields=["last_day"])
    return leave


@transaction.atomic
def delete_leave(*, leave_id: int) -> None:
    """Remove a leave that was entered by mistake; twice changes nothing."""
    Leave.objects.filter(pk=leave_id).delete()


def _check(leave: Leave) -> None:
    """Locks the person, so that two who write at once see each other."""
    days = Days(leave.first_day, leave.last_day)
    if not days.is_in_order:
        raise LeaveDatesError
    Person.objects.select_for_update(no_key=True).get(pk=leave.person_id)
    others = Leave.objects.filter(person_id=leave.person_id, institution_id=leave.institution_id)
    if overlaps_any(
        days=days, others=_days(others.exclude(pk=leave.pk).values_list("first_day", "last_day"))
    ):
        raise LeaveOverlapError


def _days(rows: object) -> list[Days]:
    return [Days(*row) for row in rows]  # type: ignore[attr-defined]
