"""Days of jobs and leaves: whether they are in order and whether two overlap. Pure.

First and last day are both included; without last day it goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """A run of calendar days."""

    first: date
    last: date | None = None

    @property
    def is_in_order(self) -> bool:
        return self.last is None or self.last >= self.first

    def has(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: "Days") -> bool:
        """Whether both have a day in common."""
        return (other.last is None or self.first <= other.last) and (
            self.last is None or other.first <= self.last
        )


def overlaps_any(*, days: Days, others: Iterable[Days]) -> bool:
    """Whether some of the others has a day of these."""
    return any(days.overlaps(other) for other in others)


def eve_of(day: date) -> date:
    """The day before."""
    return day - ONE_DAY
