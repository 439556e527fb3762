"""What a new release changes, what it may not change, and where totals and parts disagree. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lms.indicators.rules.columns import DENOMINATOR, NUMERATOR
from lms.indicators.rules.definitions import Redefined
from lms.indicators.rules.problems import Problem, RowProblem
from lms.indicators.rules.shapes import Cell, Row, Status

Key = tuple[str, Cell]


@dataclass(frozen=True)
class Changed:
    """One observation in two releases."""

    before: Row
    after: Row


@dataclass(frozen=True)
class Diff:
    """A release beside the one before it. ``same``: rows with the same numbers."""

    added: Sequence[Row] = ()
    changed: Sequence[Changed] = ()
    removed: Sequence[Row] = ()
    same: Sequence[Row] = ()
    redefined: Sequence[Redefined] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed or self.redefined)

    @property
    def same_count(self) -> int:
        return len(self.same)

    @property
    def moves_values(self) -> bool:
        """Whether the same numbers are read as other values."""
        return any(one.moves_values for one in self.redefined)


def compare(*, before: Iterable[Row], after: Iterable[Row], redefined: Sequence[Redefined] = ()) -> Diff:
    """By period and cell, in their order. ``redefined``: what is measured otherwise."""
    old, new = _by_key(before), _by_key(after)
    both = [Changed(old[key], row) for key, row in new.items() if key in old]
    return Diff(
        added=[row for key, row in new.items() if key not in old],
        changed=[pair for pair in both if pair.before.figure != pair.after.figure],
        removed=[row for key, row in old.items() if key not in new],
        same=[pair.after for pair in both if pair.before.figure == pair.after.figure],
        redefined=redefined,
    )


def find_locked(*, diff: Diff, locked: Collection[str]) -> list[RowProblem]:
    """The changes of locked periods; a row that is absent has no line, nor has a period whose values move."""
    touched = [*diff.added, *(pair.after for pair in diff.changed)]
    problems = [
        RowProblem(row.line, "periodo", Problem.LOCKED, row.period) for row in touched if row.period in locked
    ]
    gone = (row for row in diff.removed if row.period in locked)
    problems += [RowProblem(0, "periodo", Problem.LOCKED_REMOVED, _name(row)) for row in gone]
    moved = sorted({row.period for row in diff.same if row.period in locked}) if diff.moves_values else []
    return problems + [RowProblem(0, "", Problem.LOCKED_REDEFINED, period) for period in moved]


@dataclass(frozen=True)
class TotalWarning:
    """A total that is not the sum of its parts. ``column``: numerator or denominator."""

    row: Row
    dimension: str
    column: str
    total: Decimal
    parts: Decimal


def find_unequal_totals(*, rows: Sequence[Row]) -> list[TotalWarning]:
    """Only where all parts have a value; whether they are all there, the file cannot say."""
    by_key = {row.key: row for row in rows}
    parts: dict[tuple[Key, str], list[Row]] = {}
    for row in rows:
        for name, _value in row.cell:
            rest = tuple(pair for pair in row.cell if pair[0] != name)
            if (row.period, rest) in by_key:
                parts.setdefault(((row.period, rest), name), []).append(row)
    return [
        warning
        for (key, dimension), group in parts.items()
        for warning in _compare_parts(by_key[key], dimension, group)
    ]


def _compare_parts(total: Row, dimension: str, group: Sequence[Row]) -> Iterable[TotalWarning]:
    if any(row.figure.status != Status.VALUE for row in (total, *group)):
        return
    for column in (NUMERATOR, DENOMINATOR):
        whole = _value(total, column)
        found = [_value(row, column) for row in group]
        if whole is None or any(value is None for value in found):
            continue
        summed = sum((value for value in found if value is not None), Decimal(0))
        if summed != whole:
            yield TotalWarning(total, dimension, column, whole, summed)


def _value(row: Row, column: str) -> Decimal | None:
    return row.figure.numerator if column == NUMERATOR else row.figure.denominator


def _by_key(rows: Iterable[Row]) -> Mapping[Key, Row]:
    # The order of the dimensions may differ between releases.
    return {(row.period, tuple(sorted(row.cell))): row for row in rows}


def _name(row: Row) -> str:
    return ", ".join([row.period, *(value for _name, value in row.cell)])
