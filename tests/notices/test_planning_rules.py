"""Which notices a day asks for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import DUE, Kind
from lms.notices.rules.planning import CATCH_UP, Stand, notice_day, plan_notices
from lms.progress.rules.timeline import Standing

PLAIN = Calendar()
OLD = date(2026, 1, 1)
S = Standing


def stand(**more: object) -> Stand:
    """Somebody asked on Monday 2 November, with a due day in January, not yet begun."""
    base = Stand(
        person_id=1, requirement_id=2, institution_id=3, unit_id=4, standing=S.NOT_STARTED,
        first=date(2026, 11, 2), assigned_on=date(2026, 11, 2), due_on=date(2027, 1, 20),
        valid_until=None, written_on=OLD,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def kinds(day: str, **more: object) -> list[str]:
    planned = plan_notices(stand=stand(**more), day=date.fromisoformat(day), calendar=PLAIN)
    return [one.kind.value for one in planned]


def due(day: str, assigned: str, due_on: str, standing: Standing = S.NOT_STARTED) -> list[str]:
    start = date.fromisoformat(assigned)
    found = kinds(day, first=start, assigned_on=start, due_on=date.fromisoformat(due_on), standing=standing)
    return [kind for kind in found if kind != "assigned"]


@pytest.mark.parametrize(
    ("day", "more", "expected"),
    [
        ("2026-11-02", {}, ["assigned"]),
        ("2026-11-05", {}, ["assigned"]),  # three days late still
        ("2026-11-06", {}, []),  # a backlog is not sent
        ("2026-11-20", {"written_on": date(2026, 11, 19)}, ["assigned"]),  # published or loaded yesterday
        ("2026-11-20", {"written_on": date(2026, 11, 16)}, []),
        ("2026-11-02", {"standing": S.IN_PROGRESS}, []),  # has begun: knows
        ("2026-11-02", {"standing": S.ON_LEAVE}, []),
        ("2026-11-02", {"standing": S.EXEMPT}, []),
        ("2026-11-02", {"standing": S.DONE}, []),
        # Back from leave: the first open segment begins today.
        ("2026-12-01", {"first": date(2026, 12, 1)}, ["assigned"]),
    ],
)
def test_assigned(day: str, more: dict[str, object], expected: list[str]) -> None:
    assert kinds(day, **more) == expected


@pytest.mark.parametrize(
    ("day", "assigned", "due_on", "expected"),
    [
        # Thursday 17 December 2026 less 30, 7 and 1 days.
        ("2026-11-17", "2026-10-01", "2026-12-17", ["due_30"]),
        ("2026-12-10", "2026-10-01", "2026-12-17", ["due_7"]),
        ("2026-12-16", "2026-10-01", "2026-12-17", ["due_1"]),
        ("2026-12-17", "2026-10-01", "2026-12-17", ["due_1"]),  # caught up on the last day itself
        ("2026-12-18", "2026-10-01", "2026-12-17", []),
        ("2026-11-16", "2026-10-01", "2026-12-17", []),
        # Assigned five days before: only the last one.
        ("2026-12-16", "2026-12-12", "2026-12-17", ["due_1"]),
        ("2026-12-14", "2026-12-12", "2026-12-17", []),
        # Thirty days in all: being asked says as much as "30 days left".
        ("2026-11-17", "2026-11-17", "2026-12-17", []),
        # The day before a Monday is said on Friday, not on Monday itself.
        ("2026-12-11", "2026-10-01", "2026-12-14", ["due_1"]),
        ("2026-12-10", "2026-10-01", "2026-12-14", ["due_7"]),  # 7 December, caught up
        # Due on a Sunday: on Friday too.
        ("2026-12-11", "2026-10-01", "2026-12-13", ["due_1"]),
    ],
)
def test_due(day: str, assigned: str, due_on: str, expected: list[str]) -> None:
    assert due(day, assigned, due_on) == expected


@pytest.mark.parametrize("standing", [S.LATE, S.DONE, S.EXPIRING, S.EXEMPT, S.ON_LEAVE])
def test_only_who_still_has_to_do_it_in_time_is_told_of_days_left(standing: Standing) -> None:
    assert not set(due("2026-12-16", "2026-10-01", "2026-12-17", standing)) & DUE


@pytest.mark.parametrize(
    ("day", "more", "expected"),
    [
        ("2027-01-21", {"standing": S.LATE, "first": date(2027, 1, 21)}, ["late"]),
        ("2027-01-24", {"standing": S.LATE, "first": date(2027, 1, 21)}, ["late"]),
        ("2027-01-25", {"standing": S.LATE, "first": date(2027, 1, 21)}, []),
        (
            "2027-05-03",
            {
                "standing": S.EXPIRING,
                "first": date(2027, 5, 3),
                "due_on": None,
                "valid_until": date(2027, 6, 2),
            },
            ["expiring"],
        ),
        ("2027-05-03", {"standing": S.EXPIRING, "first": date(2027, 5, 3), "due_on": None}, []),
    ],
)
def test_late_and_expiring(day: str, more: dict[str, object], expected: list[str]) -> None:
    assert kinds(day, **more) == expected


def test_a_holiday_moves_the_day_before_further_back() -> None:
    calendar = Calendar(frozenset({date(2026, 12, 25)}))
    assert notice_day(due_on=date(2026, 12, 28), lead=1, calendar=calendar) == date(2026, 12, 24)


DAYS = st.dates(date(2026, 6, 1), date(2027, 12, 1))
STANDS = st.builds(
    Stand,
    person_id=st.just(1), requirement_id=st.just(1), institution_id=st.just(1), unit_id=st.just(1),
    standing=st.sampled_from(list(Standing)), first=DAYS, assigned_on=DAYS, due_on=st.none() | DAYS,
    valid_until=st.none() | DAYS, written_on=DAYS,
)  # fmt: skip


@given(one=STANDS, day=DAYS)
def test_no_matter_is_planned_twice_in_one_day(one: Stand, day: date) -> None:
    planned = plan_notices(stand=one, day=day, calendar=PLAIN)
    assert len({(p.kind, p.key) for p in planned}) == len(planned)


@given(one=STANDS, day=DAYS)
def test_who_is_away_or_exempt_is_told_nothing(one: Stand, day: date) -> None:
    if one.standing in (S.EXEMPT, S.ON_LEAVE):
        assert plan_notices(stand=one, day=day, calendar=PLAIN) == []


@given(one=STANDS, day=DAYS)
def test_days_left_are_never_told_after_the_last_one_nor_before_the_first(one: Stand, day: date) -> None:
    for planned in plan_notices(stand=one, day=day, calendar=PLAIN):
        if planned.kind in DUE:
            assert one.assigned_on < planned.key
            assert day <= planned.key


@given(assigned=DAYS, length=st.integers(2, 200), started=st.booleans())
def test_over_the_days_until_it_is_due_each_lead_shorter_than_the_span_is_told(
    assigned: date, length: int, started: bool
) -> None:
    """Whatever the weekday, somebody who is asked is told in time, and of nothing twice."""
    due_on = assigned + timedelta(days=length)
    standing = S.IN_PROGRESS if started else S.NOT_STARTED
    one = stand(first=assigned, assigned_on=assigned, due_on=due_on, standing=standing)
    told: dict[Kind, date] = {}
    for after in range(length + 1):
        day = assigned + timedelta(days=after)
        for planned in plan_notices(stand=one, day=day, calendar=PLAIN):
            told.setdefault(planned.kind, day)
    for kind, lead in {Kind.DUE_30: 30, Kind.DUE_7: 7, Kind.DUE_1: 1}.items():
        day = notice_day(due_on=due_on, lead=lead, calendar=PLAIN)
        if length > lead and day > assigned:
            assert told[kind] == day
        else:
            assert kind not in told


@given(one=STANDS, day=DAYS)
def test_a_planner_that_stood_still_for_some_days_makes_up_for_it(one: Stand, day: date) -> None:
    """What was planned on a day is planned on each of the days that look back to it, if still true."""
    if one.standing not in (S.LATE, S.EXPIRING):
        return
    planned = {p.kind for p in plan_notices(stand=one, day=day, calendar=PLAIN)}
    if one.first == day:
        for later in range(CATCH_UP.days + 1):
            again = plan_notices(stand=one, day=day + timedelta(days=later), calendar=PLAIN)
            assert planned == {p.kind for p in again}
