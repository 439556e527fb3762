"""Small tables out of spreadsheet programs: CSV in any usual spelling, or XLSX, as rows of text. Pure.

For forms of some thousand rows that fit in memory. Files come from outside: sizes first, then content.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from itertools import islice
from typing import Any

from openpyxl import Workbook, load_workbook

from lms.lib.spreadsheets import safe_cell
from lms.lib.words import plain_words

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
HEADER_WITHIN = 20
MOST_MEMBERS = 500
MOST_BYTES = 60 * 1024 * 1024
"""Uncompressed, all members of a workbook together."""
SEPARATORS = (";", ",", "\t")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ZIP = b"PK\x03\x04"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"<!DOCTYPE", b"<html", b"{\\rtf")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What XML cannot hold."""
_ELEMENT_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*)*<[A-Za-z]")

Row = tuple[int, list[str]]


class TableProblem(StrEnum):
    """Why a file is not read at all."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    FOREIGN = "foreign"
    BROKEN = "broken"
    UNREADABLE = "unreadable"
    MISSING_COLUMNS = "missing_columns"
    REPEATED_COLUMN = "repeated_column"
    NO_ROWS = "no_rows"


class TableError(ValueError):
    """``missing``: columns that lack; ``unknown``: titles that are none of ours, with the closest of ours."""

    def __init__(
        self, problem: TableProblem, *, missing: Sequence[str] = (), unknown: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(problem)
        self.problem, self.missing, self.unknown = problem, tuple(missing), dict(unknown or {})


@dataclass(frozen=True)
class Table:
    """Rows below the titles that are not blank: number in the file (the first is 1), cells by column.

    ``unknown``: titles of columns that were left aside.
    """

    rows: Sequence[tuple[int, Mapping[str, str]]]
    columns: Sequence[str] = field(default=())
    unknown: Sequence[str] = field(default=())


def read_table(
    data: bytes, *, columns: Sequence[str], required: Iterable[str], most_rows: int = MOST_ROWS
) -> Table:
    """The table below the first row that has the ``required`` titles, in any order and spelling.

    Args:
        columns: our titles (``"plazo_nuevo"``); a title is recognised without accents, case and marks.

    Raises:
        TableError: too large, no table, damaged, hostile, without a column, or without rows.
    """
    _check(data)
    failures: list[TableError] = []
    for rows in _readings(data):
        try:
            return _read(rows, columns, tuple(required), most_rows)
        except TableError as error:
            if error.problem not in {TableProblem.MISSING_COLUMNS, TableProblem.REPEATED_COLUMN}:
                raise
            failures.append(error)
    raise min(failures, key=lambda error: len(error.missing), default=TableError(TableProblem.EMPTY))


def write_csv(*, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark and semicolons, as spreadsheet programs here open it; it reads back the same."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns)
    writer.writerows([_spell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(*, columns: Sequence[str], rows: Iterable[Sequence[object]], title: str) -> bytes:
    """A workbook of one sheet, all cells text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_spell(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_day(text: str) -> date | None:
    """``31-12-2026``, ``31/12/2026`` or ``2026-12-31``; ``None`` where it is none of these.

    >>> read_day("31-12-2026")
    datetime.date(2026, 12, 31)
    """
    for form in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _spell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.strftime("%d-%m-%Y")
    return str(safe_cell(_UNWRITABLE.sub(" ", str(cell))))


def _check(data: bytes) -> None:
    if not data.strip():
        raise TableError(TableProblem.EMPTY)
    if len(data) > LARGEST_FILE:
        raise TableError(TableProblem.TOO_LARGE)
    if data.startswith(_FOREIGN):
        raise TableError(TableProblem.FOREIGN)


def _readings(data: bytes) -> Iterator[Iterator[Row]]:
    """Each sheet of a workbook, or a text under each separator."""
    if data.startswith(_ZIP):
        yield from _sheets(data)
        return
    text = _decode(data)
    for separator in SEPARATORS:
        yield _csv_rows(text, separator)


def _read(rows: Iterator[Row], columns: Sequence[str], required: tuple[str, ...], most_rows: int) -> Table:
    best = TableError(TableProblem.MISSING_COLUMNS, missing=required)
    for _number, cells in islice(rows, HEADER_WITHIN):
        places = _find_titles(cells, columns)
        missing = [name for name in required if name not in places]
        unknown = _unknown_titles(cells, columns)
        if not missing:
            return _collect(rows, places, columns, unknown, most_rows)
        if len(missing) < len(best.missing):
            best = TableError(
                TableProblem.MISSING_COLUMNS, missing=missing, unknown=closest_titles(unknown, missing)
            )
    raise best


def _collect(
    rows: Iterator[Row], places: Mapping[str, int], columns: Sequence[str], unknown: Sequence[str], most: int
) -> Table:
    found = []
    for number, cells in rows:
        row = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        if any(row.values()):
            found.append((number, row))
        if len(found) > most:
            raise TableError(TableProblem.TOO_MANY_ROWS)
    if not found:
        raise TableError(TableProblem.NO_ROWS)
    return Table(found, [name for name in columns if name in places], unknown)


def _find_titles(cells: Sequence[str], columns: Sequence[str]) -> dict[str, int]:
    """Which column stands where.

    Raises:
        TableError: one stands twice.
    """
    ours = {_key(name): name for name in columns}
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = ours.get(_key(cell))
        if name is None:
            continue
        if name in places:
            raise TableError(TableProblem.REPEATED_COLUMN, missing=[name])
        places[name] = place
    return places


def _unknown_titles(cells: Sequence[str], columns: Sequence[str]) -> list[str]:
    ours = {_key(name) for name in columns}
    return [cell for cell in cells if cell and _key(cell) not in ours]


def closest_titles(unknown: Sequence[str], missing: Sequence[str]) -> dict[str, str]:
    """Titles that look like one that lacks: what was renamed."""
    keys = {_key(name): name for name in missing}
    found = {}
    for title in unknown:
        if near := get_close_matches(_key(title), keys, n=1, cutoff=0.5):
            found[title] = keys[near[0]]
    return found


def _key(title: str) -> str:
    return plain_words(title).replace(" ", "")


def _decode(data: bytes) -> str:
    for name in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableError(TableProblem.UNREADABLE)


def _csv_rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise TableError(TableProblem.BROKEN) from error
        yield reader.line_num, [_clean(cell) for cell in cells[:MOST_COLUMNS]]


def _sheets(data: bytes) -> Iterator[Iterator[Row]]:
    _check_workbook(data)
    book = _guarded(lambda: load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False))
    for sheet in _guarded(lambda: list(book.worksheets)):
        yield _sheet_rows(sheet)


