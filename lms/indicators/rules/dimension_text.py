"""Dimensions as people write them in a form: one a line, its values after a colon. Pure.

The column is called as the label, or as square brackets say: ``Grupo de población [grupo]: a; b``.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from lms.indicators.rules.columns import FIXED
from lms.indicators.rules.shapes import Dimension
from lms.lib.words import clean_line, plain_words

MOST_DIMENSIONS, MOST_VALUES = 5, 500
LONGEST_NAME, LONGEST_VALUE = 40, 120
_BRACKETED = re.compile(r"([^\[\]]+?) *\[([^\[\]]*)\]")
_COLUMN = re.compile(r"[a-z0-9][a-z0-9_]*")


class DimensionFault(StrEnum):
    TOO_MANY = "too_many"
    NO_NAME = "no_name"
    WRONG_COLUMN = "wrong_column"
    TOO_LONG = "too_long"
    RESERVED = "reserved"
    REPEATED = "repeated"
    TOO_MANY_VALUES = "too_many_values"


class DimensionError(ValueError):
    """A line that is no dimension; ``detail`` names it."""

    def __init__(self, fault: DimensionFault, detail: str = "") -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail


def read_dimension_text(text: str) -> list[Dimension]:
    """``"Sexo: mujeres; hombres\\nComuna"`` → two dimensions, the second open.

    Raises:
        DimensionError: see there.
    """
    found: list[Dimension] = []
    for line in filter(str.strip, text.splitlines()):
        one = _read_line(line)
        if any(one.name == other.name for other in found):
            raise DimensionError(DimensionFault.REPEATED, one.label)
        found.append(one)
    if len(found) > MOST_DIMENSIONS:
        raise DimensionError(DimensionFault.TOO_MANY)
    return found


def spell_dimensions(dimensions: Sequence[Dimension]) -> str:
    """The text that reads back as the same dimensions."""
    return "\n".join(
        f"{_spell_title(one)}: {'; '.join(one.values)}" if one.values else _spell_title(one)
        for one in dimensions
    )


def _spell_title(one: Dimension) -> str:
    return one.label if one.name == _column_of(one.label) else f"{one.label} [{one.name}]"


def _column_of(label: str) -> str:
    return plain_words(label).replace(" ", "_")


def _read_title(title: str) -> tuple[str, str]:
    """The label and the column."""
    bracketed = _BRACKETED.fullmatch(title)
    label, column = (bracketed[1], bracketed[2].strip()) if bracketed else (title, _column_of(title))
    if not column or not column.isascii() or not plain_words(label):
        raise DimensionError(DimensionFault.NO_NAME, label)
    if len(label) > LONGEST_NAME or len(column) > LONGEST_NAME:
        raise DimensionError(DimensionFault.TOO_LONG, label[:LONGEST_NAME])
    if not _COLUMN.fullmatch(column):
        raise DimensionError(DimensionFault.WRONG_COLUMN, column)
    return label, column


def _read_line(line: str) -> Dimension:
    title, _colon, rest = line.partition(":")
    label, name = _read_title(clean_line(title))
    values = tuple(dict.fromkeys(filter(None, map(clean_line, rest.split(";")))))
    if any(len(value) > LONGEST_VALUE for value in values):
        raise DimensionError(DimensionFault.TOO_LONG, label[:LONGEST_NAME])
    if name in FIXED:
        raise DimensionError(DimensionFault.RESERVED, label)
    if len(values) > MOST_VALUES:
        raise DimensionError(DimensionFault.TOO_MANY_VALUES, label)
    if len({plain_words(value) for value in values}) != len(values):
        raise DimensionError(DimensionFault.REPEATED, label)
    return Dimension(name, label, values)
