"""Put things in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
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
    one,
    pick,
)


@dataclass(frozen=True)
class Ordering:
    """``items`` in the right order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class ShownOrdering:
    """Items as shown; a form posts a place, from 1, for each."""

    items: tuple[str, ...]


class OrderingKind(Kind[Ordering]):
    """Answers are the indexes of all items in the order given: ``[2, 0, 1]``."""

    body_type = Ordering

    def flaws(self, body: Ordering) -> Iterator[Flaw]:
        if len(body.items) < 3:
            yield Flaw.FEW_ITEMS
        if are_same(body.items):
            yield Flaw.SAME_OPTION

    def draw_order(self, body: Ordering, chance: Random) -> Order:
        """Never the right one: an untouched list earns nothing."""
        right = list(range(len(body.items)))
        order = right[:]
        while order == right and len(right) > 1:
            chance.shuffle(order)
        return order

    def show(self, body: Ordering, order: Order) -> ShownOrdering:
        return ShownOrdering(tuple(body.items[index] for index in order))

    def read(self, body: Ordering, order: Order, fields: Fields, name: str) -> Answer:
        """Each shown item has the field ``name-position`` with its place, counted from 1.

        Of two with the same place the one shown first goes first; one without a place goes last.
        """
        last = len(order) + 1
        places = [one(fields.get(f"{name}-{position}", ())) for position in range(len(order))]
        if not any(places):
            return None
        found = [pick([place], last)[0] if place else last for place in places]
        return [order[position] for _place, position in sorted(zip(found, range(len(order)), strict=True))]

    def fill(self, body: Ordering, order: Order, answer: Answer) -> list[int]:
        """The place of each shown item, from 1; as shown where nothing was answered."""
        given = answer or order
        return [given.index(index) + 1 for index in order]

    def check(self, body: Ordering, answer: Answer) -> Answer:
        if not isinstance(answer, list) or any(isinstance(part, bool) for part in answer):
            raise AnswerError("shape")
        if len(answer) != len(body.items) or set(answer) != set(range(len(body.items))):
            raise AnswerError("not each once")
        return answer

    def grade(self, body: Ordering, answer: Answer) -> Fraction:
        """Kendall's τ (1938), never below 0: pairs in the right order less those in the wrong, of all pairs.

        So an order by lot earns little, and one slip of two neighbours costs little.
        """
        if answer is None or len(body.items) < 2:
            return NOTHING
        pairs = list(combinations(answer, 2))
        right = sum(before < after for before, after in pairs)
        return max(Fraction(2 * right - len(pairs), len(pairs)), NOTHING)

    def solve(self, body: Ordering) -> Answer:
        return list(range(len(body.items)))

    def tell(self, body: Ordering, answer: Answer, words: Words) -> str:
        return _count(body.items[index] for index in answer or [])


def _count(items: Iterator[str]) -> str:
    return "; ".join(f"{place}. {item}" for place, item in enumerate(items, 1))
