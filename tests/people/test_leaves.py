"""Leaves: dates only, one at a time, and back again."""

from datetime import date, datetime

import pytest

from courses.models import Course
from lms.journeys import change_leaves
from lms.people.models import Leave, Posting
from lms.people.services.leaves import LeaveDatesError, LeaveOverlapError, NotAtWorkError
from lms.progress.models import AssignedTraining
from lms.progress.rules.timeline import Standing
from tests.factories.learning import make_course
from tests.factories.people import InstitutionFactory, PostingFactory
from tests.factories.requirements import make_requirement, make_spec

pytestmark = pytest.mark.django_db

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 15)


@pytest.fixture
def posting() -> Posting:
    return PostingFactory()


def leave(posting: Posting, at: datetime, first: date = NOVEMBER, last: date | None = None) -> Leave:
    return change_leaves.record_leave(
        person=posting.person, institution_id=posting.institution_id, first_day=first, last_day=last, at=at
    )


def standing(posting: Posting, day: date) -> Standing | None:
    row = AssignedTraining.objects.on(day).filter(person=posting.person).first()
    return Standing(row.standing) if row else None


def test_who_is_away_is_not_late_and_has_days_after_the_return(posting: Posting, at: datetime) -> None:
    make_course(at=at)
    spec = make_spec(Course.objects.get().pk, starts_on=date(2026, 10, 1), due_on=date(2026, 11, 10))
    make_requirement(owner=posting.institution, spec=spec, at=at)
    assert standing(posting, at.date()) == Standing.LATE
    away = leave(posting, at, date(2026, 10, 5))
    assert standing(posting, at.date()) == Standing.ON_LEAVE
    change_leaves.record_return(leave_id=away.pk, last_day=date(2026, 11, 19), at=at)
    assert standing(posting, at.date()) == Standing.NOT_STARTED
    change_leaves.delete_leave(leave=away, at=at)
    assert standing(posting, at.date()) == Standing.LATE


@pytest.mark.parametrize("last", [None, NOVEMBER, DECEMBER])
def test_two_leaves_do_not_overlap(posting: Posting, at: datetime, last: date | None) -> None:
    leave(posting, at, NOVEMBER, DECEMBER)
    with pytest.raises(LeaveOverlapError):
        leave(posting, at, date(2026, 10, 1), last)


def test_dates_out_of_order_are_refused(posting: Posting, at: datetime) -> None:
    with pytest.raises(LeaveDatesError):
        leave(posting, at, DECEMBER, NOVEMBER)
    away = leave(posting, at)
    with pytest.raises(LeaveDatesError):
        change_leaves.record_return(leave_id=away.pk, last_day=date(2026, 10, 31), at=at)


def test_a_leave_is_of_somebody_who_works_there(posting: Posting, at: datetime) -> None:
    with pytest.raises(NotAtWorkError):
        change_leaves.record_leave(
            person=posting.person, institution_id=InstitutionFactory().pk, first_day=NOVEMBER, last_day=None,
            at=at,
        )  # fmt: skip
    with pytest.raises(NotAtWorkError):
        leave(posting, at, date(2020, 1, 1), date(2020, 2, 1))


def test_deleting_twice_changes_nothing(posting: Posting, at: datetime) -> None:
    away = leave(posting, at)
    for _ in range(2):
        change_leaves.delete_leave(leave=away, at=at)
    assert not Leave.objects.exists()
