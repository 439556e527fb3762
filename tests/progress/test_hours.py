"""Hours of training: article 28, the working day, compensatory rest."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.progress.rules.dates import FOREVER
from lms.progress.rules.hours import (
    Article28,
    TimedUnit,
    WorkingHours,
    WorkingHoursError,
    decide_article_28,
    is_outside,
    is_required_on,
    minutes_outside,
    minutes_outside_between,
    pedagogical_hours,
    read_working_hours,
    rest_minutes,
    was_assessed,
)
from lms.progress.rules.timeline import Seat, Segment, Standing

SANTIAGO, PUNTA_ARENAS = ZoneInfo("America/Santiago"), ZoneInfo("America/Punta_Arenas")
HOURS = WorkingHours()
SEAT = Seat(1, 1, "profesionales", "planta")


def local(text: str, zone: ZoneInfo = SANTIAGO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def segment(first: str, last: str, standing: Standing, done: str = "") -> Segment:
    end = date.fromisoformat(last) if last else FOREVER
    start = date.fromisoformat(first)
    return Segment(start, end, standing, SEAT, start, done_on=date.fromisoformat(done) if done else None)


# --- Article 28 -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("minutes", "hour", "assessed", "passed", "expected"),
    [
        (900, 45, True, True, Article28.COUNTS),
        (899, 45, True, True, Article28.VOLUNTARY),
        (900, 45, False, True, Article28.VOLUNTARY),
        (900, 60, True, True, Article28.VOLUNTARY),
        (1200, 60, True, True, Article28.COUNTS),
        (5000, 45, False, True, Article28.VOLUNTARY),
        (0, 45, True, True, Article28.VOLUNTARY),
        (900, 45, True, False, Article28.NOT_YET),
        (0, 45, False, False, Article28.NOT_YET),
    ],
)
def test_an_activity_counts_when_assessed_passed_and_of_twenty_hours(
    minutes: int, hour: int, assessed: bool, passed: bool, expected: Article28
) -> None:
    decided = decide_article_28(minutes=minutes, hour_minutes=hour, is_assessed=assessed, is_passed=passed)
    assert decided == expected


@pytest.mark.parametrize(
    ("minutes", "hour", "hours"),
    [(900, 45, 20.0), (899, 45, 19.9), (44, 45, 0.9), (0, 45, 0.0), (53, 45, 1.1)],
)
def test_pedagogical_hours_are_never_more_than_is_true(minutes: int, hour: int, hours: float) -> None:
    assert pedagogical_hours(minutes=minutes, hour_minutes=hour) == hours


@given(st.integers(0, 100_000), st.integers(30, 60))
def test_pedagogical_hours_are_within_a_tenth_of_the_minutes(minutes: int, hour: int) -> None:
    hours = pedagogical_hours(minutes=minutes, hour_minutes=hour)
    assert 0 <= hours <= minutes / hour < hours + 0.1001


# --- Working day ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("at", "outside"),
    [
        ("2026-11-20T08:29", True),  # Friday
        ("2026-11-20T08:30", False),
        ("2026-11-20T17:29", False),
        ("2026-11-20T17:30", True),
        ("2026-11-21T12:00", True),  # Saturday
        ("2026-11-22T12:00", True),
        ("2026-11-23T12:00", False),
    ],
)
def test_the_working_day_has_an_edge(at: str, outside: bool) -> None:
    assert is_outside(at=local(at), zone=SANTIAGO, hours=HOURS) is outside


def test_each_region_keeps_its_own_clock() -> None:
    winter = local("2026-07-01T17:00")  # an hour later in Magallanes
    assert not is_outside(at=winter, zone=SANTIAGO, hours=HOURS)
    assert is_outside(at=winter, zone=PUNTA_ARENAS, hours=HOURS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-5 08:30-17:30", WorkingHours()),
        (
            " 1-6 09:00-18:00 ",
            WorkingHours(1, 6, datetime(2000, 1, 1, 9).time(), datetime(2000, 1, 1, 18).time()),
        ),
    ],
)
def test_the_setting_is_read(text: str, expected: WorkingHours) -> None:
    assert read_working_hours(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "lunes a viernes", "1-5 17:30-08:30", "5-1 08:30-17:30", "1-5 25:00-26:00", "0-5 08:30-17:30"],
)
def test_a_setting_that_says_no_working_day_is_refused(text: str) -> None:
    with pytest.raises(WorkingHoursError):
        read_working_hours(text)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-20T09:00", "2026-11-20T12:00", 0),
        ("2026-11-20T16:30", "2026-11-20T18:30", 60),
        ("2026-11-20T07:30", "2026-11-20T18:30", 120),
        ("2026-11-21T09:00", "2026-11-21T12:00", 180),
        ("2026-11-20T17:00", "2026-11-23T09:00", 63 * 60),
        ("2026-11-20T12:00", "2026-11-20T12:00", 0),
        ("2026-11-20T12:00", "2026-11-20T10:00", 0),
        # The clock goes back an hour in the night of 4 April 2026: the night is an hour longer.
        ("2026-04-04T22:00", "2026-04-05T02:00", 5 * 60),
    ],
)
def test_a_workshop_is_outside_for_as_long_as_it_is(start: str, end: str, minutes: int) -> None:
    found = minutes_outside_between(start=local(start), end=local(end), zone=SANTIAGO, hours=HOURS)
    assert found == minutes


INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(SANTIAGO))


@given(INSTANTS, st.integers(0, 60 * 24 * 8))
def test_minutes_outside_are_between_none_and_all(start: datetime, minutes: int) -> None:
    begin = start.astimezone(ZoneInfo("UTC"))
    found = minutes_outside_between(
        start=begin, end=begin + timedelta(minutes=minutes), zone=SANTIAGO, hours=HOURS
    )
    assert 0 <= found <= minutes


@given(st.lists(st.tuples(INSTANTS, st.integers(0, 300)), max_size=12))
def test_units_inside_and_outside_add_up(found: list[tuple[datetime, int]]) -> None:
    units = [TimedUnit(at, minutes) for at, minutes in found]
    outside = minutes_outside(units=units, zone=SANTIAGO, hours=HOURS)
    inside = sum(u.minutes for u in units if not is_outside(at=u.finished_at, zone=SANTIAGO, hours=HOURS))
    assert outside >= 0
    assert outside + inside == sum(unit.minutes for unit in units)


# --- Rest -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("segments", "required"),
    [
        ([], False),
        ([segment("2026-11-01", "", Standing.NOT_STARTED)], True),
        ([segment("2026-11-01", "", Standing.LATE)], True),
        ([segment("2026-11-01", "", Standing.EXEMPT)], False),
        ([segment("2026-11-01", "", Standing.ON_LEAVE)], False),
        ([segment("2026-11-01", "", Standing.DONE, "2026-11-20")], True),
        ([segment("2026-11-01", "", Standing.DONE, "2026-11-19")], False),
        ([segment("2026-11-21", "", Standing.LATE)], False),
        ([segment("2026-11-01", "2026-11-19", Standing.LATE)], False),
        (
            [
                segment("2026-11-01", "", Standing.DONE, "2026-11-02"),
                segment("2026-11-01", "", Standing.LATE),
            ],
            True,
        ),
    ],
)
def test_only_what_still_had_to_be_done_was_required(segments: list[Segment], required: bool) -> None:
    assert is_required_on(segments=segments, day=date(2026, 11, 20)) is required


def test_rest_is_for_what_was_required_and_outside() -> None:
    units = [
        TimedUnit(local("2026-11-19T20:00"), 10),  # the day before it was asked
        TimedUnit(local("2026-11-20T10:00"), 20),  # in working hours
        TimedUnit(local("2026-11-20T20:00"), 40),
    ]
    asked = [segment("2026-11-20", "", Standing.IN_PROGRESS)]
    assert rest_minutes(units=units, segments=asked, zone=SANTIAGO, hours=HOURS) == 40


@given(st.lists(st.tuples(INSTANTS, st.integers(0, 300)), max_size=8))
def test_rest_is_never_more_than_the_time_outside(found: list[tuple[datetime, int]]) -> None:
    units = [TimedUnit(at, minutes) for at, minutes in found]
    asked = [segment("2024-01-01", "2027-01-01", Standing.LATE)]
    rest = rest_minutes(units=units, segments=asked, zone=SANTIAGO, hours=HOURS)
    assert 0 <= rest <= minutes_outside(units=units, zone=SANTIAGO, hours=HOURS)


@pytest.mark.parametrize(
    ("is_attested", "has_result", "course_assesses", "expected"),
    [
        (False, False, True, True),
        (False, True, False, False),
        (True, True, False, True),
        (True, False, True, False),
    ],
)
def test_a_course_taken_elsewhere_was_assessed_where_it_has_a_result(
    is_attested: bool, has_result: bool, course_assesses: bool, expected: bool
) -> None:
    assert (
        was_assessed(is_attested=is_attested, has_result=has_result, course_assesses=course_assesses)
        is expected
    )
