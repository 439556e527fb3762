"""From answers to whole per cents. Pure.

Question: the points of its level × its weight. A level that needs evidence and has none counts as
the highest one that needs none. Dimension: points ÷ the most that its applicable questions could
give, in whole per cent, halves up; ``None`` where nothing applies. Total: the mean of the
dimensions' whole per cents by weight, rounded alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    points: int
    needs_evidence: bool = False


@dataclass(frozen=True)
class Question:
    """``levels`` from the lowest to the highest."""

    key: str
    levels: tuple[Level, ...]
    weight: int = 1


@dataclass(frozen=True)
class Dimension:
    key: str
    questions: tuple[Question, ...]
    weight: int = 1


@dataclass(frozen=True)
class Given:
    """One answer. ``level`` None: the question does not apply."""

    level: int | None
    has_evidence: bool = False


@dataclass(frozen=True)
class QuestionScore:
    """``chosen``: what was answered; ``counted``: what it is worth; both None where it does not apply."""

    key: str
    chosen: int | None
    counted: int | None
    points: int
    possible: int

    @property
    def applies(self) -> bool:
        return self.counted is not None

    @property
    def is_lowered(self) -> bool:
        """It lacks the evidence that the chosen level needs."""
        return self.chosen != self.counted

    @property
    def is_full(self) -> bool:
        return self.applies and self.points == self.possible

    def is_above(self, other: "QuestionScore") -> bool:
        """A greater part of what was possible, whatever the weights; only where both apply."""
        if not (self.applies and other.applies):
            return False
        return self.points * other.possible > other.points * self.possible


@dataclass(frozen=True)
class DimensionScore:
    key: str
    percent: int | None
    points: int
    possible: int
    questions: tuple[QuestionScore, ...]


@dataclass(frozen=True)
class Score:
    overall: int | None
    dimensions: tuple[DimensionScore, ...]

    @property
    def questions(self) -> dict[str, QuestionScore]:
        return {one.key: one for dimension in self.dimensions for one in dimension.questions}


def half_up(part: int, whole: int) -> int:
    """``part`` in per cent of ``whole``, a whole number; halves go up."""
    return (200 * part + whole) // (2 * whole)


def score(*, dimensions: Sequence[Dimension], given: Mapping[str, Given]) -> Score:
    """The score of what was answered; questions without an answer count neither for nor against."""
    scored = tuple(_score_dimension(dimension=one, given=given) for one in dimensions)
    weights = {one.key: one.weight for one in dimensions}
    known = [(one.percent, weights[one.key]) for one in scored if one.percent is not None]
    total = sum(weight for _percent, weight in known)
    overall = half_up(sum(percent * weight for percent, weight in known), 100 * total) if total else None
    return Score(overall, scored)


def counted_level(*, question: Question, given: Given) -> int | None:
    """The position that counts: without evidence, the highest one that needs none."""
    if given.level is None or given.has_evidence:
        return given.level
    free = [index for index, level in enumerate(question.levels) if not level.needs_evidence]
    return max((index for index in free if index <= given.level), default=0)


def _score_dimension(*, dimension: Dimension, given: Mapping[str, Given]) -> DimensionScore:
    rows = tuple(
        _score_question(question=question, given=given[question.key])
        for question in dimension.questions
        if question.key in given
    )
    points, possible = sum(row.points for row in rows), sum(row.possible for row in rows)
    percent = half_up(points, possible) if possible else None
    return DimensionScore(dimension.key, percent, points, possible, rows)


def _score_question(*, question: Question, given: Given) -> QuestionScore:
    counted = counted_level(question=question, given=given)
    if counted is None:
        return QuestionScore(question.key, None, None, 0, 0)
    return QuestionScore(
        question.key,
        given.level,
        counted,
        question.levels[counted].points * question.weight,
        question.levels[-1].points * question.weight,
    )
