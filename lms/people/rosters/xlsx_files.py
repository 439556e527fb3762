"""XLSX, read row by row. A workbook is a ZIP of XML from outside: its size is checked before it is opened."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

from lms.people.rosters.columns import ColumnMap, Headers, find_header
from lms.people.rosters.csv_files import HEADER_WITHIN
from lms.people.rosters.problems import FileProblem, RosterFileError
from lms.people.rosters.xlsx_strings import RosterWorkbookReader

MOST_MEMBERS = 1_000
MOST_BYTES = 1536 * 1024 * 1024
"""Uncompressed, all members together: half a million people with all columns fit (some 600 MB)."""

MOST_BYTES_IN_MEMORY = 96 * 1024 * 1024
"""Uncompressed members that the library keeps in memory: all but sheets and shared texts."""

MOST_RATIO = 200
RATIO_FROM_BYTES = 10 * 1024 * 1024
MOST_COLUMNS = 100
LAST_ROW = 1_048_576

_STREAMED = ("xl/worksheets/", "xl/sharedStrings.xml")
_ELEMENT_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*)*<[A-Za-z]")


def check_workbook(*, file: BinaryIO) -> None:
    """Refuse what would fill the memory or resolve entities.

    Raises:
        RosterFileError: not a workbook, encrypted, too many or too large members, or a DOCTYPE.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            _check_sizes(members, packed=sum(member.compress_size for member in members))
            if "xl/workbook.xml" not in archive.namelist():
                raise RosterFileError(FileProblem.NOT_A_ROSTER)
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(member) as content:
                        _check_start(content.read(2048))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise RosterFileError(FileProblem.BROKEN_XLSX) from error


def _check_sizes(members: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(member.file_size for member in members)
    in_memory = sum(m.file_size for m in members if not m.filename.startswith(_STREAMED))
    bomb = total > RATIO_FROM_BYTES and total > MOST_RATIO * max(packed, 1)
    if bomb or len(members) > MOST_MEMBERS or total > MOST_BYTES or in_memory > MOST_BYTES_IN_MEMORY:
        raise RosterFileError(FileProblem.SUSPICIOUS_XLSX)


def _check_start(start: bytes) -> None:
    # Whatever comes before the first element (a DOCTYPE, a comment that hides one) is no workbook's.
    # Another encoding than UTF-8 does not match either.
    if not _ELEMENT_FIRST.match(start) or b"<!DOCTYPE" in start or b"<!ENTITY" in start or b"\0" in start:
        raise RosterFileError(FileProblem.SUSPICIOUS_XLSX)


class RosterWorkbook:
    """A checked workbook: the rows of its sheets, streamed. Cells with a formula give the stored value."""

    def __init__(self, *, file: BinaryIO) -> None:
        """
        Raises:
            RosterFileError: see :func:`check_workbook`.
        """
        check_workbook(file=file)
        file.seek(0)
        reader = RosterWorkbookReader(file, read_only=True, data_only=True, keep_links=False)
        _guarded(reader.read)
        self.sheets: list[Any] = _guarded(lambda: list(reader.wb.worksheets))

    def first_rows(self, sheet: Any) -> list[tuple[Any, ...]]:
        """The rows among which the titles must be."""
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=HEADER_WITHIN, values_only=True)
        return _guarded(lambda: list(islice(rows, HEADER_WITHIN)))

    def find_sheet(self, known: ColumnMap | None) -> tuple[Any, int, Headers]:
        """The first sheet that names the columns, where, and how.

        Raises:
            RosterFileError: none does; says what is missing in the best of them.
        """
        failures: list[RosterFileError] = []
        for sheet in self.sheets:
            try:
                index, headers = find_header(self.first_rows(sheet), known)
            except RosterFileError as error:
                failures.append(error)
                continue
            return sheet, index, headers
        raise min(failures, key=lambda e: len(e.detail), default=RosterFileError(FileProblem.EMPTY))

    def rows(self, sheet: Any, first: int, width: int) -> Iterator[tuple[int, Sequence[object]]]:
        """The rows from number ``first`` on, ``width`` cells of each."""
        rows = sheet.iter_rows(min_row=first, max_row=LAST_ROW, max_col=width, values_only=True)
        number = first
        while (cells := _guarded(lambda: next(rows, None))) is not None:
            yield number, cells
            number += 1


def _guarded(call: Any) -> Any:
    """The library answers a damaged workbook with whatever error its parts happen to raise."""
    try:
        return call()
    except RosterFileError:
        raise
    except Exception as error:
        raise RosterFileError(FileProblem.BROKEN_XLSX) from error
