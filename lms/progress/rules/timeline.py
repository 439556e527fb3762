"""Where a person stands in a requirement, day by day. Pure: :func:`stand_on` is the definition.

:func:`draw_timeline` is the same said in few words: one segment for each run of equal days. It is
stored, so that a list or a count on any date is a look-up and nothing has to happen at midnight.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import cached_property
from itertools import zip_longest

from lms.progress.rules.dates import FOREVER, ONE_DAY, Span, after_available, following, later, merge_spans
from lms.progress.rules.requirements import DueKind, Job, Version, place_on
from lms.progress.rules.validity import Done, Hold, hold_on, list_holds, window_opens


class Standing(IntEnum):
    """What is true of a person on a day. The numbers are stored; do not change them."""

    NOT_STARTED = 1
    IN_PROGRESS = 2
    LATE = 3
    DONE = 4
    EXPIRING = 5
    EXEMPT = 6
    ON_LEAVE = 7


MET = frozenset({Standing.DONE, Standing.EXPIRING})
"""Standings that count as having the training."""

OPEN = frozenset({Standing.NOT_STARTED, Standing.IN_PROGRESS})
"""Standings of those who still have to do it and are in time."""

NOT_ASKED = frozenset({Standing.EXEMPT, Standing.ON_LEAVE})
"""Standings of those of whom it is not asked now: neither late nor counted in the rate."""


@dataclass(frozen=True)
class Started:
    """A course begun at work."""

    course_id: int
    started_on: date


@dataclass(frozen=True)
class Absence:
    """Days away from one institution."""

    institution_id: int
    days: Span


@dataclass(frozen=True)
class PersonFacts:
    """All that decides about one person in one requirement. Order does not matter."""

    person_id: int
    jobs: tuple[Job, ...] = ()
    absences: tuple[Absence, ...] = ()
    exemptions: tuple[Span, ...] = ()
    completions: tuple[Done, ...] = ()
    starts: tuple[Started, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """Where and as what a person is asked: what reports count by."""

    institution_id: int
    unit_id: int
    estamento: str
    legal_quality: str


@dataclass(frozen=True)
class Segment:
    """A run of days, both included, on which nothing changes.

    ``assigned_on``: since when it is asked. ``due_on``: last day in time (open and late ones).
    ``done_on``, ``valid_until``: of the hold (met ones).
    """

    first: date
    last: date
    standing: Standing
    seat: Seat
    assigned_on: date
    due_on: date | None = None
    done_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class _Stand:
    """A segment without its days."""

    standing: Standing
    job: Job
    assigned_on: date
    due_on: date | None = None
    done_on: date | None = None
    valid_until: date | None = None


def draw_timeline(*, versions: Sequence[Version], facts: PersonFacts) -> list[Segment]:
    """The person's segments under these versions (in order of ``effective_from``), in order and apart.

    Days on which nothing is asked of the person have none.
    """
    reader = _Reader(tuple(versions), facts)
    segments: list[Segment] = []
    days = reader.turning_days
    for first, following_day in zip_longest(days, days[1:]):
        stand = reader.stand_on(first)
        if stand is None:
            continue
        last = following_day - ONE_DAY if following_day else FOREVER
        before = segments[-1] if segments else None
        if before and following(before.last) == first and _same(before, stand):
            segments[-1] = _segment(before.first, last, stand)
        else:
            segments.append(_segment(first, last, stand))
    return segments


def stand_on(*, versions: Sequence[Version], facts: PersonFacts, day: date) -> Segment | None:
    """Where the person stands on one day, as a segment of that day; ``None`` where nothing is asked."""
    stand = _Reader(tuple(versions), facts).stand_on(day)
    return _segment(day, day, stand) if stand else None


def _segment(first: date, last: date, stand: _Stand) -> Segment:
    return Segment(
        first, last, stand.standing, _seat_of(stand.job), stand.assigned_on,
        stand.due_on, stand.done_on, stand.valid_until,
    )  # fmt: skip


def _seat_of(job: Job) -> Seat:
    return Seat(job.institution_id, job.unit_id, job.estamento, job.legal_quality)


def _same(segment: Segment, stand: _Stand) -> bool:
    return _segment(segment.first, segment.last, stand) == segment


class _Reader:
    """Answers for single days; remembers what several days share."""

    def __init__(self, versions: tuple[Version, ...], facts: PersonFacts) -> None:
        self.versions, self.facts = versions, facts
        self._from = [version.effective_from for version in versions]
        self._holds: dict[int, list[Hold]] = {}
        self._absences: dict[int, list[Span]] = {}
        self._stands: dict[date, _Stand | None] = {}

    def stand_on(self, day: date) -> _Stand | None:
        """See :meth:`_find_stand`; each day is worked out once."""
        if day not in self._stands:
            self._stands[day] = self._find_stand(day)
        return self._stands[day]

    def _find_stand(self, day: date) -> _Stand | None:
        """The definition, in order of precedence: held, exempt, absent, in time, late."""
        job = self._job_on(day)
        if job is None:
            return None
        number = self._version_on(day)
        version = self.versions[number]
        assigned_on = max(self._reached_since(day), version.spec.starts_on)
        if day < assigned_on:
            return None
        hold = hold_on(holds=self.holds(number), day=day)
        if hold and hold.until >= day:
            is_expiring = day >= window_opens(hold=hold, window_days=version.spec.window_days)
            standing = Standing.EXPIRING if is_expiring else Standing.DONE
            return _Stand(standing, job, assigned_on, done_on=hold.on, valid_until=_finite(hold.until))
        # A hold that was over before anything was asked is no renewal.
        lapsed = hold if hold and hold.until >= assigned_on - ONE_DAY else None
        if any(day in span for span in self.facts.exemptions):
            return _Stand(Standing.EXEMPT, job, assigned_on)
        due = self._due_on(number, job, assigned_on, lapsed)
        if any(day in span for span in self._leaves_in(job.institution_id)):
            return _Stand(Standing.ON_LEAVE, job, assigned_on, due_on=_finite(due))
        if day > due:
            return _Stand(Standing.LATE, job, assigned_on, due_on=due)
        started = self._has_started(number, day, since=hold.on if hold else date.min)
        standing = Standing.IN_PROGRESS if started else Standing.NOT_STARTED
        return _Stand(standing, job, assigned_on, due_on=_finite(due))

    # --- What is asked, and of whom ---------------------------------------------------------------
    def _version_on(self, day: date) -> int:
        return place_on(starts=self._from, day=day)

    def _job_on(self, day: date) -> Job | None:
        """Of the jobs on that day in which the training is asked, the one begun last."""
        days, jobs = self._track
        place = bisect_right(days, day) - 1
        return jobs[place] if place >= 0 else None

    @cached_property
    def _track(self) -> tuple[list[date], list[Job | None]]:
        """The days on which the answer to :meth:`_job_on` may change, and the answer from each on."""
        marks = {job.first for job in self.facts.jobs} | {following(job.last) for job in self.facts.jobs}
        days = sorted(marks | set(self._from))
        return days, [self._find_job(day) for day in days]

    def _find_job(self, day: date) -> Job | None:
        version = self.versions[self._version_on(day)]
        found = [
            job
            for job in self.facts.jobs
            if job.holds_on(day) and version.covers_place(job) and self._reaches(version, job)
        ]
        return max(found, key=lambda job: (job.first, job.posting_id), default=None)

    def _reaches(self, version: Version, job: Job) -> bool:
        joined_on = self._joined_on(version, job) if version.spec.audience.joined_from else job.first
        return version.reaches(person_id=self.facts.person_id, job=job, joined_on=joined_on)

    def _joined_on(self, version: Version, job: Job) -> date:
        """Since when the person has worked, without a day between, where the requirement applies."""
        spans = merge_spans(Span(j.first, j.last) for j in self.facts.jobs if version.covers_place(j))
        return next(span.first for span in spans if job.first in span)

    def _reached_since(self, day: date) -> date:
        """The first of the unbroken days up to ``day`` on which the requirement reaches the person."""
        return next(span.first for span in self._reached if span.first <= day <= span.last)

    @cached_property
    def _reached(self) -> list[Span]:
        """Spans of days on which a job is reached, in order."""
        days, jobs = self._track
        return merge_spans(
            Span(first, after - ONE_DAY if after else FOREVER)
            for first, after, job in zip(days, [*days[1:], None], jobs, strict=True)
            if job
        )

    # --- By when ----------------------------------------------------------------------------------
    def _due_on(self, number: int, job: Job, assigned_on: date, lapsed: Hold | None) -> date:
        """The last day in time, absences given back."""
        spec = self.versions[number].spec
        away = merge_spans([*self._leaves_in(job.institution_id), *self.facts.exemptions])
        if lapsed:
            days = spec.window_days + spec.grace_days
            start = lapsed.until - timedelta(days=spec.window_days)
            return max(
                later(lapsed.until, spec.grace_days),
                after_available(start=max(start, assigned_on), days=days, absences=away),
            )
        if spec.due.kind == DueKind.DAYS or spec.due.day is None:
            return after_available(start=assigned_on, days=spec.due.days, absences=away)
        days = max(min(spec.due.minimum_days, (spec.due.day - spec.starts_on).days), 0)
        return max(spec.due.day, after_available(start=assigned_on, days=days, absences=away))

    def _leaves_in(self, institution_id: int) -> list[Span]:
        if institution_id not in self._absences:
            self._absences[institution_id] = merge_spans(
                absence.days for absence in self.facts.absences if absence.institution_id == institution_id
            )
        return self._absences[institution_id]

    # --- What was done ----------------------------------------------------------------------------
    def holds(self, number: int) -> list[Hold]:
        if number not in self._holds:
            self._holds[number] = list_holds(
                spec=self.versions[number].spec, completions=self.facts.completions
            )
        return self._holds[number]

    def _has_started(self, number: int, day: date, *, since: date) -> bool:
        counting = self.versions[number].spec.counting
        return any(
            start.course_id in counting and since < start.started_on <= day for start in self.facts.starts
        )

    # --- When something may change ----------------------------------------------------------------
    @cached_property
    def turning_days(self) -> list[date]:
        """Every day on which the stand may differ from the day before; none before the first job."""
        facts = self.facts
        if not facts.jobs:
            return []
        days = {version.effective_from for version in self.versions}
        days |= {version.spec.starts_on for version in self.versions}
        spans = [
            *(Span(job.first, job.last) for job in facts.jobs),
            *(absence.days for absence in facts.absences),
            *facts.exemptions,
        ]
        days |= {span.first for span in spans} | {following(span.last) for span in spans}
        days |= {start.started_on for start in facts.starts}
        for number, version in enumerate(self.versions):
            for hold in self.holds(number):
                opens = window_opens(hold=hold, window_days=version.spec.window_days)
                days |= {hold.on, opens, following(hold.until)}
        days |= {following(due) for due in self._dues(sorted(days))}
        first = min(job.first for job in facts.jobs)
        return sorted(day for day in days if first <= day and day != FOREVER)

    def _dues(self, days: Sequence[date]) -> set[date]:
        """Due days change with nothing else than the days already known."""
        stands = (self.stand_on(day) for day in days)
        return {stand.due_on for stand in stands if stand and stand.due_on}


def _finite(day: date) -> date | None:
    return None if day == FOREVER else day
