"""Judging the rows of a file: each becomes a figure, or says what is wrong with it. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from lms.indicators.rules import columns
from lms.indicators.rules.numbers import NumberError, NumberProblem, read_number
from lms.indicators.rules.periods import PeriodError, period_of_day, read_period
from lms.indicators.rules.problems import CellError, Problem, RowProblem
from lms.indicators.rules.shapes import (
    LONGEST_CELL,
    Cell,
    Dimension,
    Figure,
    Kind,
    Row,
    Shape,
    Status,
    spell_cell,
)
from lms.indicators.rules.sheets import Sheet
from lms.lib.words import clean_line, plain_words

LONGEST_VALUE, LONGEST_NOTE, LONGEST_QUOTE = 120, 500, 60
EXAMPLE_WORDS = "dato de ejemplo"
"""What the note of every invented row says."""

STATUS_WORDS = {Status.VALUE: "valor", Status.NOT_APPLICABLE: "no aplica", Status.NO_DATA: "sin dato"}
"""How files say it."""
_STATUSES = {words: status for status, words in STATUS_WORDS.items()}

_NUMBER_PROBLEMS = {
    NumberProblem.NOT_A_NUMBER: Problem.NOT_A_NUMBER,
    NumberProblem.AMBIGUOUS: Problem.AMBIGUOUS,
    NumberProblem.NEGATIVE: Problem.NEGATIVE,
    NumberProblem.TOO_LONG: Problem.NUMBER_TOO_LONG,
    NumberProblem.TOO_MANY_DECIMALS: Problem.TOO_MANY_DECIMALS,
}
Part = TypeVar("Part")
_APOSTROPHE_BEFORE = ("=", "+", "-", "@")


@dataclass
class Checked:
    """The rows that can be read, and the problems of the others."""

    rows: list[Row] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def check_sheet(*, sheet: Sheet, shape: Shape, allow_examples: bool = False) -> Checked:
    """All rows of a file. ``allow_examples``: rows that call themselves invented are meant."""
    checker = _RowChecker(sheet.positions, shape, allow_examples)
    checked = Checked()
    seen: dict[tuple[str, tuple[str, ...]], int] = {}
    for line, cells in sheet.rows:
        row = checker.read(line, cells, checked.problems)
        if row is None:
            continue
        first = seen.setdefault(_plain_key(row), line)
        if first != line:
            checked.problems.append(RowProblem(line, "", Problem.DUPLICATE, str(first)))
        else:
            checked.rows.append(row)
    return checked


def _plain_key(row: Row) -> tuple[str, tuple[str, ...]]:
    return row.period, tuple(f"{name}={value.casefold()}" for name, value in row.cell)


class _RowChecker:
    def __init__(self, positions: Mapping[str, int], shape: Shape, allow_examples: bool) -> None:
        self._positions = positions
        self._shape = shape
        self._allow_examples = allow_examples
        self._closed = {
            one.name: {plain_words(value): value for value in one.values} for one in shape.dimensions
        }

    def read(self, line: int, cells: Sequence[object], problems: list[RowProblem]) -> Row | None:
        """The row, or nothing and one problem more for each wrong part of it."""
        before = len(problems)
        period = self._part(line, problems, self._period, cells)
        cell = self._part(line, problems, self._cell, cells)
        figure = self._part(line, problems, self._figure, cells)
        if len(problems) > before or period is None or cell is None or figure is None:
            return None
        return Row(period, cell, figure, line)

    def _part(
        self,
        line: int,
        problems: list[RowProblem],
        read: Callable[[Sequence[object]], Part],
        cells: Sequence[object],
    ) -> Part | None:
        try:
            return read(cells)
        except CellError as error:
            problems.append(RowProblem(line, error.column, error.problem, error.detail))
            return None

    def _raw(self, cells: Sequence[object], column: str) -> object:
        position = self._positions[column]
        return cells[position] if position < len(cells) else None

    def _text(self, cells: Sequence[object], column: str, longest: int) -> str:
        raw = self._raw(cells, column)
        text = "" if raw is None else _spell(raw)
        if "\0" in text or "\N{REPLACEMENT CHARACTER}" in text:
            raise CellError(column, Problem.UNREADABLE)
        text = clean_line(text)
        if text.startswith("'") and text[1:2] in _APOSTROPHE_BEFORE:
            text = text[1:]
        if len(text) > longest:
            raise CellError(column, Problem.TOO_LONG, str(longest))
        return text

    def _period(self, cells: Sequence[object]) -> str:
        raw = self._raw(cells, columns.PERIOD)
        frequency = self._shape.frequency
        text = self._text(cells, columns.PERIOD, LONGEST_VALUE)
        if not text:
            raise CellError(columns.PERIOD, Problem.MISSING)
        try:
            if isinstance(raw, (datetime, date)):
                return period_of_day(day=raw, frequency=frequency)
            return read_period(text=text, frequency=frequency)
        except PeriodError as error:
            raise CellError(columns.PERIOD, Problem.WRONG_PERIOD, text[:LONGEST_QUOTE]) from error

    def _cell(self, cells: Sequence[object]) -> Cell:
        found = ((one, self._text(cells, one.name, LONGEST_VALUE)) for one in self._shape.dimensions)
        cell = tuple((one.name, self._listed(one, text)) for one, text in found if text)
        if len(spell_cell(cell)) > LONGEST_CELL:
            raise CellError("", Problem.TOO_MANY_CELLS)
        return cell

    def _listed(self, dimension: Dimension, text: str) -> str:
        closed = self._closed[dimension.name]
        if not closed:
            return text
        words = plain_words(text)
        if words not in closed:
            closest = get_close_matches(words, closed, n=1, cutoff=0.5)
            detail = closed[closest[0]] if closest else ", ".join(dimension.values[:8])
            raise CellError(dimension.name, Problem.UNKNOWN_VALUE, detail)
        return closed[words]

    def _figure(self, cells: Sequence[object]) -> Figure:
        note = self._text(cells, columns.NOTE, LONGEST_NOTE)
        if not self._allow_examples and EXAMPLE_WORDS in note.casefold():
            raise CellError(columns.NOTE, Problem.EXAMPLE)
        status = self._status(cells)
        numerator = self._number(cells, columns.NUMERATOR)
        denominator = self._number(cells, columns.DENOMINATOR)
        if status != Status.VALUE:
            if numerator is not None or denominator is not None:
                raise CellError(columns.STATUS, Problem.STATUS_WITH_VALUE, STATUS_WORDS[status])
            return Figure(None, None, status, note)
        self._check_value(numerator, denominator)
        return Figure(numerator, denominator, status, note)

    def _check_value(self, numerator: Decimal | None, denominator: Decimal | None) -> None:
        if numerator is None:
            raise CellError(columns.NUMERATOR, Problem.VALUE_WITHOUT_STATUS)
        if self._shape.kind == Kind.COUNT:
            if denominator is not None:
                raise CellError(columns.DENOMINATOR, Problem.NO_DENOMINATOR_HERE)
            return
        if denominator is None:
            raise CellError(columns.DENOMINATOR, Problem.MISSING)
        if not denominator:
            raise CellError(columns.DENOMINATOR, Problem.ZERO_DENOMINATOR)
        if self._shape.is_part_of_whole and numerator > denominator:
            raise CellError(columns.NUMERATOR, Problem.MORE_THAN_WHOLE)

    def _status(self, cells: Sequence[object]) -> Status:
        text = self._text(cells, columns.STATUS, LONGEST_VALUE)
        if not text:
            return Status.VALUE
        status = _STATUSES.get(plain_words(text))
        if status is None:
            raise CellError(columns.STATUS, Problem.UNKNOWN_STATUS, text[:LONGEST_QUOTE])
        return status

    def _number(self, cells: Sequence[object], column: str) -> Decimal | None:
        raw = self._raw(cells, column)
        if raw is None or not str(raw).strip():
            return None
        try:
            return read_number(raw)
        except NumberError as error:
            quote = clean_line(str(raw)[: 2 * LONGEST_QUOTE])[:LONGEST_QUOTE]
            raise CellError(column, _NUMBER_PROBLEMS[error.problem], quote) from error


def _spell(raw: object) -> str:
    """A spreadsheet keeps the year 2025 as a number, sometimes as 2025.0."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return raw.date().isoformat() if isinstance(raw, datetime) else str(raw)
