"""The only clock. Screens, tasks and commands ask it once and pass the answer down."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

CHILE = ZoneInfo("America/Santiago")


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def local_date(at: datetime, zone: ZoneInfo = CHILE) -> date:
    """The calendar date of an aware instant in ``zone``."""
    return at.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo = CHILE) -> datetime:
    """The first instant of a calendar date in ``zone``."""
    return datetime.combine(day, time(), tzinfo=zone)
