"""What a training requirement asks: of whom, which courses, by when, for how long. Pure."""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

import msgspec

from lms.progress.rules.dates import FOREVER


class Mode(StrEnum):
    """Whether all the courses are asked for or any one of them."""

    ALL = "all"
    ANY = "any"


class DueKind(StrEnum):
    """On a fixed day, or so many days after the requirement reaches the person."""

    DATE = "date"
    DAYS = "days"


class AudienceSpec(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whom a requirement reaches, as stored. Kinds of condition add up; an empty one asks for nothing.

    ``everybody`` False: only the ``people`` named. ``units`` include those below them.
    ``joined_from``: only who joins the institution on that day or later.
    ``people`` are reached besides, ``excluded`` never. Ids are those of the tables; ``positions``
    are in plain words.
    """

    everybody: bool = True
    institutions: tuple[int, ...] = ()
    with_dependents: bool = False
    units: tuple[int, ...] = ()
    estamentos: tuple[str, ...] = ()
    legal_qualities: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    joined_from: date | None = None
    people: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()


class DueSpec(msgspec.Struct, frozen=True, omit_defaults=True):
    """By when. ``day`` for a fixed day; ``days`` after being reached otherwise.

    ``minimum_days``: with a fixed day, the days that a person has at least, who is reached later
    than the others or comes back from an absence (never more than the others had).
    """

    kind: str = DueKind.DATE
    day: date | None = None
    days: int = 30
    minimum_days: int = 30


class RequirementSpec(msgspec.Struct, frozen=True, omit_defaults=True):
    """One version of a requirement, as stored.

    ``equivalents``: for a course (its id as text, JSON has no other keys) those that count as well.
    ``recertify_months`` 0: a completion counts as long as its own certificate. ``window_days``:
    how long before the end one may renew without losing days. ``grace_days``: how long after it
    one is not yet late.
    """

    courses: tuple[int, ...]
    starts_on: date
    audience: AudienceSpec = AudienceSpec()
    mode: str = Mode.ALL
    due: DueSpec = DueSpec()
    recertify_months: int = 0
    window_days: int = 30
    grace_days: int = 0
    equivalents: dict[str, tuple[int, ...]] = {}

    def counting_for(self, course_id: int) -> frozenset[int]:
        """The course and its equivalents."""
        return frozenset((course_id, *self.equivalents.get(str(course_id), ())))

    @property
    def counting(self) -> frozenset[int]:
        """Every course of which a completion counts for something here."""
        return frozenset(other for course_id in self.courses for other in self.counting_for(course_id))


def spec_to_stored(spec: RequirementSpec) -> dict[str, object]:
    """Plain values for a JSON column."""
    stored: dict[str, object] = msgspec.to_builtins(spec)
    return stored


def spec_from_stored(stored: Mapping[str, object]) -> RequirementSpec:
    """The spec of a JSON column.

    Raises:
        msgspec.ValidationError: it is none.
    """
    return msgspec.convert(stored, RequirementSpec)


@dataclass(frozen=True)
class Job:
    """A posting as the rules need it. ``position`` in plain words."""

    posting_id: int
    institution_id: int
    unit_id: int
    estamento: str
    legal_quality: str
    first: date
    last: date = FOREVER
    position: str = ""

    def holds_on(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Version:
    """A published version with its trees resolved, in force from ``effective_from`` on.

    ``institution_ids`` None: everywhere. ``unit_ids`` None: any unit.
    """

    spec: RequirementSpec
    effective_from: date = date.min
    institution_ids: frozenset[int] | None = None
    unit_ids: frozenset[int] | None = None
    people: frozenset[int] = field(default_factory=frozenset)
    excluded: frozenset[int] = field(default_factory=frozenset)

    def covers_place(self, job: Job) -> bool:
        return self.institution_ids is None or job.institution_id in self.institution_ids

    def reaches(self, *, person_id: int, job: Job, joined_on: date) -> bool:
        """Whether the person is asked for the training in this job; ``joined_on``: the institution."""
        if person_id in self.excluded or not self.covers_place(job):
            return False
        return person_id in self.people or self._matches(job, joined_on)

    def _matches(self, job: Job, joined_on: date) -> bool:
        audience = self.spec.audience
        return (
            audience.everybody
            and (self.unit_ids is None or job.unit_id in self.unit_ids)
            and _allows(audience.estamentos, job.estamento)
            and _allows(audience.legal_qualities, job.legal_quality)
            and _allows(audience.positions, job.position)
            and (audience.joined_from is None or joined_on >= audience.joined_from)
        )


class Dated(Protocol):
    """A version, as the rules know it or as it is stored."""

    @property
    def effective_from(self) -> date: ...


DatedVersion = TypeVar("DatedVersion", bound=Dated)


def version_on(*, versions: Sequence[DatedVersion], day: date) -> DatedVersion:
    """The one in force on the day, of versions in order; see :func:`place_on`.

    Raises:
        IndexError: there is no version.
    """
    return versions[place_on(starts=[version.effective_from for version in versions], day=day)]


def place_on(*, starts: Sequence[date], day: date) -> int:
    """The place (from 0) of the version in force; ``starts``: from when each is, in order.

    The first version also governs the days before it: its own ``starts_on`` says from when it asks.
    """
    return max(bisect_right(starts, day) - 1, 0)


def _allows(allowed: Collection[str], value: str) -> bool:
    return not allowed or value in allowed
