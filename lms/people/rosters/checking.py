"""Rows of cells in, checked rows and problems out. Remembers only what later rows need."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lms.lib.run import fingerprint_run, mask_run
from lms.people.rosters import values
from lms.people.rosters.columns import Column, Headers
from lms.people.rosters.fingerprints import FingerprintTable
from lms.people.rosters.problems import Problem, RowProblem, ValueProblemError
from lms.people.rosters.row_reader import RowReader
from lms.people.rosters.rows import Mention, RosterRow
from lms.people.rosters.unit_tree import UnitTree


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """What one row gave: a ``row``, or its ``problems`` and whom it names all the same."""

    row: RosterRow | None
    problems: tuple[RowProblem, ...] = ()
    mentioned: Mention | None = None


@dataclass
class RosterChecker:
    """Checks the rows of one roster in order; ``remember`` and ``meet`` tell it of rows checked earlier."""

    headers: Headers
    roster_date: date
    run_key: str
    units: UnitTree = field(default_factory=UnitTree)
    seen: FingerprintTable = field(default_factory=FingerprintTable)

    def check(self, number: int, cells: Sequence[object]) -> CheckedRow:
        """The checked row, or everything that is wrong with it."""
        reader = RowReader(number=number, cells=cells, headers=self.headers)
        if reader.is_too_long():
            reader.refuse("", Problem.ROW_TOO_LONG)
            return CheckedRow(None, tuple(reader.problems))
        run, guessed = self._read_run(reader)
        fingerprint = self._recognise(reader, run)
        row = self._read(reader, run, fingerprint)
        if row is None:
            return CheckedRow(None, tuple(reader.problems), _mention(number, fingerprint, guessed))
        return CheckedRow(row)

    def remember(self, row: RosterRow) -> None:
        """A correct row of an earlier part of the file."""
        self.seen.add(row.fingerprint, row.number)
        self.units.add(code=row.unit_code, name=row.unit_name, parent=row.parent_unit, number=row.number)

    def meet(self, mention: Mention) -> None:
        """A person whom a wrong row of an earlier part named."""
        if mention.number:
            self.seen.add(mention.fingerprint, mention.number)

    def _read(self, reader: RowReader, run: str | None, fingerprint: str) -> RosterRow | None:
        given_names = reader.required_text(Column.GIVEN_NAMES)
        family_names = reader.family_names()
        email_text = reader.text(Column.EMAIL)
        unit_code, unit_name = reader.unit()
        legal_quality = reader.legal_quality()
        estamento = reader.estamento(legal_quality)
        valid_from, valid_until = self._read_dates(reader)
        email = reader.take(Column.EMAIL, values.read_email, email_text) or ""
        grade = reader.optional_text(Column.GRADE)
        position = reader.optional_text(Column.POSITION)
        region, away = reader.region(), reader.away()
        parent_unit = reader.text(Column.PARENT_UNIT)
        if not reader.problems:
            self._hang(reader, unit_code, unit_name, parent_unit)
        if reader.problems or run is None:
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
            parent_unit=parent_unit,
            grade=grade,
            position=position,
            region=region,
            away=away,
        )

    def _hang(self, reader: RowReader, code: str, name: str, parent: str) -> None:
        """The first row decides what a unit depends on; nothing may depend on itself."""
        found = self.units.add(code=code, name=name, parent=parent, number=reader.number)
        if found.is_circle:
            reader.refuse(Column.PARENT_UNIT, Problem.CIRCLE)
        elif found.contradicts:
            reader.refuse(Column.PARENT_UNIT, Problem.OTHER_PARENT, str(found.contradicts))

    def _read_run(self, reader: RowReader) -> tuple[str | None, str]:
        """The RUN; where only its check digit is wrong, the fingerprint of the one probably meant."""
        text = reader.required_text(Column.RUN)
        digit = reader.text(Column.DIGIT)
        if text and digit and "-" not in text:
            text = f"{text}-{digit}"
        if not text:
            return None, ""
        try:
            return values.read_run(text), ""
        except ValueProblemError as error:
            reader.refuse(Column.RUN, error.problem)
            guessed = values.guess_run(text) if error.problem is Problem.WRONG_DIGIT else None
            return None, fingerprint_run(guessed, self.run_key) if guessed else ""

    def _recognise(self, reader: RowReader, run: str | None) -> str:
        """The row's fingerprint; a second row of one person is refused and names the first."""
        if run is None:
            return ""
        fingerprint = fingerprint_run(run, self.run_key)
        first = self.seen.add(fingerprint, reader.number)
        if first != reader.number:
            reader.refuse(Column.RUN, Problem.DUPLICATE, str(first))
        return fingerprint

    def _read_dates(self, reader: RowReader) -> tuple[date | None, date | None]:
        start = reader.date(Column.VALID_FROM)
        end = reader.date(Column.VALID_UNTIL)
        if start and start > self.roster_date:
            reader.refuse(Column.VALID_FROM, Problem.STARTS_LATER, f"{start:%d-%m-%Y}")
        elif start and end and end < start:
            reader.refuse(Column.VALID_UNTIL, Problem.ENDS_BEFORE_START, f"{end:%d-%m-%Y}")
        elif end and end < self.roster_date:
            reader.refuse(Column.VALID_UNTIL, Problem.ALREADY_ENDED, f"{end:%d-%m-%Y}")
        return start, end


def _mention(number: int, fingerprint: str, guessed: str) -> Mention | None:
    if fingerprint:
        return Mention(fingerprint, number)
    return Mention(guessed, 0) if guessed else None
