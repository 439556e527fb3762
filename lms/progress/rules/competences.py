"""The level that a person has reached in a competence, and the next step. Pure.

A level (1 recognises, 2 applies, 3 guides others) is reached by a completed course that teaches it,
while that completion holds, where the passed assessment has enough points in this competence.
Having sat through a course, or having been attested it, shows no level.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.progress.rules.why import Held

HIGHEST = 3


class Proof(StrEnum):
    """What a completed course shows of one competence."""

    REACHED = "reached"
    BELOW = "below"
    NOT_MEASURED = "not_measured"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True)
class Claim:
    """A completed course in one competence. ``points`` of ``total``; none where nothing was asked of it.

    ``needed``: per cent of the points.
    """

    course: str
    level: int
    held: Held
    needed: int
    points: float = 0
    total: int = 0

    def proof_on(self, day: date) -> Proof:
        if not self.held.counts:
            return Proof.TAKEN_BACK
        if not self.total:
            return Proof.NOT_MEASURED
        if self.points * 100 < self.needed * self.total:
            return Proof.BELOW
        is_over = self.held.until is not None and self.held.until < day
        return Proof.EXPIRED if is_over else Proof.REACHED


@dataclass(frozen=True)
class Offer:
    """A course that teaches a competence up to ``level``, and how long it takes."""

    course: str
    level: int
    minutes: int


class StepKind(StrEnum):
    FINISH = "finish"
    RENEW = "renew"
    REREAD = "reread"
    TAKE = "take"
    NOTHING_HIGHER = "nothing_higher"
    AT_THE_TOP = "at_the_top"


@dataclass(frozen=True)
class Step:
    """What comes next; ``course``: in which, where there is one."""

    kind: StepKind
    course: str = ""


def level_on(*, claims: Iterable[Claim], day: date) -> int:
    """The highest level shown on ``day``; 0 for none."""
    return max((claim.level for claim in claims if claim.proof_on(day) == Proof.REACHED), default=0)


def next_step(
    *, claims: Sequence[Claim], under_way: Sequence[Offer], offers: Sequence[Offer], day: date
) -> Step:
    """The smallest step to a higher level.

    A course that is begun comes before one that has to be renewed, that before reading again for
    too few points, and all before a new one, of which the lowest level and the shortest comes first.
    """
    level = level_on(claims=claims, day=day)
    if level == HIGHEST:
        return Step(StepKind.AT_THE_TOP)
    begun = _smallest(under_way, level)
    if begun:
        return Step(StepKind.FINISH, begun.course)
    for proof, kind in ((Proof.EXPIRED, StepKind.RENEW), (Proof.BELOW, StepKind.REREAD)):
        found = [claim for claim in claims if claim.level > level and claim.proof_on(day) == proof]
        if found:
            return Step(kind, max(found, key=lambda claim: claim.held.on).course)
    taken = {claim.course for claim in claims if claim.held.counts}
    offered = _smallest([offer for offer in offers if offer.course not in taken], level)
    return Step(StepKind.TAKE, offered.course) if offered else Step(StepKind.NOTHING_HIGHER)


def _smallest(offers: Iterable[Offer], level: int) -> Offer | None:
    higher = [offer for offer in offers if offer.level > level]
    return min(higher, key=lambda offer: (offer.level, offer.minutes, offer.course), default=None)
