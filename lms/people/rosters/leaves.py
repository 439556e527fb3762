"""What a roster's absence changes among the recorded leaves. Pure.

A stated absence is one leave; recorded ones that it overlaps give way, so that two never overlap.
An empty cell says that the person is not away on the date: a leave in force ends.
"""

from dataclasses import dataclass
from datetime import date

from lms.people.days import Days, eve_of
from lms.people.rosters.rows import Away


@dataclass(frozen=True, slots=True)
class LeaveState:
    """A recorded leave of the person in this institution."""

    id: int
    first_day: date
    last_day: date | None

    @property
    def days(self) -> Days:
        return Days(self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class LeaveEnd:
    """A leave and its last day (``None``: open)."""

    leave_id: int
    last_day: date | None


@dataclass(frozen=True, slots=True)
class LeaveDecision:
    """``opens``: an absence not recorded yet. ``ends``: new last days. ``removes``: ids with no day left."""

    opens: Away | None = None
    ends: tuple[LeaveEnd, ...] = ()
    removes: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self.opens is not None or bool(self.ends or self.removes)


NOTHING = LeaveDecision()


def decide_leave(*, away: Away | None, recorded: tuple[LeaveState, ...], roster_date: date) -> LeaveDecision:
    """Compare what a row says about absence with what is recorded; ``away`` None: it says nothing."""
    if away is None:
        return NOTHING
    if away.first_day is None:
        return _return_to_work(recorded, roster_date)
    same = next((leave for leave in recorded if leave.first_day == away.first_day), None)
    stated = Days(away.first_day, away.last_day)
    ends, removes = [], []
    if same is not None and same.last_day != away.last_day:
        ends.append(LeaveEnd(same.id, away.last_day))
    for leave in recorded:
        if leave is same or not leave.days.overlaps(stated):
            continue
        if leave.first_day < away.first_day:
            ends.append(LeaveEnd(leave.id, eve_of(away.first_day)))
        else:
            removes.append(leave.id)
    return LeaveDecision(None if same else away, tuple(ends), tuple(removes))


def _return_to_work(recorded: tuple[LeaveState, ...], roster_date: date) -> LeaveDecision:
    in_force = [leave for leave in recorded if leave.days.has(roster_date)]
    return LeaveDecision(
        ends=tuple(
            LeaveEnd(leave.id, eve_of(roster_date)) for leave in in_force if leave.first_day < roster_date
        ),
        removes=tuple(leave.id for leave in in_force if leave.first_day >= roster_date),
    )
