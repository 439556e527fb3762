"""How long a question about a record may wait for its answer. Pure."""

from datetime import date, timedelta
from typing import Protocol

LONGEST_WAIT = 10
"""Working days after which a question has waited too long."""


class WorkingDays(Protocol):
    """What tells a day of work from others."""

    def is_working_day(self, day: date) -> bool: ...


def count_working_days(*, since: date, until: date, calendar: WorkingDays) -> int:
    """Working days that have passed after ``since``, ``until`` included."""
    days = (since + timedelta(days=n) for n in range(1, (until - since).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def has_waited_too_long(*, since: date, until: date, calendar: WorkingDays) -> bool:
    """Whether more than ten working days have passed."""
    return count_working_days(since=since, until=until, calendar=calendar) > LONGEST_WAIT