def _sheet_rows(sheet: Any) -> Iterator[Row]:
    rows = sheet.iter_rows(max_row=MOST_ROWS * 2, max_col=MOST_COLUMNS, values_only=True)
    number = 0
    while (cells := _guarded(lambda: next(rows, None))) is not None:
        number += 1
        yield number, [_cell_text(cell) for cell in cells]


def _check_workbook(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            is_workbook = "xl/workbook.xml" in archive.namelist()
            if len(members) > MOST_MEMBERS or total > MOST_BYTES or not is_workbook:
                raise TableError(TableProblem.FOREIGN)
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(member) as content:
                        _check_start(content.read(2048))
    except TableError:
        raise
    except Exception as error:  # zipfile answers damage with whatever its parts happen to raise
        raise TableError(TableProblem.BROKEN) from error


def _check_start(start: bytes) -> None:
    # A document type, by which entities come in, can only stand before the first element.
    if not _ELEMENT_FIRST.match(start) or b"<!DOCTYPE" in start or b"\0" in start:
        raise TableError(TableProblem.FOREIGN)


def _cell_text(cell: Any) -> str:
    """A cell as its reader sees it: whole numbers without ``.0``, days as day-month-year."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return cell.strftime("%d-%m-%Y")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _clean(str(cell))


def _clean(text: str) -> str:
    """Without blanks around, and without the apostrophe that keeps a program from running it."""
    text = text.strip()
    return text[1:] if text.startswith("'") and safe_cell(text[1:]) != text[1:] else text


def _guarded(call: Callable[[], Any]) -> Any:
    """The library answers a damaged workbook with whatever error its parts happen to raise."""
    try:
        return call()
    except Exception as error:
        raise TableError(TableProblem.BROKEN) from error
