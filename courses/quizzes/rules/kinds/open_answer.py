"""A text of one's own, marked by a trainer with a rubric."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from courses.quizzes.rules.kinds.base import Answer, AnswerError, Fields, Flaw, Kind, Order, Words, are_same

LONGEST = 20_000
"""Characters of an answer; some 3,000 words."""


class MarkError(ValueError):
    """The marks do not belong to the rubric."""


@dataclass(frozen=True)
class Level:
    points: int
    text: str


@dataclass(frozen=True)
class Criterion:
    """What is looked at. ``levels`` from the fewest points to the most."""

    name: str
    levels: tuple[Level, ...]

    @property
    def most(self) -> int:
        return max((level.points for level in self.levels), default=0)


@dataclass(frozen=True)
class OpenAnswer:
    """``words``: how many are asked for at most, told to the learner; 0: not said."""

    criteria: tuple[Criterion, ...]
    words: int = 200
    guide: str = ""

    def score(self, marks: Sequence[int]) -> Fraction:
        """From 0 to 1, of the index of a level for each criterion.

        Raises:
            MarkError: see there.
        """
        if len(marks) != len(self.criteria):
            raise MarkError
        points = 0
        for criterion, mark in zip(self.criteria, marks, strict=True):
            if not 0 <= mark < len(criterion.levels):
                raise MarkError
            points += criterion.levels[mark].points
        return Fraction(points, sum(criterion.most for criterion in self.criteria))


@dataclass(frozen=True)
class ShownOpen:
    """The rubric's names and levels are shown: who writes should know what is looked at."""

    words: int
    criteria: tuple[tuple[str, tuple[str, ...]], ...]
    longest: int = LONGEST


class OpenKind(Kind[OpenAnswer]):
    """Answers are the text as written. ``guide`` is for who marks only."""

    body_type = OpenAnswer
    is_marked_by_person = True

    def flaws(self, body: OpenAnswer) -> Iterator[Flaw]:
        if not body.criteria or any(not criterion.name.strip() for criterion in body.criteria):
            yield Flaw.NO_CRITERIA
        if are_same([criterion.name for criterion in body.criteria]):
            yield Flaw.SAME_OPTION
        for criterion in body.criteria:
            points = [level.points for level in criterion.levels]
            if len(set(points)) < 2 or points != sorted(points) or points[0] < 0:
                yield Flaw.FEW_LEVELS

    def show(self, body: OpenAnswer, order: Order) -> ShownOpen:
        rows = ((c.name, tuple(level.text for level in c.levels)) for c in body.criteria)
        return ShownOpen(body.words, tuple(rows))

    def read(self, body: OpenAnswer, order: Order, fields: Fields, name: str) -> Answer:
        values = fields.get(name, ())
        if len(values) > 1:
            raise AnswerError("several")
        text = values[0].replace("\r\n", "\n").strip() if values else ""
        return self.check(body, text) if text else None

    def fill(self, body: OpenAnswer, order: Order, answer: Answer) -> str:
        return answer or ""

    def check(self, body: OpenAnswer, answer: Answer) -> Answer:
        if not isinstance(answer, str) or len(answer) > LONGEST or "\0" in answer:
            raise AnswerError("text")
        return answer

    def grade(self, body: OpenAnswer, answer: Answer) -> Fraction | None:
        """A trainer gives the points; who wrote nothing has none."""
        return None if answer else Fraction(0)

    def solve(self, body: OpenAnswer) -> Answer:
        return None

    def tell(self, body: OpenAnswer, answer: Answer, words: Words) -> str:
        return answer or ""
