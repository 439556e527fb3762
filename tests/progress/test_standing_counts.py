"""The counts of standings are those of their segments, settled or not."""

from datetime import date, datetime, timedelta

from courses.models import Course
from lms.people.models import Institution, Posting, Unit
from lms.progress.models import AssignedTraining, StandingChange
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.checking import check_counts, check_timelines
from lms.progress.selectors.standing_history import standings_before
from lms.progress.selectors.standings import add_up, count_by_rank, count_by_unit, count_standings
from lms.progress.services.assigned import draw_everybody, follow_people
from lms.progress.services.tallying import count_again, list_places, settle_place
from tests.factories.learning import make_learner
from tests.factories.requirements import make_requirement, make_spec
from tests.progress.asking import ask, assert_right, hire


def test_both_families_of_cells_count_the_same_people(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    for estamento in ("directivos", "auxiliares", "auxiliares"):
        hire(unit, estamento=estamento)
    requirement = ask(place, course, at)
    key = {"requirement_id": requirement.pk, "institution_ids": [place.pk], "day": at.date()}
    ranks = count_by_rank(**key)
    assert [(cell.estamento, cell.tally.people) for cell in ranks] == [("auxiliares", 2), ("directivos", 1)]
    assert add_up(cell.tally for cell in count_by_unit(**key)).people == 3


def test_settling_changes_no_count(course: Course, place: Institution, unit: Unit, at: datetime) -> None:
    postings = [hire(unit) for _ in range(3)]
    requirement = ask(place, course, at)
    make_learner(person=postings[0].person, at=at, posting=postings[0]).complete(at)
    day = date(2027, 1, 10)
    before = count_by_unit(requirement_id=requirement.pk, institution_ids=[place.pk], day=day)
    rows = StandingChange.objects.count()
    for one in list_places(until=day):
        settle_place(place=one, day=day)
    assert StandingChange.objects.count() < rows
    assert count_by_unit(requirement_id=requirement.pk, institution_ids=[place.pk], day=day) == before
    assert list(check_counts(day=day)) == []


def test_a_correction_of_the_past_after_settling_is_counted(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    posting = hire(unit)
    ask(place, course, at)
    day = date(2027, 1, 10)
    for one in list_places(until=day):
        settle_place(place=one, day=day)
    Posting.objects.update(valid_until=date(2026, 11, 10))
    follow_people(person_ids=[posting.person_id], at=at)
    assert list(check_counts(day=day)) == []
    for one in list_places(until=day):
        settle_place(place=one, day=day)
    assert list(check_counts(day=day)) == []


def test_segments_of_any_past_day_are_counted_with_the_people_of_that_day(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    hire(unit, valid_until=date(2026, 11, 10))
    hire(unit)
    requirement = ask(place, course, at)
    rows = AssignedTraining.objects.filter(requirement=requirement)
    people = [
        add_up(c.tally for c in count_standings(rows=rows.on(day), dimensions=("unit_id",))).people
        for day in (date(2026, 11, 10), date(2026, 11, 11))
    ]
    assert people == [2, 1]


def test_wrong_counts_are_found_and_counted_again(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    hire(unit)
    ask(place, course, at)
    StandingChange.objects.filter(unit__isnull=False).update(change=7)
    assert list(check_counts(day=at.date()))
    count_again(at=at)
    assert_right(at.date())


def test_a_wrong_timeline_is_found_and_drawn_again(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    hire(unit)
    ask(place, course, at)
    AssignedTraining.objects.update(last_day=date(2027, 5, 5))
    assert [difference.person_id for difference in check_timelines()]
    assert draw_everybody(at=at) == 1
    assert list(check_timelines()) == []


def test_the_ends_of_past_months_are_counted_alike_before_and_after_settling(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    hire(unit, valid_until=date(2026, 9, 15))
    hire(unit)
    requirement = make_requirement(
        owner=place, spec=make_spec(course.pk, starts_on=date(2026, 7, 10), due_on=date(2026, 8, 20)), at=at
    )
    months = [date(2026, month, 1) for month in (7, 8, 9, 10, 11)]

    def counted() -> list[tuple[int, int]]:
        past = standings_before(requirement_id=requirement.pk, institution_ids=[place.pk], months=months)
        tallies = [add_up(past[month].values()) for month in months]
        return [(tally.people, tally.late) for tally in tallies]

    by_segments = []
    for month in months:
        rows = AssignedTraining.objects.on(month - timedelta(days=1))
        by_segments.append((rows.count(), rows.filter(standing=Standing.LATE).count()))
    assert counted() == by_segments == [(0, 0), (2, 0), (2, 2), (1, 1), (1, 1)]
    for one in list_places(until=at.date()):
        settle_place(place=one, day=at.date())
    assert counted() == by_segments
