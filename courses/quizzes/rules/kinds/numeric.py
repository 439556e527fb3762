"""A number, with a tolerance and perhaps a unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from courses.quizzes.rules.kinds.base import (
    ALL,
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
from courses.quizzes.rules.kinds.written import read_number


@dataclass(frozen=True)
class MeasureUnit:
    """``factor``: how many of the first unit one of this is (a kilometre: 1000 metres)."""

    name: str
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class Numeric:
    """``value`` in the first unit; right within ``tolerance``, in the same unit, limits included."""

    value: Decimal
    tolerance: Decimal = Decimal(0)
    units: tuple[MeasureUnit, ...] = ()
    feedback_wrong: str = ""


@dataclass(frozen=True)
class ShownNumeric:
    units: tuple[str, ...]


class NumericKind(Kind[Numeric]):
    """Answers are ``{"text": "12,5", "unit": index or None}``, the text as the person wrote it."""

    body_type = Numeric

    def flaws(self, body: Numeric) -> Iterator[Flaw]:
        if not body.value.is_finite():
            yield Flaw.NO_NUMBER
        if not body.tolerance.is_finite() or body.tolerance < 0:
            yield Flaw.NEGATIVE_TOLERANCE
        factors = [unit.factor for unit in body.units]
        is_scale = all(factor > 0 for factor in factors) and factors[:1] in ([], [1])
        if not is_scale or are_same([unit.name for unit in body.units]):
            yield Flaw.BAD_UNIT

    def draw_order(self, body: Numeric, chance: Random) -> Order:
        order = list(range(len(body.units)))
        chance.shuffle(order)
        return order

    def show(self, body: Numeric, order: Order) -> ShownNumeric:
        return ShownNumeric(tuple(body.units[index].name for index in order))

    def read(self, body: Numeric, order: Order, fields: Fields, name: str) -> Answer:
        text, unit = one(fields.get(name, ())), one(fields.get(f"{name}-unidad", ()))
        if not text and not unit:
            return None
        return self.check(body, {"text": text, "unit": order[pick([unit], len(order))[0]] if unit else None})

    def fill(self, body: Numeric, order: Order, answer: Answer) -> Any:
        if answer is None:
            return {"text": "", "unit": None}
        unit = answer["unit"]
        return {"text": answer["text"], "unit": None if unit is None else order.index(unit)}

    def check(self, body: Numeric, answer: Answer) -> Answer:
        """A text that is no number is kept as it was written: it is wrong, and its author sees it."""
        if not isinstance(answer, dict) or set(answer) != {"text", "unit"}:
            raise AnswerError("shape")
        text, unit = answer["text"], answer["unit"]
        if not isinstance(text, str) or len(text) > 40:
            raise AnswerError("text")
        if unit is not None and (
            not isinstance(unit, int) or isinstance(unit, bool) or not 0 <= unit < len(body.units)
        ):
            raise AnswerError("unit")
        return {"text": text, "unit": unit}

    def grade(self, body: Numeric, answer: Answer) -> Fraction:
        """All or nothing; where there are units, one has to be chosen."""
        number = read_number(answer["text"]) if answer else None
        if number is None or (body.units and answer["unit"] is None):
            return NOTHING
        factor = body.units[answer["unit"]].factor if body.units else Decimal(1)
        distance = abs(Fraction(number) * Fraction(factor) - Fraction(body.value))
        return ALL if distance <= Fraction(body.tolerance) else NOTHING

    def solve(self, body: Numeric) -> Answer:
        """The number in the first unit, which is that of the right number."""
        text = format(body.value.normalize(), "f").replace(".", ",")
        return {"text": text, "unit": 0 if body.units else None}

    def feedback(self, body: Numeric, answer: Answer) -> list[str]:
        is_wrong = answer is not None and self.grade(body, answer) < 1
        return [body.feedback_wrong] if is_wrong and body.feedback_wrong else []

    def tell(self, body: Numeric, answer: Answer, words: Words) -> str:
        if answer is None:
            return ""
        unit = "" if answer["unit"] is None else body.units[answer["unit"]].name
        return f"{answer['text']} {unit}".strip()
