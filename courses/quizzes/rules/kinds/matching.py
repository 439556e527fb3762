"""Each thing on the left has its partner on the right."""

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
    one,
    pick,
)


@dataclass(frozen=True)
class Pair:
    left: str
    right: str


@dataclass(frozen=True)
class Matching:
    """``distractors``: right sides that belong to nothing.

    Two lefts may share a right; it is offered once.
    """

    pairs: tuple[Pair, ...]
    distractors: tuple[str, ...] = ()

    @property
    def rights(self) -> tuple[str, ...]:
        """What is offered, each once; answers are indexes of it."""
        return tuple(dict.fromkeys([*(pair.right for pair in self.pairs), *self.distractors]))


@dataclass(frozen=True)
class ShownMatching:
    lefts: tuple[str, ...]
    rights: tuple[str, ...]


class MatchingKind(Kind[Matching]):
    """Answers have an index of :attr:`Matching.rights`, or ``None``, for each left: ``[1, None, 0]``."""

    body_type = Matching

    def flaws(self, body: Matching) -> Iterator[Flaw]:
        if len(body.pairs) < 2 or len(body.rights) < 2:
            yield Flaw.FEW_PAIRS
        rights = {pair.right for pair in body.pairs}
        if are_same([pair.left for pair in body.pairs]) or rights & set(body.distractors):
            yield Flaw.SAME_PAIR

    def draw_order(self, body: Matching, chance: Random) -> Order:
        lefts, rights = list(range(len(body.pairs))), list(range(len(body.rights)))
        chance.shuffle(lefts)
        chance.shuffle(rights)
        return [lefts, rights]

    def show(self, body: Matching, order: Order) -> ShownMatching:
        lefts, rights = order
        return ShownMatching(
            tuple(body.pairs[index].left for index in lefts), tuple(body.rights[index] for index in rights)
        )

    def read(self, body: Matching, order: Order, fields: Fields, name: str) -> Answer:
        lefts, rights = order
        answer: list[int | None] = [None] * len(body.pairs)
        for position, left in enumerate(lefts):
            value = one(fields.get(f"{name}-{position}", ()))
            if value:
                answer[left] = rights[pick([value], len(rights))[0]]
        return None if all(part is None for part in answer) else answer

    def fill(self, body: Matching, order: Order, answer: Answer) -> list[int | None]:
        lefts, rights = order
        chosen = answer or [None] * len(lefts)
        return [None if chosen[left] is None else rights.index(chosen[left]) for left in lefts]

    def check(self, body: Matching, answer: Answer) -> Answer:
        if not isinstance(answer, list) or len(answer) != len(body.pairs):
            raise AnswerError("shape")
        for part in answer:
            is_index = isinstance(part, int) and not isinstance(part, bool)
            if part is not None and not (is_index and 0 <= part < len(body.rights)):
                raise AnswerError("no such option")
        return answer

    def grade(self, body: Matching, answer: Answer) -> Fraction:
        """Share of the lefts with their own right."""
        if answer is None or not body.pairs:
            return NOTHING
        return Fraction(
            sum(self._is_right(body, answer, left) for left in range(len(body.pairs))), len(body.pairs)
        )

    def _is_right(self, body: Matching, answer: Answer, left: int) -> bool:
        return answer[left] is not None and body.rights[answer[left]] == body.pairs[left].right

    def solve(self, body: Matching) -> Answer:
        return [body.rights.index(pair.right) for pair in body.pairs]

    def tell(self, body: Matching, answer: Answer, words: Words) -> str:
        given = zip(body.pairs, answer or [], strict=False)
        told = ((pair.left, "—" if part is None else body.rights[part]) for pair, part in given)
        return "; ".join(f"{left} → {right}" for left, right in told)
