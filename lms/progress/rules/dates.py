"""Counting days and months as the law and people do. Pure; a day is a calendar date, both ends included."""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FOREVER = date.max
"""The last day of what has no end: dates compare without a case for "none"."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date = FOREVER

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def add_months(day: date, months: int) -> date:
    """The same day of a later month; its last day where it is shorter (29 Feb + 12 → 28 Feb)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def expiry_date(*, completed_on: date, months: int) -> date | None:
    """Last day on which a completion counts; ``None`` when it never expires."""
    return add_months(completed_on, months) if months else None


def following(day: date) -> date:
    """The next day; what has no end stays without end."""
    return day if day == FOREVER else day + ONE_DAY


def later(day: date, days: int) -> date:
    """``days`` later, or without end beyond the calendar."""
    return day + timedelta(days=days) if (FOREVER - day).days > days else FOREVER


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """The same days as few spans in order: those that overlap or touch become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.first <= following(merged[-1].last):
            merged[-1] = Span(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return merged


def after_available(*, start: date, days: int, absences: Sequence[Span]) -> date:
    """The day on which ``days`` days have passed after ``start``, days of absence not counted.

    ``absences`` as :func:`merge_spans` gives them. ``FOREVER`` when an absence has no end.
    """
    day, left = start, days
    for absence in absences:
        if absence.last <= day:
            continue
        free = (absence.first - day).days - 1
        if left <= free:
            break
        left -= max(free, 0)
        day = absence.last
        if day == FOREVER:
            return FOREVER
    return later(day, left)


def end_of_day(*, day: date, zone: ZoneInfo) -> datetime:
    """The first instant that is no longer ``day`` in ``zone``.

    Where the next midnight does not exist (Chile, 5 September 2027) that is the instant of the
    jump; where the last hour comes twice (3 April 2027) both are still ``day``.
    """
    return datetime.combine(day + ONE_DAY, time(), tzinfo=zone)


def is_in_time(*, at: datetime, due: date, zone: ZoneInfo) -> bool:
    """Whether ``at`` is on the due day or before, by the clock of ``zone``."""
    return at.astimezone(zone).date() <= due
