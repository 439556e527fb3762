"""What a question of Moodle becomes here, and what cannot become one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.rules import Flaw, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement
from courses.quizzes.rules.kinds.matching import Matching
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.parts import Parts
from courses.quizzes.rules.kinds.short_text import ShortText
from courses.quizzes.rules.kinds.written import LONGEST_SHORT

LONGEST_OPTION = 500
"""Characters of something to choose."""
LONGEST_ITEM = 300
"""Characters of a side of a pair, or of a step."""
LONGEST_UNIT = 40
LONGEST_TEXT = 1_000_000
"""Characters of a text as written, with its HTML. No question is as long; reading more would take long."""
MOST_ANSWERS = 200
"""Of what a question has, as written; how many of each ours may have is in :func:`check_lengths`."""
EXCERPT = 2000
"""Characters of a text as written that are read to name a question that is refused."""
FULL = Fraction(100)


class RefusedError(Exception):
    """The question cannot be ours; ``refusal`` says why, ``flaws`` where it was read and cannot be asked."""

    def __init__(self, refusal: Refusal, flaws: tuple[Flaw, ...] = ()) -> None:
        super().__init__(refusal)
        self.refusal, self.flaws = refusal, flaws


@dataclass(frozen=True)
class Weighted:
    """An answer with its share of the points: ``percent``, −100 to 100; below 0 it takes points away."""

    text: str
    percent: Fraction
    feedback: str = ""


@dataclass(frozen=True)
class Ours:
    """A question that was read. ``stem``: only where the kind has one of its own."""

    kind: QuestionKind
    body: Any
    adapted: tuple[Adapted, ...] = ()
    stem: str = ""


def to_number(text: str) -> Decimal | None:
    """A number as programs write it: a point or a comma before the decimals, no thousands."""
    cleaned = text.strip().replace(",", ".")
    if not 0 < len(cleaned) <= 40 or "_" in cleaned:
        return None
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def to_percent(text: str) -> Fraction:
    """A share of the points.

    Raises:
        RefusedError: it is no number.
    """
    number = to_number(text)
    if number is None:
        raise RefusedError(Refusal.BROKEN)
    return min(max(Fraction(number), -FULL), FULL)


def write_percent(percent: Fraction) -> str:
    """As Moodle writes it: ``100``, ``33.33333``."""
    return f"{float(percent):.5f}".rstrip("0").rstrip(".")


def write_number(number: Decimal) -> str:
    """Without an exponent, as short as it can be."""
    written = f"{number:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"


def check_lengths(body: Any) -> None:
    """An answer is never cut, and none is dropped.

    Raises:
        RefusedError: one is longer than a question of ours holds, or there are more of them.
    """
    for texts, longest, most in _measures_of(body):
        if len(texts) > most or any(len(text) > longest for text in texts):
            raise RefusedError(Refusal.TOO_LONG)


def _measures_of(body: Any) -> Iterator[tuple[Sequence[str], int, int]]:
    """Texts, how long each may be and how many there may be, as in ``courses.quizzes.blocks``."""
    match body:
        case Choice():
            yield [option.text for option in body.options], LONGEST_OPTION, 10
        case Judgement():
            yield [way.text for way in body.ways], LONGEST_OPTION, 6
        case Matching():
            yield [pair.left for pair in body.pairs], LONGEST_ITEM, 12
            yield [pair.right for pair in body.pairs], LONGEST_ITEM, 12
            yield body.distractors, LONGEST_ITEM, 6
        case Ordering():
            yield body.items, LONGEST_ITEM, 10
        case ShortText():
            yield [variant.text for variant in body.variants], LONGEST_SHORT, 20
        case Numeric():
            yield [unit.name for unit in body.units], LONGEST_UNIT, 6
        case Parts():
            yield [part.kind for part in body.parts], LONGEST_OPTION, 12
            for part in body.parts:
                yield from _measures_of(part.body)
