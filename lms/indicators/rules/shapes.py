"""What an indicator's rows look like, and what one row says. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from lms.indicators.rules.periods import Frequency


class Kind(StrEnum):
    """A numerator over a denominator, or a single count."""

    RATIO = "ratio"
    COUNT = "count"


class Status(StrEnum):
    """Whether there is a figure. Zero is a value; the two others are none."""

    VALUE = "value"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Dimension:
    """One way to break a figure down. ``name``: its column; ``values``: the only ones, if closed."""

    name: str
    label: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """How the rows of an indicator are read, as frozen with each revision."""

    kind: Kind
    frequency: Frequency
    dimensions: tuple[Dimension, ...] = ()
    is_part_of_whole: bool = False
    factor: int = 100
    decimals: int = 1

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "frequency": str(self.frequency),
            "dimensions": [
                {"name": one.name, "label": one.label, "values": list(one.values)} for one in self.dimensions
            ],
            "is_part_of_whole": self.is_part_of_whole,
            "factor": self.factor,
            "decimals": self.decimals,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Shape":
        return cls(
            kind=Kind(data["kind"]),
            frequency=Frequency(data["frequency"]),
            dimensions=read_dimensions(data["dimensions"]),
            is_part_of_whole=data["is_part_of_whole"],
            factor=data["factor"],
            decimals=data["decimals"],
        )


def read_dimensions(data: Sequence[Mapping[str, Any]]) -> tuple[Dimension, ...]:
    """From plain JSON."""
    return tuple(Dimension(one["name"], one["label"], tuple(one["values"])) for one in data)


Cell = tuple[tuple[str, str], ...]
"""Dimension and value, in the order of the dimensions; a dimension that is left out is the total."""

TOTAL: Cell = ()
LONGEST_CELL = 1_000
"""Characters of a cell as it is spelled: quotation marks in its values count twice."""


@dataclass(frozen=True)
class Figure:
    """What one row says. ``denominator`` is ``None`` for a count."""

    numerator: Decimal | None
    denominator: Decimal | None = None
    status: Status = Status.VALUE
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One checked row. ``line``: its number in the file, or 0."""

    period: str
    cell: Cell = TOTAL
    figure: Figure = field(default_factory=lambda: Figure(None, status=Status.NO_DATA))
    line: int = 0

    @property
    def key(self) -> tuple[str, Cell]:
        return self.period, self.cell


def spell_cell(cell: Cell) -> str:
    """One text for each cell, whatever the order of its dimensions: what tells observations apart."""
    return json.dumps(dict(cell), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def level_of(cell: Cell) -> str:
    """By which dimensions a cell is broken down: ``"region,sexo"``; empty for the total."""
    return ",".join(sorted(name for name, _value in cell))


def derive(*, figure: Figure, shape: Shape) -> Decimal | None:
    """The published figure: numerator ÷ denominator × factor, or the count; halves are rounded up.

    ``None`` where there is no value: never zero.
    """
    if figure.status != Status.VALUE or figure.numerator is None:
        return None
    value = figure.numerator
    if shape.kind == Kind.RATIO:
        if not figure.denominator:
            return None
        value = figure.numerator * shape.factor / figure.denominator
    return value.quantize(Decimal(1).scaleb(-shape.decimals), rounding=ROUND_HALF_UP)
