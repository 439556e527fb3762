"""Moodle's numbers as ours: one range is right, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.moodle.ours import FULL, Ours, RefusedError, to_number
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.numeric import MeasureUnit, Numeric

FIGURES = 12
"""Of a factor: Moodle writes its inverse, rounded."""


@dataclass(frozen=True)
class Margin:
    """A number that is accepted, with what it earns. ``value`` ``None``: any other number."""

    value: Decimal | None
    tolerance: Decimal = Decimal(0)
    percent: Fraction = FULL
    feedback: str = ""

    @property
    def low(self) -> Decimal:
        return (self.value or Decimal(0)) - self.tolerance

    @property
    def high(self) -> Decimal:
        return (self.value or Decimal(0)) + self.tolerance


def read_margin(value: str, tolerance: str, percent: Fraction, feedback: str) -> Margin:
    """An answer with its tolerance, as texts.

    Raises:
        RefusedError: they are no numbers.
    """
    if value.strip() == "*":
        return Margin(None, Decimal(0), percent, feedback)
    number, margin = to_number(value), to_number(tolerance or "0")
    if number is None or margin is None or margin < 0:
        raise RefusedError(Refusal.BROKEN)
    return Margin(number, margin, percent, feedback)


def accept_numbers(margins: Sequence[Margin], *, units: tuple[MeasureUnit, ...] = ()) -> Ours:
    """A number is to be written.

    Raises:
        RefusedError: nothing is right, or several ranges are that do not touch.
    """
    numbers = [margin for margin in margins if margin.value is not None]
    best = max((margin.percent for margin in numbers), default=Fraction(0))
    if best <= 0:
        raise RefusedError(Refusal.CANNOT_BE_ASKED)
    right = [margin for margin in numbers if margin.percent == best]
    whole = _join(right)
    others = next((margin for margin in margins if margin.value is None), None)
    body = Numeric(whole.value or Decimal(0), whole.tolerance, units, others.feedback if others else "")
    return Ours(QuestionKind.NUMERIC, body, tuple(_changes(margins, right)))


def read_units(units: Sequence[tuple[str, str]]) -> tuple[MeasureUnit, ...]:
    """Names and multipliers: how many of the unit one of the first is, the inverse of our factor.

    Raises:
        RefusedError: a multiplier is no number above 0.
    """
    found = []
    for name, written in units:
        multiplier = to_number(written)
        if multiplier is None or multiplier <= 0:
            raise RefusedError(Refusal.BROKEN)
        found.append(MeasureUnit(name.strip(), round_figures(1 / multiplier)))
    return tuple(sorted(found, key=lambda unit: unit.factor != 1))


def round_figures(number: Decimal) -> Decimal:
    """To the figures that survive Moodle's own rounding."""
    exponent = number.adjusted() - FIGURES + 1
    return Decimal(f"{number.quantize(Decimal((0, (1,), exponent))).normalize():f}")


def _join(margins: Sequence[Margin]) -> Margin:
    first, *rest = sorted(margins, key=lambda margin: margin.low)
    low, high = first.low, first.high
    for margin in rest:
        if margin.low > high:
            raise RefusedError(Refusal.CANNOT_BE_ASKED)
        high = max(high, margin.high)
    return first if not rest else Margin((low + high) / 2, (high - low) / 2)


def _changes(margins: Sequence[Margin], right: Sequence[Margin]) -> list[Adapted]:
    wrong = [margin for margin in margins if margin.percent <= 0 and margin.value is not None]
    adapted = []
    if len(right) > 1:
        adapted.append(Adapted.ANSWERS_MERGED)
    if right[0].percent != FULL or any(0 < margin.percent < right[0].percent for margin in margins):
        adapted.append(Adapted.CREDIT_REPLACED)
    if any(margin.percent < 0 for margin in margins):
        adapted.append(Adapted.PENALTY_LEFT_OUT)
    if any(margin.feedback for margin in [*right, *wrong]):
        adapted.append(Adapted.GENERAL_FEEDBACK_LEFT_OUT)
    return adapted
