"""How often a space for dialogue meets. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date

MONTHS = 6
"""OGP standard 1: the space for dialogue meets at least every six months."""

MOST_PEOPLE = 100_000


@dataclass(frozen=True)
class MeetingRhythm:
    """``last_on`` None: none was held. ``next_by``: the last day on which the next one is in time."""

    last_on: date | None
    next_by: date | None
    is_overdue: bool


def rhythm(*, last_on: date | None, on: date) -> MeetingRhythm:
    """Whether more than six months have passed since the last meeting; none at all is overdue too."""
    if last_on is None:
        return MeetingRhythm(None, None, True)
    next_by = months_later(last_on, MONTHS)
    return MeetingRhythm(last_on, next_by, on > next_by)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last: 31 August and six months is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
