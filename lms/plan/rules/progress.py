"""Half-years, deadlines and evidence: whether a promise is kept up to date. Pure.

Sources: Open Government Partnership, Participation and Co-creation Standards (in force since 1 January
2022), standard 2: a public repository of evidence updated at least twice a year; glossary "Completion":
without evidence the code is "No Evidence Available".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS_UNTIL_STALE = 6
_YEAR = re.compile(r"20\d\d", re.ASCII)


class HalfYearError(ValueError):
    """The text names no half-year."""


@dataclass(frozen=True, order=True)
class HalfYear:
    """January to June (``half`` 1) or July to December (2) of a year."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        return cls(day.year, 1 if day.month <= 6 else 2)

    @classmethod
    def read(cls, text: str) -> "HalfYear":
        """``"2026-1"``.

        Raises:
            HalfYearError: see there.
        """
        year, _dash, half = text.partition("-")
        if half not in {"1", "2"} or not _YEAR.fullmatch(year):
            raise HalfYearError(text)
        return cls(int(year), int(half))

    @property
    def starts_on(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def ends_on(self) -> date:
        """Its last day: by then the update is due."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def next(self) -> "HalfYear":
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    @property
    def previous(self) -> "HalfYear":
        return HalfYear(self.year, 1) if self.half == 2 else HalfYear(self.year - 1, 2)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.starts_on <= day <= self.ends_on

    def __str__(self) -> str:
        return f"{self.year}-{self.half}"


def half_years(*, start: date, end: date) -> Iterator[HalfYear]:
    """All that have a day between both, which count; none where the end comes first."""
    period = HalfYear.of(start)
    while period.starts_on <= end:
        yield period
        period = period.next


class ShownStatus(StrEnum):
    """What everybody reads of a milestone: the Partnership's words, and that nothing was reported."""

    NOT_REPORTED = "not_reported"
    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


def shown_status(*, reported: str | None, evidence_count: int) -> ShownStatus:
    """A status that nothing shows reads as such, whatever was reported."""
    if reported is None:
        return ShownStatus.NOT_REPORTED
    return ShownStatus(reported) if evidence_count else ShownStatus.NO_EVIDENCE


def is_late(*, due_on: date | None, shown: ShownStatus, today: date) -> bool:
    """The deadline has passed and nothing shows that it was completed."""
    return due_on is not None and due_on < today and shown != ShownStatus.COMPLETE


@dataclass(frozen=True)
class Freshness:
    """When something was reported last, and since when it has been too long. ``None``: never, not so."""

    last_on: date | None
    stale_since: date | None

    @property
    def is_stale(self) -> bool:
        return self.stale_since is not None


def freshness(*, last_on: date | None, begins_on: date, today: date) -> Freshness:
    """Stale six months after the last report or, without any, after ``begins_on``.

    ``stale_since`` is the day of that report (or beginning): "not updated since".
    """
    since = last_on or begins_on
    is_stale = add_months(since, MONTHS_UNTIL_STALE) < today
    return Freshness(last_on, since if is_stale else None)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last one: 31 August + 6 = 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


class Duty(StrEnum):
    """How one of the two yearly updates stands."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    DUE = "due"
    COMING = "coming"
    NONE = "none"


@dataclass(frozen=True)
class Span:
    """From when to when something is carried out; ``None`` where no source says."""

    starts_on: date | None = None
    ends_on: date | None = None

    def meets(self, period: HalfYear) -> bool:
        """Whether it has a day in the half-year."""
        begins = self.starts_on is None or self.starts_on <= period.ends_on
        return begins and (self.ends_on is None or self.ends_on >= period.starts_on)


def reported_span(*, own: Span, plan: Span, arrived_on: date) -> Span:
    """While a commitment is reported on here: its own dates, else the plan's, not before it arrived.

    A plan that had ended when it came here (``arrived_on``) has a last report due.
    """
    starts_on = max(own.starts_on or plan.starts_on or arrived_on, arrived_on)
    ends_on = own.ends_on or plan.ends_on
    if plan.ends_on and plan.ends_on < arrived_on:
        ends_on = max(own.ends_on or arrived_on, arrived_on)
    return Span(starts_on, ends_on)


def duty_of(*, period: HalfYear, span: Span, approved_on: date | None, today: date) -> Duty:
    """``approved_on``: when the update for that half-year was approved first; ``span``: while it is due."""
    if approved_on is not None:
        return Duty.DONE if approved_on <= period.ends_on else Duty.LATE
    if not span.meets(period):
        return Duty.NONE
    if today > period.ends_on:
        return Duty.MISSED
    return Duty.DUE if today >= period.starts_on else Duty.COMING
