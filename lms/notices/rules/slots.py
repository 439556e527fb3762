"""Which reminders an institution's slots ask for, and whether they still hold. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from lms.notices.rules.hours import ONE_DAY, Calendar
from lms.notices.rules.kinds import SLOT_LEAD_DAYS, Kind, Reason
from lms.notices.rules.planning import CATCH_UP, notice_day

SUMMARY_MONTH = 3
"""The yearly summary goes out when March begins, as the year's work does in Chile."""
SUMMARY_WEEK = timedelta(days=7)
"""How long a planner that stood still makes up for it."""


@dataclass(frozen=True, slots=True)
class KeptSlot:
    """A filled slot, by its current version: since when it says so, and by when to review it."""

    version_id: int
    institution_id: int
    owner_id: int | None
    written_on: date
    review_by: date


def plan_slot_kinds(*, slot: KeptSlot, day: date, calendar: Calendar) -> list[Kind]:
    """What ``day`` asks to tell of the slot. Of what was written after the day to tell it, nothing."""
    kinds = [
        kind
        for kind, lead in SLOT_LEAD_DAYS.items()
        if day <= slot.review_by
        and _is_to_tell(notice_day(due_on=slot.review_by, lead=lead, calendar=calendar), slot, day)
    ]
    if _is_to_tell(slot.review_by + ONE_DAY, slot, day):
        kinds.append(Kind.SLOT_LATE)
    return kinds


def find_slot_obstacle(*, kind: str, review_by: date, is_current: bool, day: date) -> Reason:
    """Why not to tell it any more; ``Reason.NONE`` when it holds."""
    if not is_current:
        return Reason.CHANGED
    is_true = day > review_by if kind == Kind.SLOT_LATE else day <= review_by
    return Reason.NONE if is_true else Reason.PAST


def summary_key(day: date) -> date | None:
    """The date of the yearly summary that ``day`` may send; ``None`` outside its week."""
    first = date(day.year, SUMMARY_MONTH, 1)
    return first if first <= day < first + SUMMARY_WEEK else None


def review_days(day: date, calendar: Calendar) -> tuple[date, date]:
    """First and last day of review of which ``day`` may have to tell something."""
    furthest = timedelta(days=max(SLOT_LEAD_DAYS.values()))
    return day - CATCH_UP - ONE_DAY, calendar.next_working_day(day + ONE_DAY) + furthest


def _is_to_tell(told_on: date, slot: KeptSlot, day: date) -> bool:
    return slot.written_on < told_on and day - CATCH_UP <= told_on <= day
