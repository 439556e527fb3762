"""When people are written to: working days from nine to five, by the clock of where they work. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(9), time(17)
"""Neither is ever an hour that a change of clocks repeats or leaves out."""

ONE_DAY = timedelta(days=1)
_WORKING_DAYS_A_WEEK = 5


@dataclass(frozen=True)
class Calendar:
    """Monday to Friday but ``holidays`` (dates of the whole country)."""

    holidays: frozenset[date] = field(default_factory=frozenset)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < _WORKING_DAYS_A_WEEK and day not in self.holidays

    def last_working_day(self, day: date) -> date:
        """``day``, or the last working day before it."""
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def next_working_day(self, day: date) -> date:
        """``day``, or the first working day after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day


def is_working_moment(*, at: datetime, zone: ZoneInfo, calendar: Calendar) -> bool:
    """Whether people in ``zone`` are at work at ``at``."""
    local = at.astimezone(zone)
    return calendar.is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def next_working_moment(*, at: datetime, zone: ZoneInfo, calendar: Calendar) -> datetime:
    """``at`` itself when people in ``zone`` are at work, else when their next working day opens; in UTC."""
    if is_working_moment(at=at, zone=zone, calendar=calendar):
        return at.astimezone(UTC)
    local = at.astimezone(zone)
    day = local.date() if local.time() < OPENS else local.date() + ONE_DAY
    return opening_of(day=calendar.next_working_day(day), zone=zone)


def opening_of(*, day: date, zone: ZoneInfo) -> datetime:
    """Nine o'clock of a day in ``zone``, in UTC."""
    return datetime.combine(day, OPENS, tzinfo=zone).astimezone(UTC)


def is_anybody_at_work(*, at: datetime, zones: Collection[ZoneInfo], calendar: Calendar) -> bool:
    """Whether it is worth looking for somebody to write to."""
    return any(is_working_moment(at=at, zone=zone, calendar=calendar) for zone in zones)
