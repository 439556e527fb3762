"""When those responsible are reminded of a half-year's report. Pure."""

from datetime import date
from enum import StrEnum

from lms.plan.rules.progress import HalfYear

DAYS_BEFORE, LAST_DAYS, DAYS_AFTER = 30, 7, 30


class Stage(StrEnum):
    """A month before the end of the half-year, a week before, and once it has passed."""

    MONTH = "month"
    WEEK = "week"
    LATE = "late"


def stage_of(*, today: date) -> tuple[HalfYear, Stage] | None:
    """Which report is reminded of today, and how; ``None`` most of the year."""
    period = HalfYear.of(today)
    left = (period.ends_on - today).days
    if left <= LAST_DAYS:
        return period, Stage.WEEK
    if left <= DAYS_BEFORE:
        return period, Stage.MONTH
    if (today - period.starts_on).days < DAYS_AFTER:
        return period.previous, Stage.LATE
    return None
