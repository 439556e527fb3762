"""One or several of a list of options."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from courses.quizzes.rules.kinds.base import (
    ALL,
    NOTHING,
    Answer,
    AnswerError,
    Fields,
    Flaw,
    Kind,
    Option,
    Order,
    Words,
    are_same,
    check_indexes,
    mixed,
    pick,
)


@dataclass(frozen=True)
class Choice:
    options: tuple[Option, ...]
    shuffle: bool = True

    @property
    def correct(self) -> frozenset[int]:
        return frozenset(index for index, option in enumerate(self.options) if option.correct)


@dataclass(frozen=True)
class ShownChoice:
    """Options as shown; a form posts their position."""

    options: tuple[str, ...]
    is_many: bool


class _Choosing(Kind[Choice]):
    """Answers are sorted indexes of the chosen options: ``[0, 2]``."""

    body_type = Choice
    is_many = False

    def flaws(self, body: Choice) -> Iterator[Flaw]:
        if len(body.options) < 2:
            yield Flaw.FEW_OPTIONS
        if are_same([option.text for option in body.options]):
            yield Flaw.SAME_OPTION

    def draw_order(self, body: Choice, chance: Random) -> Order:
        return mixed(body.options, chance, shuffle=body.shuffle)

    def show(self, body: Choice, order: Order) -> ShownChoice:
        return ShownChoice(tuple(body.options[index].text for index in order), self.is_many)

    def read(self, body: Choice, order: Order, fields: Fields, name: str) -> Answer:
        chosen = [order[position] for position in pick(fields.get(name, ()), len(order))]
        return self.check(body, chosen) if chosen else None

    def fill(self, body: Choice, order: Order, answer: Answer) -> list[int]:
        return sorted(order.index(index) for index in answer or [])

    def check(self, body: Choice, answer: Answer) -> Answer:
        chosen = check_indexes(answer, len(body.options))
        if len(chosen) > 1 and not self.is_many:
            raise AnswerError("several")
        return chosen

    def solve(self, body: Choice) -> Answer:
        return sorted(body.correct)

    def feedback(self, body: Choice, answer: Answer) -> list[str]:
        wrong = (body.options[index] for index in answer or [] if not body.options[index].correct)
        return [option.feedback for option in wrong if option.feedback]

    def tell(self, body: Choice, answer: Answer, words: Words) -> str:
        return _join(body.options[index].text for index in answer or [])


class Single(_Choosing):
    """One option is right."""

    def flaws(self, body: Choice) -> Iterator[Flaw]:
        yield from super().flaws(body)
        if len(body.correct) != 1:
            yield Flaw.ONE_CORRECT

    def grade(self, body: Choice, answer: Answer) -> Fraction:
        return ALL if answer and body.options[answer[0]].correct else NOTHING


class Multiple(_Choosing):
    """Two or more are right, and at least one is not."""

    is_many = True

    def flaws(self, body: Choice) -> Iterator[Flaw]:
        yield from super().flaws(body)
        if not 2 <= len(body.correct) < len(body.options):
            yield Flaw.SOME_CORRECT

    def grade(self, body: Choice, answer: Answer) -> Fraction:
        """Share of the right ones chosen less share of the wrong ones chosen, never below 0.

        So choosing everything, or by lot, earns nothing (Youden's J, 1950: sensitivity + specificity − 1).
        """
        chosen, right = frozenset(answer or ()), body.correct
        wrong = len(body.options) - len(right)
        if not right or not wrong:
            return NOTHING
        return max(Fraction(len(chosen & right), len(right)) - Fraction(len(chosen - right), wrong), NOTHING)


def _join(texts: Iterator[str]) -> str:
    return "; ".join(texts)
