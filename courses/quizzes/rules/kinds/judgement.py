"""A situation in which more than one answer can be defended: each has a weight and a consequence."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from courses.quizzes.rules.kinds.base import (
    NOTHING,
    Answer,
    AnswerError,
    Fields,
    Flaw,
    Kind,
    Order,
    Words,
    are_same,
    check_indexes,
    pick,
)
from courses.quizzes.rules.kinds.choice import ShownChoice


@dataclass(frozen=True)
class Way:
    """Something to do. ``percent`` of the points, 0 to 100; ``consequence`` is told after grading."""

    text: str
    percent: int
    consequence: str


@dataclass(frozen=True)
class Judgement:
    ways: tuple[Way, ...]


class JudgementKind(Kind[Judgement]):
    """Answers are a list with the index of the chosen way: ``[1]``."""

    body_type = Judgement

    def flaws(self, body: Judgement) -> Iterator[Flaw]:
        if len(body.ways) < 2:
            yield Flaw.FEW_OPTIONS
        if are_same([way.text for way in body.ways]):
            yield Flaw.SAME_OPTION
        if any(not 0 <= way.percent <= 100 for way in body.ways):
            yield Flaw.BAD_CREDIT
        if max((way.percent for way in body.ways), default=0) != 100:
            yield Flaw.NO_FULL_VARIANT

    def draw_order(self, body: Judgement, chance: Random) -> Order:
        order = list(range(len(body.ways)))
        chance.shuffle(order)
        return order

    def show(self, body: Judgement, order: Order) -> ShownChoice:
        return ShownChoice(tuple(body.ways[index].text for index in order), is_many=False)

    def read(self, body: Judgement, order: Order, fields: Fields, name: str) -> Answer:
        chosen = [order[position] for position in pick(fields.get(name, ()), len(order))]
        return self.check(body, chosen) if chosen else None

    def fill(self, body: Judgement, order: Order, answer: Answer) -> list[int]:
        return [order.index(index) for index in answer or []]

    def check(self, body: Judgement, answer: Answer) -> Answer:
        chosen = check_indexes(answer, len(body.ways))
        if len(chosen) > 1:
            raise AnswerError("several")
        return chosen

    def grade(self, body: Judgement, answer: Answer) -> Fraction:
        return Fraction(body.ways[answer[0]].percent, 100) if answer else NOTHING

    def solve(self, body: Judgement) -> Answer:
        best = max(range(len(body.ways)), key=lambda index: body.ways[index].percent)
        return [best]

    def feedback(self, body: Judgement, answer: Answer) -> list[str]:
        return [body.ways[index].consequence for index in answer or []]

    def tell(self, body: Judgement, answer: Answer, words: Words) -> str:
        return "; ".join(body.ways[index].text for index in answer or [])
