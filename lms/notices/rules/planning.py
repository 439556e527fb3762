"""Which notices a day asks for. Pure; what is planned twice is stored once.

A day looks back ``CATCH_UP`` days, so that a planner that stood still over a weekend misses
nothing, and no further, so that switching notices on sends no backlog.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import LEAD_DAYS, Kind
from lms.progress.rules.timeline import OPEN, Standing

CATCH_UP = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Stand:
    """A person's segment of the day in one requirement, and when it became known to us."""

    person_id: int
    requirement_id: int
    institution_id: int
    unit_id: int
    standing: Standing
    first: date
    assigned_on: date
    due_on: date | None
    valid_until: date | None
    written_on: date


@dataclass(frozen=True, slots=True)
class Planned:
    """One notice. ``key``: the date that makes it one of its kind; the same date, the same notice."""

    person_id: int
    requirement_id: int
    institution_id: int
    unit_id: int
    kind: Kind
    key: date


def plan_notices(*, stand: Stand, day: date, calendar: Calendar) -> list[Planned]:
    """What ``day`` asks to tell the person. Who is on leave or exempt is told nothing."""
    found: list[tuple[Kind, date]] = []
    if _is_new(stand, day):
        found.append((Kind.ASSIGNED, stand.assigned_on))
    found += _due_notices(stand, day, calendar)
    turned_lately = _is_lately(stand.first, day)
    if stand.standing == Standing.LATE and stand.due_on and turned_lately:
        found.append((Kind.LATE, stand.due_on))
    if stand.standing == Standing.EXPIRING and stand.valid_until and turned_lately:
        found.append((Kind.EXPIRING, stand.valid_until))
    return [
        Planned(stand.person_id, stand.requirement_id, stand.institution_id, stand.unit_id, kind, key)
        for kind, key in found
    ]


def notice_day(*, due_on: date, lead: int, calendar: Calendar) -> date:
    """The working day on which to say that ``lead`` days are left: rather before a weekend than after it."""
    return calendar.last_working_day(due_on - timedelta(days=lead))


def _is_new(stand: Stand, day: date) -> bool:
    """Not begun, and asked (or known to us: a roster loaded late, a requirement just published) lately."""
    if stand.standing != Standing.NOT_STARTED:
        return False
    return _is_lately(max(stand.first, stand.written_on), day)


def _due_notices(stand: Stand, day: date, calendar: Calendar) -> list[tuple[Kind, date]]:
    due_on = stand.due_on
    if stand.standing not in OPEN or due_on is None or due_on < day:
        return []
    return [
        (kind, due_on)
        for kind, lead in LEAD_DAYS.items()
        if (due_on - stand.assigned_on).days > lead
        and stand.assigned_on < (told := notice_day(due_on=due_on, lead=lead, calendar=calendar))
        and _is_lately(told, day)
    ]


def _is_lately(when: date, day: date) -> bool:
    return day - CATCH_UP <= when <= day
