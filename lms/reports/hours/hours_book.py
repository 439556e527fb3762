"""Hours of training as pages and files are given them: activities, people, units, sums."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from lms.progress.rules.hours import Article28, pedagogical_hours


@dataclass(frozen=True)
class Activity:
    """One course or workshop of one person in the year. ``minutes`` 0: not finished in it.

    ``outside``: minutes outside the working day; ``rest``: those of them that give rest.
    """

    title: str
    is_workshop: bool
    is_online: bool
    first_day: date
    last_day: date | None
    minutes: int
    hour_minutes: int
    is_assessed: bool
    percent: int | None
    article_28: Article28
    outside: int
    rest: int
    source: str

    @property
    def pedagogical_hours(self) -> float:
        return pedagogical_hours(minutes=self.minutes, hour_minutes=self.hour_minutes)

    @property
    def is_finished(self) -> bool:
        return self.article_28 != Article28.NOT_YET

    @property
    def counts(self) -> bool:
        return self.article_28 == Article28.COUNTS


@dataclass(frozen=True)
class Hours:
    """Sums of activities: minutes, and tenths of pedagogical hours as each activity has them."""

    people: int = 0
    activities: int = 0
    minutes: int = 0
    tenths: int = 0
    counted_tenths: int = 0
    outside: int = 0
    rest: int = 0

    def __add__(self, other: "Hours") -> "Hours":
        return Hours(*(a + b for a, b in zip(self._values, other._values, strict=True)))

    @property
    def _values(self) -> tuple[int, ...]:
        return (
            self.people, self.activities, self.minutes, self.tenths, self.counted_tenths, self.outside,
            self.rest,
        )  # fmt: skip

    @property
    def pedagogical_hours(self) -> float:
        return self.tenths / 10

    @property
    def counted_hours(self) -> float:
        """Pedagogical hours of what counts for article 28."""
        return self.counted_tenths / 10

    @property
    def voluntary_hours(self) -> float:
        """Those of all other finished activities."""
        return (self.tenths - self.counted_tenths) / 10


@dataclass(frozen=True)
class PersonHours:
    """A person, where it worked last in the year, and what it did."""

    public_id: UUID
    name: str
    run_masked: str
    unit_id: int
    unit: str
    estamento: str
    legal_quality: str
    grade: str
    activities: tuple[Activity, ...]

    @cached_property
    def hours(self) -> Hours:
        return add_up(self.activities, people=1)


@dataclass(frozen=True)
class UnitHours:
    """A unit: people who worked there, and the hours of those who learned."""

    unit: str
    headcount: int
    hours: Hours


@dataclass(frozen=True)
class HoursBook:
    """All people with activities in the year, by name; the units; ``headcount``: all who worked there."""

    year: int
    last_day: date
    headcount: int
    people: tuple[PersonHours, ...]
    units: tuple[UnitHours, ...] = field(default=())

    @cached_property
    def total(self) -> Hours:
        return sum((person.hours for person in self.people), Hours())


def add_up(activities: Iterable[Activity], *, people: int) -> Hours:
    """The sums of one person's activities."""
    rows = list(activities)
    return Hours(
        people=people,
        activities=sum(row.is_finished for row in rows),
        minutes=sum(row.minutes for row in rows),
        tenths=sum(_tenths(row) for row in rows),
        counted_tenths=sum(_tenths(row) for row in rows if row.counts),
        outside=sum(row.outside for row in rows),
        rest=sum(row.rest for row in rows),
    )


def _tenths(activity: Activity) -> int:
    """Whole tenths of an hour: sums of them are exact."""
    return round(activity.pedagogical_hours * 10)
