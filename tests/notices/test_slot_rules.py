"""Which reminders an institution's slots ask for on a day."""

from datetime import date, timedelta

import pytest

from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import Group, Kind, Reason, group_of
from lms.notices.rules.slots import KeptSlot, find_slot_obstacle, plan_slot_kinds, review_days, summary_key

REVIEW = date(2027, 3, 31)  # a Wednesday
LONG_AGO = date(2026, 1, 5)
PLAIN = Calendar()


def kinds_on(day: date, *, written_on: date = LONG_AGO, review_by: date = REVIEW) -> list[Kind]:
    slot = KeptSlot(1, 1, None, written_on, review_by)
    return plan_slot_kinds(slot=slot, day=day, calendar=PLAIN)


@pytest.mark.parametrize(
    ("days_left", "expected"),
    [
        (65, []),
        (61, [Kind.SLOT_60]),  # the Friday before: the sixtieth day is a Saturday
        (58, [Kind.SLOT_60]),
        (57, []),
        (30, [Kind.SLOT_30]),
        (26, []),
        (7, [Kind.SLOT_7]),
        (3, []),
        (0, []),
        (-1, [Kind.SLOT_LATE]),
        (-4, [Kind.SLOT_LATE]),
        (-5, []),
    ],
)
def test_a_slot_is_told_60_30_and_7_days_before_and_once_it_expired(
    days_left: int, expected: list[Kind]
) -> None:
    assert kinds_on(REVIEW - timedelta(days=days_left)) == expected


def test_what_was_written_after_the_day_to_tell_it_is_not_told() -> None:
    day = REVIEW - timedelta(days=30)
    assert kinds_on(day, written_on=day) == []
    assert kinds_on(day, written_on=day - timedelta(days=1)) == [Kind.SLOT_30]


@pytest.mark.parametrize("days_left", range(-6, 70))
def test_the_days_that_are_looked_at_hold_all_that_is_told(days_left: int) -> None:
    day = REVIEW - timedelta(days=days_left)
    first, last = review_days(day, PLAIN)
    assert not kinds_on(day) or first <= REVIEW <= last


@pytest.mark.parametrize(
    ("kind", "is_current", "day", "expected"),
    [
        (Kind.SLOT_7, True, REVIEW, Reason.NONE),
        (Kind.SLOT_7, True, REVIEW + timedelta(days=1), Reason.PAST),
        (Kind.SLOT_LATE, True, REVIEW + timedelta(days=1), Reason.NONE),
        (Kind.SLOT_LATE, True, REVIEW, Reason.PAST),
        (Kind.SLOT_30, False, REVIEW, Reason.CHANGED),
    ],
)
def test_a_reminder_holds_while_its_version_is_current_and_its_time_has_not_passed(
    kind: Kind, is_current: bool, day: date, expected: Reason
) -> None:
    assert find_slot_obstacle(kind=kind, review_by=REVIEW, is_current=is_current, day=day) == expected


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2027, 2, 28), None),
        (date(2027, 3, 1), date(2027, 3, 1)),
        (date(2027, 3, 7), date(2027, 3, 1)),
        (date(2027, 3, 8), None),
    ],
)
def test_the_summary_belongs_to_the_first_week_of_march(day: date, key: date | None) -> None:
    assert summary_key(day) == key


@pytest.mark.parametrize("kind", [Kind.SLOT_60, Kind.SLOT_30, Kind.SLOT_7, Kind.SLOT_LATE, Kind.SLOT_EMPTY])
def test_all_about_slots_is_turned_off_together(kind: Kind) -> None:
    assert group_of(kind) == Group.SLOTS
