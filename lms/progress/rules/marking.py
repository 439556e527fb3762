"""What an open answer is worth when people mark it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

TOLERANCE = Fraction(1, 4)
"""Of the points of a question: two markers who are further apart have read different things."""


@dataclass(frozen=True)
class MarkDecision:
    """``score`` from 0 to 1, ``None`` while somebody else has to mark."""

    score: Fraction | None

    @property
    def is_settled(self) -> bool:
        return self.score is not None


def decide_mark(*, scores: Sequence[Fraction], by_two: bool) -> MarkDecision:
    """The score of what was marked so far, each by somebody else, in the order of marking.

    One marker decides alone. Of two, who do not see each other's marks, the mean counts; where they
    are further apart than :data:`TOLERANCE` a third marks too, and the middle one of the three counts.
    """
    if not scores or (by_two and len(scores) == 1):
        return MarkDecision(None)
    if not by_two:
        return MarkDecision(scores[0])
    if abs(scores[0] - scores[1]) <= TOLERANCE:
        return MarkDecision((scores[0] + scores[1]) / 2)
    return MarkDecision(sorted(scores[:3])[1] if len(scores) > 2 else None)
