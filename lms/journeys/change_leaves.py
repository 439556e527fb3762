"""HR notes that a person is away, and back again: on those days nothing is asked of the person."""

from datetime import date, datetime

from django.db import transaction

from lms.people.models import Leave, Person
from lms.people.services import leaves
from lms.progress.services.assigned import follow_people


@transaction.atomic
def record_leave(
    *, person: Person, institution_id: int, first_day: date, last_day: date | None, at: datetime
) -> Leave:
    """A leave; without last day until the return.

    Raises:
        lms.people.services.leaves.LeaveError: it cannot be written.
    """
    leave = leaves.record_leave(
        person=person, institution_id=institution_id, first_day=first_day, last_day=last_day
    )
    follow_people(person_ids=[person.pk], at=at)
    return leave


@transaction.atomic
def record_return(*, leave_id: int, last_day: date, at: datetime) -> Leave:
    """The person is back: the last day of the leave.

    Raises:
        lms.people.services.leaves.LeaveError: it cannot be written.
    """
    leave = leaves.end_leave(leave_id=leave_id, last_day=last_day)
    follow_people(person_ids=[leave.person_id], at=at)
    return leave


@transaction.atomic
def delete_leave(*, leave: Leave, at: datetime) -> None:
    """A leave that was entered by mistake never was."""
    leaves.delete_leave(leave_id=leave.pk)
    follow_people(person_ids=[leave.person_id], at=at)
