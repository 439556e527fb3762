"""When a schedule is due. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """A week (``2026-W47``) or a month (``2026-11``), and the day in it on which the report is due."""

    name: str
    due_on: date


def period_of(*, every: str, day: int, today: date) -> Period:
    """The period of ``today``. ``every``: ``week`` (``day`` 1 is Monday) or ``month`` (``day`` 1 to 28)."""
    if every == "week":
        year, week, weekday = today.isocalendar()
        return Period(f"{year}-W{week:02d}", today + timedelta(days=day - weekday))
    return Period(f"{today:%Y-%m}", today.replace(day=day))


def due_period(*, every: str, day: int, created_on: date, today: date) -> Period | None:
    """The period whose report is due, or ``None``: its day has not come, or had passed before it was asked.

    A day that was missed is made up for within its period, never afterwards.
    """
    period = period_of(every=every, day=day, today=today)
    return period if created_on <= period.due_on <= today else None


def next_due(*, every: str, day: int, created_on: date, today: date, last_period: str) -> date:
    """The day of the next report, ``last_period`` being the last one that was sent."""
    one = today
    while True:
        period = period_of(every=every, day=day, today=one)
        if period.name != last_period and period.due_on >= created_on and one >= today:
            return max(period.due_on, today)
        one += timedelta(days=7 if every == "week" else 28)
