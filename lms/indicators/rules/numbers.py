"""Numbers as people and spreadsheets write them. What can be read in two ways is refused. Pure."""

import re
from decimal import Decimal
from enum import StrEnum

DECIMALS = 4
"""So many are kept."""
MOST_DIGITS = 11
"""Before the decimal sign: with the decimals, as many as every database keeps exactly."""


class NumberProblem(StrEnum):
    """Why a cell is no number."""

    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS = "ambiguous"
    NEGATIVE = "negative"
    TOO_LONG = "too_long"
    TOO_MANY_DECIMALS = "too_many_decimals"


class NumberError(ValueError):
    """A cell that cannot be read as a number without guessing."""

    def __init__(self, problem: NumberProblem) -> None:
        super().__init__(problem)
        self.problem = problem


_PLAIN = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]+)")
_GROUPED = re.compile(
    r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?|([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?"
)
_GROUP_SIZE = 3


def read_number(cell: object) -> Decimal:
    """``"1.234.567"``, ``"1.234,5"``, ``"0,25"``, ``"1 234"`` or a number of a spreadsheet.

    ``"1.234"`` may be a thousand or a little more than one: refused.

    Raises:
        NumberError: see there.
    """
    if isinstance(cell, bool):
        raise NumberError(NumberProblem.NOT_A_NUMBER)
    if isinstance(cell, (int, float, Decimal)):
        return _check(_of_spreadsheet(cell))
    return _check(_of_text(str(cell).strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")))


def spell_plain(value: Decimal) -> str:
    """A number as files have it: a decimal point, no groups, and always read back as itself."""
    text = f"{value.normalize():f}"
    whole, _dot, decimals = text.partition(".")
    if len(decimals) == _GROUP_SIZE and len(whole) <= _GROUP_SIZE and not whole.startswith("0"):
        return f"{text}0"
    return text


def _of_spreadsheet(cell: int | float | Decimal) -> Decimal:
    value = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    if not value.is_finite():
        raise NumberError(NumberProblem.NOT_A_NUMBER)
    if value.adjusted() >= MOST_DIGITS:
        raise NumberError(NumberProblem.TOO_LONG)
    rounded = round(value, DECIMALS)
    # Binary fractions end in noise; what differs by more was meant.
    return rounded if abs(rounded - value) < Decimal("1e-9") else value


def _of_text(text: str) -> Decimal:
    if text.startswith("-") and len(text) > 1:
        raise NumberError(NumberProblem.NEGATIVE)
    if len(text) > 2 * MOST_DIGITS:
        is_number = _PLAIN.fullmatch(text) or _DECIMAL.fullmatch(text)
        raise NumberError(NumberProblem.TOO_LONG if is_number else NumberProblem.NOT_A_NUMBER)
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    decimal, grouped = _DECIMAL.fullmatch(text), _GROUPED.fullmatch(text)
    if decimal and grouped:
        raise NumberError(NumberProblem.AMBIGUOUS)
    if decimal:
        return Decimal(f"{decimal[1]}.{decimal[2]}")
    if grouped:
        whole, rest = grouped[1] or grouped[3], grouped[2] or grouped[4] or "0"
        return Decimal(f"{whole.replace('.', '').replace(',', '')}.{rest}")
    raise NumberError(NumberProblem.NOT_A_NUMBER)


def _check(value: Decimal) -> Decimal:
    if value < 0:
        raise NumberError(NumberProblem.NEGATIVE)
    if value.adjusted() >= MOST_DIGITS:
        raise NumberError(NumberProblem.TOO_LONG)
    if round(value, DECIMALS) != value:
        raise NumberError(NumberProblem.TOO_MANY_DECIMALS)
    return value
