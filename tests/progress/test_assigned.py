"""Assigned training follows by itself."""

from datetime import date, datetime, timedelta

import pytest

from courses.models import Course
from lms.people.models import Institution, Leave, Posting, Unit
from lms.progress.models import AssignedTraining, StandingChange, TrainingRequirement
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.standings import count_by_unit
from lms.progress.services.applying import Queue, apply_requirement, apply_step, draw_again
from lms.progress.services.assigned import follow_people
from lms.progress.services.requirements import (
    publish_requirement,
)
from tests.factories.learning import make_learner
from tests.factories.people import PostingFactory, UnitFactory
from tests.factories.requirements import draft_requirement, make_spec
from tests.progress.asking import DUE, START, ask, assert_right, hire, standing_of
from tests.queries import count_queries


def test_publishing_reaches_the_people_of_the_institution(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    mine, other = hire(unit), PostingFactory()
    requirement = ask(place, course, at)
    assert requirement.status == TrainingRequirement.Status.LIVE
    assert standing_of(mine, at.date()) == Standing.NOT_STARTED
    assert standing_of(other, at.date()) is None
    assert_right(at.date())


def test_completing_the_course_meets_the_requirement_at_once(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    posting = hire(unit)
    ask(place, course, at)
    learner = make_learner(person=posting.person, at=at, posting=posting)
    assert standing_of(posting, at.date()) == Standing.IN_PROGRESS
    learner.complete(at)
    assert standing_of(posting, at.date()) == Standing.DONE
    assert_right(at.date())


def test_what_a_citizen_learns_is_not_counted_at_work(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    posting = hire(unit)
    ask(place, course, at)
    make_learner(person=posting.person, at=at).complete(at)
    assert standing_of(posting, at.date()) == Standing.NOT_STARTED


def test_the_day_after_the_due_day_is_late_without_any_job(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    posting = hire(unit)
    requirement = ask(place, course, at)
    late = count_by_unit(requirement_id=requirement.pk, institution_ids=[place.pk], day=date(2026, 12, 16))
    assert standing_of(posting, DUE) == Standing.NOT_STARTED
    assert [cell.tally.late for cell in late] == [1]


def test_who_joins_after_the_publication_is_reached(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    ask(place, course, at)
    posting = hire(unit, valid_from=date(2026, 11, 20))
    follow_people(person_ids=[posting.person_id], at=at)
    assert standing_of(posting, date(2026, 12, 20)) == Standing.NOT_STARTED
    assert standing_of(posting, date(2026, 12, 21)) == Standing.LATE
    assert_right(at.date())


def test_who_leaves_is_no_longer_counted(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    posting = hire(unit)
    ask(place, course, at)
    Posting.objects.update(valid_until=at.date())
    follow_people(person_ids=[posting.person_id], at=at)
    assert standing_of(posting, at.date() + timedelta(days=1)) is None
    assert_right(at.date())


def test_who_goes_on_leave_is_not_late(course: Course, place: Institution, unit: Unit, at: datetime) -> None:
    posting = hire(unit)
    ask(place, course, at)
    Leave.objects.create(person=posting.person, institution=place, first_day=at.date())
    follow_people(person_ids=[posting.person_id], at=at)
    assert standing_of(posting, date(2027, 1, 31)) == Standing.ON_LEAVE
    assert_right(at.date())


def test_a_move_takes_the_standing_to_the_other_unit_from_that_day(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    posting, new_unit = hire(unit), UnitFactory(institution=place)
    requirement = ask(place, course, at)
    Posting.objects.update(valid_until=at.date())
    hire(new_unit, person=posting.person, valid_from=at.date() + timedelta(days=1))
    follow_people(person_ids=[posting.person_id], at=at)

    def units(day: date) -> list[int | None]:
        cells = count_by_unit(requirement_id=requirement.pk, institution_ids=[place.pk], day=day)
        return [cell.unit_id for cell in cells]

    assert units(at.date()) == [unit.pk]
    assert units(at.date() + timedelta(days=1)) == [new_unit.pk]


def test_drawing_twice_writes_nothing(course: Course, place: Institution, unit: Unit, at: datetime) -> None:
    posting = hire(unit)
    ask(place, course, at)
    changes = StandingChange.objects.count()
    assert follow_people(person_ids=[posting.person_id], at=at) == 0
    assert StandingChange.objects.count() == changes


def test_following_people_costs_the_same_for_three_and_for_thirty(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    few = [hire(unit).person_id for _ in range(3)]
    many = [hire(unit).person_id for _ in range(30)]
    ask(place, course, at)
    AssignedTraining.objects.all().delete()
    first = count_queries(lambda: follow_people(person_ids=few, at=at))
    second = count_queries(lambda: follow_people(person_ids=many, at=at))
    assert first == second <= 17


def test_publishing_can_stop_anywhere_and_go_on(
    course: Course, place: Institution, unit: Unit, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.progress.services.applying.PEOPLE", 2)
    monkeypatch.setattr("lms.progress.services.requirements.APPLY_TASK", "tests.factories.tasks.no_task")
    postings = [hire(unit) for _ in range(5)]
    row = draft_requirement(owner=place, spec=make_spec(course.pk, starts_on=START, due_on=DUE), at=at)
    publish_requirement(requirement_id=row.pk, allowed=None, author=None, note="", at=at)
    apply_step(requirement_id=row.pk, at=at, queue=Queue())
    row.refresh_from_db()
    assert (row.status, row.applied_people) == (TrainingRequirement.Status.PUBLISHING, 2)
    applied = apply_requirement(requirement_id=row.pk, at=at)
    assert (applied.people, applied.is_finished) == (5, True)
    assert {standing_of(posting, at.date()) for posting in postings} == {Standing.NOT_STARTED}
    assert_right(at.date())


def test_two_that_go_through_people_take_turns_and_leave_nobody_out(
    course: Course, place: Institution, unit: Unit, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.progress.services.applying.PEOPLE", 2)
    monkeypatch.setattr("lms.progress.services.requirements.APPLY_TASK", "tests.factories.tasks.no_task")
    postings = [hire(unit) for _ in range(9)]
    row = draft_requirement(owner=place, spec=make_spec(course.pk, starts_on=START, due_on=DUE), at=at)
    publish_requirement(requirement_id=row.pk, allowed=None, author=None, note="", at=at)
    queues = [Queue(), Queue()]
    for turn in range(4):
        apply_step(requirement_id=row.pk, at=at, queue=queues[turn % 2])
    draw_again(institution_ids=frozenset({place.pk}))
    while not apply_step(requirement_id=row.pk, at=at, queue=queues[0]).is_finished:
        pass
    row.refresh_from_db()
    assert row.applied_people == 9
    assert {standing_of(posting, at.date()) for posting in postings} == {Standing.NOT_STARTED}
