"""XLSX, read row by row. A workbook is a ZIP of XML from outside: its size is checked before it is opened."""

import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from openpyxl import load_workbook

from lms.people.rosters.columns import Headers, find_header
from lms.people.rosters.csv_files import HEADER_WITHIN
from lms.people.rosters.problems import FileProblem, RosterFileError

MOST_MEMBERS = 1_000
MOST_BYTES = 400 * 1024 * 1024
"""Uncompressed, all members together: half a million people with all columns fit."""

MOST_BYTES_IN_MEMORY = 96 * 1024 * 1024
"""Uncompressed members other than sheets: the library keeps those in memory."""

MOST_RATIO = 200
RATIO_FROM_BYTES = 10 * 1024 * 1024
MOST_COLUMNS = 100
LAST_ROW = 1_048_576


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
    in_memory = sum(m.file_size for m in members if not m.filename.startswith("xl/worksheets/"))
    bomb = total > RATIO_FROM_BYTES and total > MOST_RATIO * max(packed, 1)
    if bomb or len(members) > MOST_MEMBERS or total > MOST_BYTES or in_memory > MOST_BYTES_IN_MEMORY:
        raise RosterFileError(FileProblem.SUSPICIOUS_XLSX)


def _check_start(start: bytes) -> None:
    # Zero bytes: another encoding than UTF-8, under which a DOCTYPE would not be recognised here.
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start or b"\0" in start:
        raise RosterFileError(FileProblem.SUSPICIOUS_XLSX)


def open_xlsx(*, file: BinaryIO) -> tuple[Headers, Iterator[tuple[int, tuple[Any, ...]]]]:
    """The columns of the first sheet that names them, and the rows below with their number.

    Cells with a formula give the value that the spreadsheet stored.

    Raises:
        RosterFileError: see :func:`check_workbook`; no sheet has the required columns.
    """
    check_workbook(file=file)
    file.seek(0)
    workbook = _guarded(lambda: load_workbook(file, read_only=True, data_only=True, keep_links=False))
    failures: list[RosterFileError] = []
    for sheet in _guarded(lambda: list(workbook.worksheets)):
        try:
            index, headers = find_header(_guarded(lambda s=sheet: _first_rows(s)))
        except RosterFileError as error:
            failures.append(error)
            continue
        return headers, _rows(sheet, index + 2, headers.width)
    raise min(failures, key=lambda e: len(e.detail), default=RosterFileError(FileProblem.EMPTY))


def _first_rows(sheet: Any) -> list[tuple[Any, ...]]:
    rows = sheet.iter_rows(max_col=MOST_COLUMNS, max_row=HEADER_WITHIN, values_only=True)
    return list(islice(rows, HEADER_WITHIN))


def _rows(sheet: Any, first: int, width: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
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
