"""Nobody is written to outside the working hours of the place where they work."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.notices.rules.hours import CLOSES, OPENS, Calendar, is_working_moment, next_working_moment

SANTIAGO, COYHAIQUE, PUNTA_ARENAS = (
    ZoneInfo("America/Santiago"),
    ZoneInfo("America/Coyhaique"),
    ZoneInfo("America/Punta_Arenas"),
)
ZONES = st.sampled_from([SANTIAGO, COYHAIQUE, PUNTA_ARENAS])
PLAIN = Calendar()
# Around both changes of clocks of 2027, and days chosen anyhow.
MOMENTS = st.one_of(
    st.datetimes(datetime(2027, 4, 2), datetime(2027, 4, 6), timezones=st.just(UTC)),
    st.datetimes(datetime(2027, 9, 3), datetime(2027, 9, 7), timezones=st.just(UTC)),
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),
)
HOLIDAYS = st.frozensets(st.dates(date(2027, 1, 1), date(2027, 12, 31)), max_size=5)


def local(text: str, zone: ZoneInfo = SANTIAGO, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (local("2026-11-20T12:00"), local("2026-11-20T12:00")),  # Friday noon: now
        (local("2026-11-20T09:00"), local("2026-11-20T09:00")),
        (local("2026-11-20T08:59:59"), local("2026-11-20T09:00")),
        (local("2026-11-20T17:00"), local("2026-11-23T09:00")),  # Friday five o'clock: Monday
        (local("2026-11-21T12:00"), local("2026-11-23T09:00")),  # Saturday
        (local("2026-11-22T23:59"), local("2026-11-23T09:00")),  # Sunday
        # The hour from 23:00 to 24:00 of 3 April 2027 comes twice; the Monday after has one nine o'clock.
        (local("2027-04-03T23:30"), local("2027-04-05T09:00")),
        (local("2027-04-03T23:30", fold=1), local("2027-04-05T09:00")),
        # 5 September 2027 has no 00:30; the Monday after is in summer time.
        (local("2027-09-05T00:30"), local("2027-09-06T09:00")),
        (local("2027-09-03T18:00"), local("2027-09-06T09:00")),
    ],
)
def test_the_next_working_moment(at: datetime, expected: datetime) -> None:
    assert next_working_moment(at=at, zone=SANTIAGO, calendar=PLAIN) == expected


def test_magallanes_begins_an_hour_earlier_than_santiago_in_winter() -> None:
    at = local("2027-07-05T06:00")
    santiago, punta_arenas, coyhaique = (
        next_working_moment(at=at, zone=zone, calendar=PLAIN) for zone in (SANTIAGO, PUNTA_ARENAS, COYHAIQUE)
    )
    assert santiago - punta_arenas == timedelta(hours=1)
    assert coyhaique == punta_arenas
    summer = local("2027-01-04T06:00")
    assert next_working_moment(at=summer, zone=SANTIAGO, calendar=PLAIN) == next_working_moment(
        at=summer, zone=PUNTA_ARENAS, calendar=PLAIN
    )


def test_a_holiday_is_passed_over() -> None:
    calendar = Calendar(frozenset({date(2026, 12, 25)}))
    at = local("2026-12-24T18:00")
    assert next_working_moment(at=at, zone=SANTIAGO, calendar=calendar) == local("2026-12-28T09:00")


@given(at=MOMENTS, zone=ZONES, holidays=HOLIDAYS)
def test_the_moment_found_is_a_working_one_and_never_before_now(
    at: datetime, zone: ZoneInfo, holidays: frozenset[date]
) -> None:
    calendar = Calendar(holidays)
    found = next_working_moment(at=at, zone=zone, calendar=calendar)
    assert found >= at
    assert is_working_moment(at=found, zone=zone, calendar=calendar)
    assert OPENS <= found.astimezone(zone).time() < CLOSES


@given(at=MOMENTS, zone=ZONES)
def test_it_is_the_first_one_there_is(at: datetime, zone: ZoneInfo) -> None:
    found = next_working_moment(at=at, zone=zone, calendar=PLAIN)
    quarter = timedelta(minutes=15)
    moment = at
    while moment < found:
        assert not is_working_moment(at=moment, zone=zone, calendar=PLAIN)
        moment += quarter


@given(at=MOMENTS, zone=ZONES)
def test_asking_again_at_the_moment_found_answers_the_same(at: datetime, zone: ZoneInfo) -> None:
    found = next_working_moment(at=at, zone=zone, calendar=PLAIN)
    assert next_working_moment(at=found, zone=zone, calendar=PLAIN) == found


@given(day=st.dates(date(2026, 1, 1), date(2030, 1, 1)), holidays=HOLIDAYS)
def test_the_last_working_day_is_at_most_some_days_back(day: date, holidays: frozenset[date]) -> None:
    calendar = Calendar(holidays)
    last = calendar.last_working_day(day)
    assert last <= day and calendar.is_working_day(last)
    free = (last + timedelta(days=n) for n in range(1, (day - last).days + 1))
    assert not any(calendar.is_working_day(between) for between in free)


def test_opening_and_closing_are_no_hours_that_a_change_of_clocks_touches() -> None:
    for zone in (SANTIAGO, COYHAIQUE, PUNTA_ARENAS):
        day = date(2026, 1, 1)
        while day < date(2029, 1, 1):
            for hour in (time(9), time(17)):
                moment = datetime.combine(day, hour, tzinfo=zone)
                assert moment.utcoffset() == moment.replace(fold=1).utcoffset()
                assert moment.astimezone(UTC).astimezone(zone).time() == hour
            day += timedelta(days=1)
