"""The five questions of a recall: which, and in which order. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random

from courses.outline import DrawSpec
from courses.quizzes.rules import DrawnQuestion, QuestionSpec, draw_order

COUNT = 5


@dataclass(frozen=True)
class RecalledPoints:
    """Points of one question, 0 to 1, and the competence that it belongs to."""

    question_key: str
    competence: str
    points: Fraction


@dataclass(frozen=True)
class PointsBefore:
    """What the same person had of a competence at the assessment: points of so many questions."""

    points: Decimal
    places: int


def draw_recall(
    *,
    blueprint: Sequence[DrawSpec],
    bank: Mapping[str, QuestionSpec],
    seen: Collection[str],
    chance: Random,
) -> tuple[DrawnQuestion, ...]:
    """At most ``COUNT`` questions, the competences in turn, those that the assessment asks most about first.

    Of each competence rather another question than one that was ``seen`` in the assessment: what is to
    be remembered is the matter, not the key. Nothing that a person would have to mark. The same
    ``chance`` draws the same.
    """
    weights: dict[str, int] = {}
    for part in blueprint:
        weights[part.competence] = weights.get(part.competence, 0) + part.count
    piles = [_pile(code, bank, seen, chance) for code in sorted(weights, key=lambda code: -weights[code])]
    chosen: list[QuestionSpec] = []
    while len(chosen) < COUNT and any(piles):
        for pile in piles:
            if pile and len(chosen) < COUNT:
                chosen.append(pile.pop())
    return tuple(draw_order(question=question, chance=chance) for question in chosen)


def _pile(
    competence: str, bank: Mapping[str, QuestionSpec], seen: Collection[str], chance: Random
) -> list[QuestionSpec]:
    """Its questions, the best to ask last."""
    fitting = [
        question
        for question in bank.values()
        if question.competence == competence and not question.is_marked_by_person
    ]
    chance.shuffle(fitting)
    return sorted(fitting, key=lambda question: question.key not in seen)


def share_kept(*, before: Fraction, after: Fraction) -> Fraction | None:
    """Which part of what was known is known still, at most all of it; ``None`` where nothing was known."""
    return min(after / before, Fraction(1)) if before else None
