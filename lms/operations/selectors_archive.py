"""The months of the record."""

from dataclasses import dataclass
from datetime import date, datetime

from lms.xapi.rules.positions import has_ended
from lms.xapi.services.archive import ArchiveError, Month, list_months


@dataclass(frozen=True)
class MonthLine:
    """A month in the list. ``first`` is its first day; ``may_go``: it is over, so it can be set apart."""

    month: Month
    first: date
    may_go: bool


def list_month_lines(*, at: datetime) -> list[MonthLine] | None:
    """The months, newest first; None where the database does not keep months. One query."""
    try:
        months = list_months()
    except ArchiveError:
        return None
    return [_line(month, at) for month in reversed(months)]


def find_month_line(*, year: int, month: int, at: datetime) -> MonthLine | None:
    """One of them. One query."""
    lines = list_month_lines(at=at) or []
    return next((line for line in lines if (line.month.year, line.month.month) == (year, month)), None)


def _line(month: Month, at: datetime) -> MonthLine:
    is_over = has_ended(month.year, month.month, at=at)
    return MonthLine(month, date(month.year, month.month, 1), is_over and not month.is_archived)
