"""What a stated absence changes among the recorded ones."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.rosters.leaves import LeaveDecision, LeaveEnd, LeaveState, decide_leave
from lms.people.rosters.rows import Away
from tests.people.rosters import DAY

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 15), date(2026, 12, 1)


def decide(away: Away | None, *recorded: LeaveState) -> LeaveDecision:
    return decide_leave(away=away, recorded=recorded, roster_date=DAY)


@pytest.mark.parametrize(
    ("away", "recorded", "expected"),
    [
        (None, [LeaveState(1, OCTOBER, None)], LeaveDecision()),
        (Away(), [], LeaveDecision()),
        (Away(), [LeaveState(1, OCTOBER, None)], LeaveDecision(ends=(LeaveEnd(1, date(2026, 10, 31)),))),
        (Away(), [LeaveState(1, DAY, None)], LeaveDecision(removes=(1,))),
        (Away(), [LeaveState(1, DECEMBER, None)], LeaveDecision()),
        (Away(), [LeaveState(1, OCTOBER, date(2026, 10, 5))], LeaveDecision()),
        (Away(OCTOBER, None), [], LeaveDecision(opens=Away(OCTOBER, None))),
        (Away(OCTOBER, None), [LeaveState(1, OCTOBER, None)], LeaveDecision()),
        (
            Away(OCTOBER, DECEMBER),
            [LeaveState(1, OCTOBER, None)],
            LeaveDecision(ends=(LeaveEnd(1, DECEMBER),)),
        ),
        (
            Away(NOVEMBER, DECEMBER),
            [LeaveState(1, OCTOBER, None)],
            LeaveDecision(opens=Away(NOVEMBER, DECEMBER), ends=(LeaveEnd(1, date(2026, 11, 14)),)),
        ),
        (
            Away(OCTOBER, DECEMBER),
            [LeaveState(1, NOVEMBER, NOVEMBER)],
            LeaveDecision(opens=Away(OCTOBER, DECEMBER), removes=(1,)),
        ),
        (
            Away(OCTOBER, NOVEMBER),
            [LeaveState(1, DECEMBER, None)],
            LeaveDecision(opens=Away(OCTOBER, NOVEMBER)),
        ),
    ],
)
def test_an_absence_is_compared_with_what_is_recorded(
    away: Away | None, recorded: list[LeaveState], expected: LeaveDecision
) -> None:
    assert decide(away, *recorded) == expected


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=6))
def test_leaves_never_overlap_and_a_second_time_nothing_changes(
    stated: list[tuple[date, date | None]],
) -> None:
    recorded: tuple[LeaveState, ...] = ()
    for number, (first, last) in enumerate(stated):
        away = Away(first, max(first, last) if last else None)
        recorded = _carry_out(decide(away, *recorded), recorded, number)

        assert not decide(away, *recorded)
        ordered = sorted(recorded, key=lambda leave: leave.first_day)
        for earlier, later in pairwise(ordered):
            assert earlier.last_day is not None and earlier.last_day < later.first_day
        assert all(leave.last_day is None or leave.last_day >= leave.first_day for leave in recorded)


def _carry_out(
    decision: LeaveDecision, recorded: tuple[LeaveState, ...], number: int
) -> tuple[LeaveState, ...]:
    ends = {end.leave_id: end.last_day for end in decision.ends}
    after = [
        LeaveState(leave.id, leave.first_day, ends.get(leave.id, leave.last_day))
        for leave in recorded
        if leave.id not in decision.removes
    ]
    if decision.opens and decision.opens.first_day:
        after.append(LeaveState(number, decision.opens.first_day, decision.opens.last_day))
    return tuple(after)
