"""Days and months across leap years and changes of the clock, in every zone of the country."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.regions import REGIONS, zone_of
from lms.progress.rules.dates import (
    FOREVER,
    Span,
    add_months,
    after_available,
    end_of_day,
    is_in_time,
    later,
    merge_spans,
)

SANTIAGO = ZoneInfo("America/Santiago")
COYHAIQUE = ZoneInfo("America/Coyhaique")
PUNTA_ARENAS = ZoneInfo("America/Punta_Arenas")
ZONES = st.sampled_from([SANTIAGO, COYHAIQUE, PUNTA_ARENAS, ZoneInfo("Pacific/Easter")])
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_last_day_where_the_day_does_not_exist(
    day: date, months: int, expected: date
) -> None:
    assert add_months(day, months) == expected


@given(DAYS, st.integers(1, 60))
def test_adding_months_never_skips_a_month(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months


@pytest.mark.parametrize(
    ("instant", "in_time"),
    [
        # 23:30 comes twice on Saturday 3 April 2027; both are still that Saturday.
        (datetime(2027, 4, 3, 23, 30, tzinfo=SANTIAGO, fold=0), True),
        (datetime(2027, 4, 3, 23, 30, tzinfo=SANTIAGO, fold=1), True),
        (datetime(2027, 4, 4, 0, 0, tzinfo=SANTIAGO), False),
    ],
)
def test_the_hour_that_repeats_is_in_time_both_times(instant: datetime, in_time: bool) -> None:
    assert is_in_time(at=instant.astimezone(UTC), due=date(2027, 4, 3), zone=SANTIAGO) is in_time


@pytest.mark.parametrize(
    ("instant", "in_time"),
    [
        (datetime(2027, 9, 5, 3, 59, 59, tzinfo=UTC), True),  # 23:59:59 of Saturday in Santiago
        (datetime(2027, 9, 5, 4, 0, tzinfo=UTC), False),  # the clock jumps to 01:00 of Sunday
    ],
)
def test_the_hour_that_does_not_exist_belongs_to_no_day(instant: datetime, in_time: bool) -> None:
    assert is_in_time(at=instant, due=date(2027, 9, 4), zone=SANTIAGO) is in_time


def test_the_day_before_the_jump_ends_at_the_jump() -> None:
    assert end_of_day(day=date(2027, 9, 4), zone=SANTIAGO).astimezone(UTC) == datetime(
        2027, 9, 5, 4, tzinfo=UTC
    )


def test_a_day_with_a_repeated_hour_has_twenty_five() -> None:
    start, end = (end_of_day(day=date(2027, 4, day), zone=SANTIAGO).astimezone(UTC) for day in (2, 3))
    assert end - start == timedelta(hours=25)


@pytest.mark.parametrize("zone", [COYHAIQUE, PUNTA_ARENAS], ids=["aysen", "magallanes"])
@pytest.mark.parametrize("day", [date(2027, 4, 3), date(2027, 9, 4), date(2027, 9, 5)])
def test_regions_that_do_not_change_have_days_of_twenty_four_hours(zone: ZoneInfo, day: date) -> None:
    start = end_of_day(day=day - timedelta(days=1), zone=zone).astimezone(UTC)
    assert end_of_day(day=day, zone=zone).astimezone(UTC) - start == timedelta(hours=24)


def test_late_in_punta_arenas_is_earlier_than_late_in_santiago_in_winter() -> None:
    """In July it is already the next day in the south while Santiago still has an hour."""
    instant = datetime(2027, 7, 1, 3, 30, tzinfo=UTC)
    assert not is_in_time(at=instant, due=date(2027, 6, 30), zone=PUNTA_ARENAS)
    assert is_in_time(at=instant, due=date(2027, 6, 30), zone=SANTIAGO)


@given(DAYS, ZONES)
def test_a_day_ends_exactly_where_the_next_begins(day: date, zone: ZoneInfo) -> None:
    end = end_of_day(day=day, zone=zone).astimezone(UTC)
    assert is_in_time(at=end - timedelta(seconds=1), due=day, zone=zone)
    assert not is_in_time(at=end, due=day, zone=zone)


@given(DAYS, ZONES)
def test_days_have_between_twenty_three_and_twenty_five_hours(day: date, zone: ZoneInfo) -> None:
    before = end_of_day(day=day - timedelta(days=1), zone=zone).astimezone(UTC)
    assert (
        timedelta(hours=23) <= end_of_day(day=day, zone=zone).astimezone(UTC) - before <= timedelta(hours=25)
    )


@given(DAYS, st.integers(0, 200))
def test_without_absences_days_are_just_counted(day: date, days: int) -> None:
    assert after_available(start=day, days=days, absences=[]) == later(day, days)


@given(DAYS, st.integers(0, 120), st.lists(st.tuples(st.integers(0, 300), st.integers(0, 60)), max_size=4))
def test_each_day_of_absence_is_given_back(day: date, days: int, away: list[tuple[int, int]]) -> None:
    spans = merge_spans(
        Span(day + timedelta(days=first), day + timedelta(days=first + length)) for first, length in away
    )
    end = after_available(start=day, days=days, absences=spans)
    free = sum(
        not any(day + timedelta(days=n) in span for span in spans) for n in range(1, (end - day).days + 1)
    )
    assert free == days


def test_an_absence_without_end_has_no_due_day() -> None:
    assert after_available(start=date(2026, 3, 1), days=30, absences=[Span(date(2026, 3, 5))]) == FOREVER


def test_spans_that_touch_are_one() -> None:
    spans = [Span(date(2026, 1, 1), date(2026, 1, 31)), Span(date(2026, 2, 1), date(2026, 2, 5))]
    assert merge_spans(spans) == [Span(date(2026, 1, 1), date(2026, 2, 5))]


def test_every_region_has_a_zone_and_an_unknown_one_that_of_the_capital() -> None:
    assert {zone_of(region=region.code).key for region in REGIONS} == {
        "America/Santiago", "America/Coyhaique", "America/Punta_Arenas",
    }  # fmt: skip
    assert zone_of(region="XX") == zone_of(region="") == SANTIAGO
