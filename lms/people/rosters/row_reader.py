"""Taking values out of one row, and writing down what is wrong with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from lms.people.rosters import values
from lms.people.rosters.columns import Column, Headers
from lms.people.rosters.csv_files import TOO_LONG_MARK
from lms.people.rosters.problems import Problem, RowProblem, ValueProblemError
from lms.people.rosters.region_words import read_region
from lms.people.rosters.rows import Away

LONGEST = {
    Column.RUN: 30,
    Column.GIVEN_NAMES: 150,
    Column.FAMILY_NAMES: 150,
    Column.EMAIL: 254,
    Column.UNIT: 255,
    Column.UNIT_CODE: 40,
    Column.UNIT_NAME: 255,
    Column.PARENT_UNIT: 40,
    Column.GRADE: 10,
    Column.POSITION: 120,
}
"""Characters, as in the tables."""

HONORARIOS = "honorarios"
WITHOUT_ESTAMENTO = "otro"
DATES = "fecha"
"""Under this name a mapping keeps the words that stand for "no date"."""

Value = TypeVar("Value")
_NO_WORDS: dict[str, str] = {}


@dataclass
class RowReader:
    """The cells of one row by our columns."""

    number: int
    cells: Sequence[object]
    headers: Headers
    problems: list[RowProblem] = field(default_factory=list)

    def refuse(self, column: str, problem: Problem, detail: str = "") -> None:
        self.problems.append(RowProblem(self.number, column, problem, detail))

    def take(self, column: Column, read: Callable[[str], Value], text: str) -> Value | None:
        if not text:
            return None
        try:
            return read(text)
        except ValueProblemError as error:
            self.refuse(column, error.problem, error.detail)
            return None

    def is_too_long(self) -> bool:
        return any(isinstance(cell, str) and TOO_LONG_MARK in cell for cell in self.cells)

    def cell(self, column: Column) -> object:
        position = self.headers.positions.get(column)
        return self.cells[position] if position is not None and position < len(self.cells) else None

    def text(self, column: Column) -> str:
        try:
            text = values.text_of(self.cell(column))
        except ValueProblemError as error:
            self.refuse(column, error.problem)
            return ""
        if len(text) > LONGEST.get(column, 150):
            self.refuse(column, Problem.TOO_LONG)
            return ""
        return text

    def required_text(self, column: Column) -> str:
        before = len(self.problems)
        text = self.text(column)
        if not text and len(self.problems) == before:
            self.refuse(column, Problem.MISSING)
        return text

    def optional_text(self, column: Column) -> str | None:
        """``None`` where the file has no such column."""
        return self.text(column) if self.headers.has(column) else None

    def family_names(self) -> str:
        if self.headers.has(Column.FAMILY_NAMES):
            return self.required_text(Column.FAMILY_NAMES)
        paternal = self.required_text(Column.PATERNAL_NAME)
        both = f"{paternal} {self.text(Column.MATERNAL_NAME)}".strip()
        if len(both) > LONGEST[Column.FAMILY_NAMES]:
            self.refuse(Column.FAMILY_NAMES, Problem.TOO_LONG)
        return both

    def unit(self) -> tuple[str, str]:
        """Code and name; with a single column the code stays empty."""
        before = len(self.problems)
        code = self.text(Column.UNIT_CODE)
        name = self.text(Column.UNIT_NAME) or self.text(Column.UNIT)
        if not code and not name and len(self.problems) == before:
            self.refuse(Column.UNIT, Problem.MISSING)
        return code, name

    def legal_quality(self) -> str | None:
        own = self.headers.words.get(Column.LEGAL_QUALITY, _NO_WORDS)
        text = self.required_text(Column.LEGAL_QUALITY)
        return self.take(Column.LEGAL_QUALITY, lambda word: values.read_legal_quality(word, own), text)

    def estamento(self, legal_quality: str | None) -> str | None:
        """People on honorarios may have none: their contract is outside the Statute (article 11)."""
        if legal_quality == HONORARIOS and self.cell(Column.ESTAMENTO) in (None, ""):
            return WITHOUT_ESTAMENTO
        own = self.headers.words.get(Column.ESTAMENTO, _NO_WORDS)
        text = self.required_text(Column.ESTAMENTO)
        return self.take(Column.ESTAMENTO, lambda word: values.read_estamento(word, own), text)

    def region(self) -> str | None:
        if not self.headers.has(Column.REGION):
            return None
        return self.take(Column.REGION, read_region, self.text(Column.REGION)) or ""

    def away(self) -> Away | None:
        """The days of an absence; a last day without a first one cannot be meant."""
        if not self.headers.has(Column.AWAY_FROM):
            return None
        first, last = self.date(Column.AWAY_FROM), self.date(Column.AWAY_UNTIL)
        if first is None and last is not None:
            self.refuse(Column.AWAY_FROM, Problem.MISSING)
        elif first and last and last < first:
            self.refuse(Column.AWAY_UNTIL, Problem.ENDS_BEFORE_START, f"{last:%d-%m-%Y}")
        return Away(first, last)

    def date(self, column: Column) -> date | None:
        try:
            return values.read_date(self.cell(column), self.headers.words.get(DATES, _NO_WORDS))
        except ValueProblemError as error:
            self.refuse(column, error.problem, error.detail)
            return None
