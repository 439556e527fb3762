"""What holds for any person and any requirement: segments say what each single day says."""

import itertools
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lms.progress.rules.dates import FOREVER, ONE_DAY, Span
from lms.progress.rules.requirements import DueSpec, Version
from lms.progress.rules.tally import difference, turns_of
from lms.progress.rules.timeline import Absence, PersonFacts, Segment, Standing, stand_on
from tests.progress.timelines import COURSE, PLACE, SECOND_COURSE, done, drawn, job, started, version

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 900).map(lambda n: FIRST + timedelta(days=n))
COURSES = st.sampled_from([COURSE, SECOND_COURSE])


@st.composite
def spans(draw: Any, *, open_end: bool = True) -> Span:
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 300)))
    return Span(first, FOREVER if open_end and draw(st.integers(0, 4)) == 0 else last)


@st.composite
def jobs(draw: Any) -> Any:
    span = draw(spans())
    return job(
        first=span.first,
        last=span.last,
        posting_id=draw(st.integers(1, 99)),
        institution_id=draw(st.sampled_from([PLACE, PLACE, 2])),
        unit_id=draw(st.sampled_from([100, 101])),
        estamento=draw(st.sampled_from(["profesionales", "directivos"])),
    )


@st.composite
def people(draw: Any) -> PersonFacts:
    dones = st.builds(
        lambda day, days, course: done(day, day + timedelta(days=days) if days else FOREVER, course),
        DAYS, st.sampled_from([0, 100, 365]), COURSES,
    )  # fmt: skip
    return PersonFacts(
        person_id=1,
        jobs=tuple(draw(st.lists(jobs(), min_size=1, max_size=4))),
        absences=tuple(Absence(PLACE, span) for span in draw(st.lists(spans(), max_size=2))),
        exemptions=tuple(draw(st.lists(spans(open_end=False), max_size=2))),
        completions=tuple(draw(st.lists(dones, max_size=3))),
        starts=tuple(draw(st.lists(st.builds(started, DAYS, COURSES), max_size=2))),
    )


@st.composite
def requirements(draw: Any) -> tuple[Version, ...]:
    days = sorted(draw(st.sets(DAYS, max_size=2)))
    return tuple(draw(versions(day)) for day in [date.min, *days])


@st.composite
def versions(draw: Any, effective_from: date) -> Version:
    fixed = DueSpec(day=date(2026, 6, 30), minimum_days=draw(st.integers(0, 60)))
    rule = draw(st.sampled_from([fixed, DueSpec(kind="days", days=draw(st.integers(0, 90)))]))
    return version(
        effective_from,
        courses=draw(st.sampled_from([(COURSE,), (COURSE, SECOND_COURSE)])),
        mode=draw(st.sampled_from(["all", "any"])),
        due=rule,
        recertify_months=draw(st.sampled_from([0, 12])),
        window_days=draw(st.sampled_from([0, 30])),
        grace_days=draw(st.sampled_from([0, 15])),
        audience=draw(
            st.sampled_from(
                [{}, {"estamentos": ("directivos",)}, {"joined_from": date(2026, 5, 1)}, {"everybody": False}]
            )
        ),
    )


@given(people(), requirements(), st.lists(DAYS, min_size=20, max_size=20))
def test_a_timeline_says_of_each_day_what_the_definition_says(
    person: PersonFacts, asked: tuple[Version, ...], days: list[date]
) -> None:
    segments = drawn(person, *asked)
    for day in days:
        assert _on(segments, day) == stand_on(versions=asked, facts=person, day=day)


@given(people(), requirements())
def test_segments_are_in_order_and_do_not_overlap(person: PersonFacts, asked: tuple[Version, ...]) -> None:
    segments = drawn(person, *asked)
    assert all(segment.first <= segment.last for segment in segments)
    assert all(one.last < other.first for one, other in itertools.pairwise(segments))


@given(people(), requirements())
def test_two_segments_that_touch_differ(person: PersonFacts, asked: tuple[Version, ...]) -> None:
    segments = drawn(person, *asked)
    for one, other in itertools.pairwise(segments):
        assert one.last + ONE_DAY < other.first or _bare(one) != _bare(other)


@given(people(), requirements())
def test_nobody_is_late_before_the_due_day_is_over(person: PersonFacts, asked: tuple[Version, ...]) -> None:
    late = [s for s in drawn(person, *asked) if s.standing == Standing.LATE]
    assert all(s.due_on is not None and s.due_on < s.first for s in late)


@given(people(), requirements())
def test_nobody_is_late_on_leave_or_while_exempt(person: PersonFacts, asked: tuple[Version, ...]) -> None:
    late = [s for s in drawn(person, *asked) if s.standing == Standing.LATE]
    away = [*person.exemptions, *(a.days for a in person.absences if a.institution_id == PLACE)]
    assert not any(s.first <= span.last and span.first <= s.last for s in late for span in away)


@given(people(), requirements(), st.permutations(range(4)))
def test_the_order_in_which_facts_come_does_not_matter(
    person: PersonFacts, asked: tuple[Version, ...], order: list[int]
) -> None:
    mixed = PersonFacts(
        person_id=1,
        jobs=tuple(person.jobs[n] for n in order if n < len(person.jobs)),
        absences=person.absences[::-1],
        exemptions=person.exemptions[::-1],
        completions=person.completions[::-1],
        starts=person.starts[::-1],
    )
    assert drawn(mixed, *asked) == drawn(person, *asked)


@given(people(), people(), requirements(), DAYS)
def test_changes_add_up_to_the_people_of_each_day(
    one: PersonFacts, other: PersonFacts, asked: tuple[Version, ...], day: date
) -> None:
    timelines = [drawn(one, *asked), drawn(other, *asked)]
    turns = turns_of(segment for segments in timelines for segment in segments)
    turns.update(difference(before=timelines[0], after=timelines[1]))
    for standing in Standing:
        counted = sum(
            n for (cell, when), n in turns.items()
            if when <= day and cell.unit_id is None and cell.standing == standing
        )  # fmt: skip
        now = _on(timelines[1], day)
        assert counted == (2 if now and now.standing == standing else 0)


def _on(segments: list[Segment], day: date) -> Segment | None:
    found = next((s for s in segments if s.first <= day <= s.last), None)
    return None if found is None else _of_day(found, day)


def _of_day(s: Segment, day: date) -> Segment:
    return Segment(day, day, s.standing, s.seat, s.assigned_on, s.due_on, s.done_on, s.valid_until)


def _bare(segment: Segment) -> Segment:
    return _of_day(segment, FIRST)
