"""Runs of days: in order, overlapping, the eve."""

from datetime import date

import pytest

from lms.people.days import Days, eve_of, overlaps_any

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Days(JAN, FEB), Days(MAR, APR), False),
        (Days(JAN, FEB), Days(FEB, MAR), True),
        (Days(JAN, JAN), Days(JAN, JAN), True),
        (Days(JAN, None), Days(MAR, None), True),
        (Days(MAR, None), Days(JAN, FEB), False),
        (Days(JAN, APR), Days(FEB, MAR), True),
    ],
)
def test_two_runs_overlap_when_they_share_a_day(one: Days, other: Days, expected: bool) -> None:
    assert one.overlaps(other) is other.overlaps(one) is expected
    assert overlaps_any(days=one, others=[other]) is expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(Days(FEB, JAN), False), (Days(JAN, JAN), True), (Days(JAN), True)],
)
def test_a_run_ends_on_or_after_its_first_day(days: Days, expected: bool) -> None:
    assert days.is_in_order is expected


@pytest.mark.parametrize(("day", "expected"), [(JAN, True), (FEB, True), (MAR, False), (eve_of(JAN), False)])
def test_first_and_last_day_are_included(day: date, expected: bool) -> None:
    assert Days(JAN, FEB).has(day) is expected


def test_the_eve_is_the_day_before() -> None:
    assert eve_of(MAR) == date(2026, 2, 28)
