"""Rows of cells in, checked rows and problems out. Remembers only what later rows need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from lms.lib.run import fingerprint_run, mask_run
from lms.people.rosters import values
from lms.people.rosters.columns import Column, Headers
from lms.people.rosters.csv_files import TOO_LONG_MARK
from lms.people.rosters.problems import Problem, RowProblem, ValueProblemError

PROBLEMS_KEPT = 50_000
"""Problems beyond these are counted but not listed."""

LONGEST = {
    Column.RUN: 30,
    Column.GIVEN_NAMES: 150,
    Column.FAMILY_NAMES: 150,
    Column.EMAIL: 254,
    Column.UNIT: 255,
    Column.UNIT_CODE: 40,
    Column.UNIT_NAME: 255,
}
HONORARIOS = "honorarios"
WITHOUT_ESTAMENTO = "otro"

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a roster, checked. Holds no RUN: its fingerprint and its masked spelling.

    ``unit_code`` is empty when the file has a single column for the unit; ``unit_name`` may then
    be a name or a code. ``valid_from`` and ``valid_until`` are ``None`` where the row says nothing.
    """

    number: int
    fingerprint: str
    run_masked: str
    given_names: str
    family_names: str
    email: str
    unit_code: str
    unit_name: str
    estamento: str
    legal_quality: str
    valid_from: date | None
    valid_until: date | None


@dataclass
class RosterChecker:
    """Checks the rows of one roster in order.

    After the last row: ``problems`` (the first ``PROBLEMS_KEPT``), ``problem_count``,
    ``wrong_rows``, and ``mentioned``: fingerprints of people whom wrong rows name recognisably, and
    who must therefore not be taken for absent.
    """

    headers: Headers
    roster_date: date
    run_key: str
    problems: list[RowProblem] = field(default_factory=list)
    problem_count: int = 0
    wrong_rows: int = 0
    correct_rows: int = 0
    mentioned: set[str] = field(default_factory=set)
    _first_rows: dict[bytes, int] = field(default_factory=dict)

    def check(self, number: int, cells: Sequence[object]) -> RosterRow | None:
        """The checked row, or ``None`` after writing down everything that is wrong with it."""
        reader = _RowReader(number=number, cells=cells, headers=self.headers)
        row = self._read(reader)
        if not reader.problems:
            self.correct_rows += 1
            return row
        self.wrong_rows += 1
        self.problem_count += len(reader.problems)
        self.problems.extend(reader.problems[: PROBLEMS_KEPT - len(self.problems)])
        return None

    def _read(self, reader: "_RowReader") -> RosterRow | None:
        if reader.is_too_long():
            reader.refuse("", Problem.ROW_TOO_LONG)
            return None
        run = self._read_run(reader)
        fingerprint = self._recognise(reader, run)
        given_names = reader.required_text(Column.GIVEN_NAMES)
        family_names = reader.family_names()
        email = reader.text(Column.EMAIL)
        unit_code, unit_name = reader.unit()
        quality_text = reader.required_text(Column.LEGAL_QUALITY)
        legal_quality = reader.take(Column.LEGAL_QUALITY, values.read_legal_quality, quality_text)
        estamento = reader.estamento(legal_quality)
        valid_from, valid_until = self._read_dates(reader)
        email = (reader.take(Column.EMAIL, values.read_email, email) or "") if email else ""
        if reader.problems or run is None:
            if fingerprint:
                self.mentioned.add(fingerprint)
            return None
        return RosterRow(
            number=reader.number,
            fingerprint=fingerprint,
            run_masked=mask_run(run),
            given_names=given_names,
            family_names=family_names,
            email=email,
            unit_code=unit_code,
            unit_name=unit_name,
            estamento=estamento or "",
            legal_quality=legal_quality or "",
            valid_from=valid_from,
            valid_until=valid_until,
        )

    def _read_run(self, reader: "_RowReader") -> str | None:
        text = reader.required_text(Column.RUN)
        digit = reader.text(Column.DIGIT)
        if text and digit and "-" not in text:
            text = f"{text}-{digit}"
        if not text:
            return None
        try:
            return values.read_run(text)
        except ValueProblemError as error:
            reader.refuse(Column.RUN, error.problem)
            guessed = values.guess_run(text) if error.problem is Problem.WRONG_DIGIT else None
            if guessed:
                self.mentioned.add(fingerprint_run(guessed, self.run_key))
            return None

    def _recognise(self, reader: "_RowReader", run: str | None) -> str:
        """The row's fingerprint; a second row of one person is refused and names the first."""
        if run is None:
            return ""
        fingerprint = fingerprint_run(run, self.run_key)
        first = self._first_rows.setdefault(bytes.fromhex(fingerprint), reader.number)
        if first != reader.number:
            reader.refuse(Column.RUN, Problem.DUPLICATE, str(first))
        return fingerprint

    def _read_dates(self, reader: "_RowReader") -> tuple[date | None, date | None]:
        start = reader.date(Column.VALID_FROM)
        end = reader.date(Column.VALID_UNTIL)
        if start and start > self.roster_date:
            reader.refuse(Column.VALID_FROM, Problem.STARTS_LATER, f"{start:%d-%m-%Y}")
        elif start and end and end < start:
            reader.refuse(Column.VALID_UNTIL, Problem.ENDS_BEFORE_START, f"{end:%d-%m-%Y}")
        elif end and end < self.roster_date:
            reader.refuse(Column.VALID_UNTIL, Problem.ALREADY_ENDED, f"{end:%d-%m-%Y}")
        return start, end


@dataclass
class _RowReader:
    """Takes values out of one row and collects what is wrong with them."""

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

    def estamento(self, legal_quality: str | None) -> str | None:
        """People on honorarios may have none: their contract is outside the Statute (article 11)."""
        if legal_quality == HONORARIOS and self.cell(Column.ESTAMENTO) in (None, ""):
            return WITHOUT_ESTAMENTO
        return self.take(Column.ESTAMENTO, values.read_estamento, self.required_text(Column.ESTAMENTO))

    def date(self, column: Column) -> date | None:
        try:
            return values.read_date(self.cell(column))
        except ValueProblemError as error:
            self.refuse(column, error.problem, error.detail)
            return None
