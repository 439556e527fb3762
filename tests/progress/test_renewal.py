"""Taking a completed course again: when it has to be renewed, and not before."""

from datetime import date, datetime, timedelta

import pytest

from courses.models import Course
from lms.people.models import Posting
from lms.progress.models import AssignedTraining, Completion, Enrolment
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.renewal import may_take_again
from tests.factories.learning import make_course, make_learner
from tests.factories.people import PostingFactory
from tests.factories.requirements import make_requirement, make_spec


@pytest.fixture
def posting(db: None, at: datetime) -> Posting:
    make_course(at=at)
    return PostingFactory()


@pytest.fixture
def course(posting: Posting) -> Course:
    return Course.objects.get()


def complete(posting: Posting, at: datetime) -> None:
    make_learner(person=posting.person, at=at, posting=posting).complete(at)


def again(posting: Posting, day: date) -> bool:
    course = Course.objects.get()
    return may_take_again(person_id=posting.person_id, course_id=course.pk, context="employee", day=day)


def test_a_valid_completion_is_not_taken_again(posting: Posting, at: datetime) -> None:
    complete(posting, at)
    assert not again(posting, at.date())
    make_learner(person=posting.person, at=at, posting=posting)
    assert Enrolment.objects.count() == 1


def test_in_the_last_thirty_days_of_the_certificate_it_is(posting: Posting, at: datetime) -> None:
    complete(posting, at)
    until = Completion.objects.get().valid_until
    assert until is not None
    assert not again(posting, until - timedelta(days=30))
    assert again(posting, until - timedelta(days=29))


def test_a_completion_that_no_longer_counts_is_taken_again(posting: Posting, at: datetime) -> None:
    complete(posting, at)
    Completion.objects.update(counts=False)
    assert again(posting, at.date())


def test_a_course_in_the_middle_goes_on(posting: Posting, at: datetime) -> None:
    make_learner(person=posting.person, at=at, posting=posting)
    assert not again(posting, at.date())


def test_a_requirement_that_asks_for_it_again_opens_a_new_cycle(
    posting: Posting, course: Course, at: datetime
) -> None:
    spec = make_spec(course.pk, starts_on=at.date(), due_on=at.date(), recertify_months=6, grace_days=10)
    make_requirement(owner=posting.institution, spec=spec, at=at)
    complete(posting, at)
    later = at + timedelta(days=200)
    complete(posting, later)
    assert list(Enrolment.objects.order_by("cycle").values_list("cycle", flat=True)) == [1, 2]
    row = AssignedTraining.objects.on(later.date()).get()
    assert (row.standing, row.done_on) == (Standing.DONE, later.date())


def test_what_is_learned_as_a_citizen_is_no_business_of_a_requirement(
    posting: Posting, course: Course, at: datetime
) -> None:
    spec = make_spec(course.pk, starts_on=at.date(), due_on=at.date(), recertify_months=1)
    make_requirement(owner=posting.institution, spec=spec, at=at)
    make_learner(person=posting.person, at=at).complete(at)
    assert not may_take_again(
        person_id=posting.person_id,
        course_id=course.pk,
        context="citizen",
        day=at.date() + timedelta(days=90),
    )
