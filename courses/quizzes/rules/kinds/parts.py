"""Questions made of others: gaps in a text, and cases with several questions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

import msgspec

from courses.quizzes.rules.kinds.base import (
    NOTHING,
    Answer,
    AnswerError,
    Fields,
    Flaw,
    Kind,
    Order,
    QuestionKind,
    Words,
)
from courses.quizzes.rules.kinds.simple import SIMPLE

GAP = re.compile(r"\{\{\s*(\d{1,2})\s*\}\}")
GAP_KINDS = frozenset({QuestionKind.SINGLE, QuestionKind.SHORT_TEXT, QuestionKind.NUMERIC})


@dataclass(frozen=True)
class Part:
    """A question inside another. ``weight``: how much it counts beside the others."""

    kind: QuestionKind
    body: Any
    stem: str = ""
    weight: int = 1


@dataclass(frozen=True)
class ShownPart:
    """``number`` from 0; its fields' names begin with that of the question, ``-p`` and the number."""

    kind: QuestionKind
    stem: str
    shown: Any
    number: int


@dataclass(frozen=True)
class Parts:
    """What a cloze and a case have in common."""

    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Cloze(Parts):
    """``text`` with ``{{1}}``, ``{{2}}`` where the parts go."""

    text: str = ""


@dataclass(frozen=True)
class Case(Parts):
    """The situation is the question's stem."""


@dataclass(frozen=True)
class ShownCase:
    parts: tuple[ShownPart, ...]


@dataclass(frozen=True)
class ShownCloze:
    """Texts and gaps in turn: ``pieces[0]`` is a text, ``pieces[1]`` a gap, and so on."""

    pieces: tuple[str | ShownPart, ...]


PartsBody = TypeVar("PartsBody", bound=Parts)


class _OfParts(Kind[PartsBody]):
    """Answers have the answer of each part, or ``None``: ``[[0], None, "probidad"]``."""

    def from_json(self, data: Mapping[str, Any]) -> PartsBody:
        """As every kind's; the body of a part is read by its own kind."""
        body = super().from_json(data)
        parts = (replace(part, body=_kind_of(part).from_json(part.body)) for part in body.parts)
        return replace(body, parts=tuple(parts))

    def flaws(self, body: PartsBody) -> Iterator[Flaw]:
        for part in body.parts:
            if part.kind not in SIMPLE or part.weight < 1:
                yield Flaw.BAD_PART
            else:
                yield from SIMPLE[part.kind].flaws(part.body)

    def draw_order(self, body: PartsBody, chance: Random) -> Order:
        return [SIMPLE[part.kind].draw_order(part.body, chance) for part in body.parts]

    def show_parts(self, body: PartsBody, order: Order) -> list[ShownPart]:
        return [
            ShownPart(part.kind, part.stem, SIMPLE[part.kind].show(part.body, own), number)
            for number, (part, own) in enumerate(zip(body.parts, order, strict=True))
        ]

    def read(self, body: PartsBody, order: Order, fields: Fields, name: str) -> Answer:
        answer = [
            SIMPLE[part.kind].read(part.body, own, fields, f"{name}-p{number}")
            for number, (part, own) in enumerate(zip(body.parts, order, strict=True))
        ]
        return None if all(part is None for part in answer) else answer

    def fill(self, body: PartsBody, order: Order, answer: Answer) -> list[Any]:
        given = answer or [None] * len(body.parts)
        return [
            SIMPLE[part.kind].fill(part.body, own, mine)
            for part, own, mine in zip(body.parts, order, given, strict=True)
        ]

    def check(self, body: PartsBody, answer: Answer) -> Answer:
        if not isinstance(answer, list) or len(answer) != len(body.parts):
            raise AnswerError("shape")
        return [
            None if mine is None else SIMPLE[part.kind].check(part.body, mine)
            for part, mine in zip(body.parts, answer, strict=True)
        ]

    def grade(self, body: PartsBody, answer: Answer) -> Fraction:
        """The mean of the parts, by their weights."""
        if answer is None or not body.parts:
            return NOTHING
        total = sum(
            (self._grade(part, mine) * part.weight for part, mine in zip(body.parts, answer, strict=True)),
            NOTHING,
        )
        return total / sum(part.weight for part in body.parts)

    def _grade(self, part: Part, answer: Answer) -> Fraction:
        return SIMPLE[part.kind].grade(part.body, answer) or NOTHING

    def solve(self, body: PartsBody) -> Answer:
        return [SIMPLE[part.kind].solve(part.body) for part in body.parts]

    def feedback(self, body: PartsBody, answer: Answer) -> list[str]:
        given = zip(body.parts, answer or [], strict=False)
        return [text for part, mine in given for text in SIMPLE[part.kind].feedback(part.body, mine)]

    def tell(self, body: PartsBody, answer: Answer, words: Words) -> str:
        given = zip(body.parts, answer or [], strict=False)
        return _list(SIMPLE[part.kind].tell(part.body, mine, words) for part, mine in given)


class ClozeKind(_OfParts[Cloze]):
    """A text with gaps to choose for or to write in."""

    body_type = Cloze

    def flaws(self, body: Cloze) -> Iterator[Flaw]:
        yield from super().flaws(body)
        if not body.parts:
            yield Flaw.NO_GAP
        if sorted(map(int, GAP.findall(body.text))) != list(range(1, len(body.parts) + 1)):
            yield Flaw.GAP_MISSING
        if any(part.kind not in GAP_KINDS for part in body.parts):
            yield Flaw.BAD_PART

    def show(self, body: Cloze, order: Order) -> ShownCloze:
        parts = self.show_parts(body, order)
        pieces = GAP.split(body.text)
        return ShownCloze(
            tuple(parts[int(piece) - 1] if number % 2 else piece for number, piece in enumerate(pieces))
        )


class CaseKind(_OfParts[Case]):
    """A situation, and several questions about it."""

    body_type = Case

    def flaws(self, body: Case) -> Iterator[Flaw]:
        yield from super().flaws(body)
        if len(body.parts) < 2 or any(not part.stem.strip() for part in body.parts):
            yield Flaw.NO_PARTS

    def show(self, body: Case, order: Order) -> ShownCase:
        return ShownCase(tuple(self.show_parts(body, order)))


def _kind_of(part: Part) -> Kind[Any]:
    """The kind of a part that is being read.

    Raises:
        msgspec.ValidationError: it cannot be a part.
    """
    if part.kind not in SIMPLE:
        raise msgspec.ValidationError(f"`{part.kind}` is no part")
    return SIMPLE[part.kind]


def _list(texts: Iterator[str]) -> str:
    return "; ".join(f"{number}) {text}" for number, text in enumerate(texts, 1) if text)
