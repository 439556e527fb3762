"""Opening small tables out of spreadsheet programs: CSV in any usual spelling, or XLSX. Pure.

For files that fit in memory. They come from outside: sizes first, then content.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import Any

from openpyxl import load_workbook

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
HEADER_WITHIN = 20
"""The titles must be among this many first rows."""
MOST_MEMBERS = 500
MOST_BYTES = 60 * 1024 * 1024
"""Uncompressed, all members of a workbook together."""
LAST_ROW = 1_048_576
"""Of any sheet: a row that calls itself a later one is never reached."""
SEPARATORS = (";", ",", "\t")

_ZIP = b"PK\x03\x04"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"<!DOCTYPE", b"<html", b"{\\rtf")
_ELEMENT_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*)*<[A-Za-z]")

RawRow = tuple[int, Sequence[object]]
"""Number in the file (the first is 1), and the cells as they stand: text, or what a workbook keeps."""


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
    """``missing``: columns that lack; ``unknown``: titles that are none of ours, with the closest of ours.

    ``most``: how many rows there may be, where there are too many.
    """

    def __init__(
        self,
        problem: TableProblem,
        *,
        missing: Sequence[str] = (),
        unknown: Mapping[str, str] | None = None,
        most: int = MOST_ROWS,
    ) -> None:
        super().__init__(problem)
        self.problem, self.missing, self.unknown = problem, tuple(missing), dict(unknown or {})
        self.most = most


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook, or a text under one separator. ``rows`` reads it from its first row."""

    rows: Callable[[], Iterator[RawRow]]

    def first_rows(self) -> list[RawRow]:
        """The rows among which the titles must be."""
        return list(islice(self.rows(), HEADER_WITHIN))

    def rows_below(self, number: int) -> Iterator[RawRow]:
        return (row for row in self.rows() if row[0] > number)


def open_grids(data: bytes) -> Iterator[Grid]:
    """Each sheet of a workbook, or the text under each separator.

    Raises:
        TableError: empty, too large, no table, damaged or hostile; also while rows are read.
    """
    if not data.strip():
        raise TableError(TableProblem.EMPTY)
    if len(data) > LARGEST_FILE:
        raise TableError(TableProblem.TOO_LARGE)
    if data.startswith(_FOREIGN):
        raise TableError(TableProblem.FOREIGN)
    return _sheets(data) if data.startswith(_ZIP) else _texts(data)


def written_rows(rows: Iterator[RawRow], *, most: int = MOST_ROWS) -> Iterator[RawRow]:
    """The rows in which something is written.

    Raises:
        TableError: there is none, or more than ``most``.
    """
    count = 0
    for number, cells in rows:
        if not any(cell is not None and str(cell).strip() for cell in cells):
            continue
        count += 1
        if count > most:
            raise TableError(TableProblem.TOO_MANY_ROWS, most=most)
        yield number, cells
    if not count:
        raise TableError(TableProblem.NO_ROWS)


def _texts(data: bytes) -> Iterator[Grid]:
    text = _decode(data)
    for separator in SEPARATORS:
        yield Grid(partial(_csv_rows, text, separator))


def _decode(data: bytes) -> str:
    for name in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableError(TableProblem.UNREADABLE)


def _csv_rows(text: str, separator: str) -> Iterator[RawRow]:
    """Numbered as a spreadsheet program does: a cell of several lines is one row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    number = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise TableError(TableProblem.BROKEN) from error
        if cells is None:
            return
        number += 1
        yield number, cells[:MOST_COLUMNS]


def _sheets(data: bytes) -> Iterator[Grid]:
    _check_workbook(data)
    book = _guarded(lambda: load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False))
    for sheet in _guarded(lambda: list(book.worksheets)):
        yield Grid(partial(_sheet_rows, sheet))


def _sheet_rows(sheet: Any) -> Iterator[RawRow]:
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS, values_only=True)
    number = 0
    while (cells := _guarded(lambda: next(rows, None))) is not None:
        number += 1
        yield number, cells


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


def _guarded(call: Callable[[], Any]) -> Any:
    """The library answers a damaged workbook with whatever error its parts happen to raise."""
    try:
        return call()
    except Exception as error:
        raise TableError(TableProblem.BROKEN) from error
