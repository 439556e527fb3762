"""Opening a roster file: what it is, which columns it has, its rows one by one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from lms.people.rosters.columns import Headers
from lms.people.rosters.csv_files import open_csv
from lms.people.rosters.problems import FileProblem, RosterFileError
from lms.people.rosters.xlsx_files import open_xlsx

LARGEST_FILE = 20 * 1024 * 1024
MOST_ROWS = 500_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # .xls, and encrypted .xlsx
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"<!DOCTYPE", b"<html", b"PK\x05\x06")


@dataclass(frozen=True)
class RosterTable:
    """The columns of a file and an iterator over its rows that are not blank: (number, cells).

    Iterating can raise :class:`RosterFileError`.
    """

    headers: Headers
    rows: Iterator[tuple[int, Sequence[object]]]


def open_roster(*, file: BinaryIO) -> RosterTable:
    """Open a CSV or XLSX by what it contains; the name of the file does not matter.

    Raises:
        RosterFileError: empty, too big, of another kind, damaged, or without the required columns.
    """
    size = file.seek(0, 2)
    if not size:
        raise RosterFileError(FileProblem.EMPTY)
    if size > LARGEST_FILE:
        raise RosterFileError(FileProblem.TOO_BIG)
    file.seek(0)
    start = file.read(16)
    if start.startswith(_OLE):
        raise RosterFileError(FileProblem.OLD_EXCEL)
    if start.startswith(_FOREIGN):
        raise RosterFileError(FileProblem.NOT_A_ROSTER)
    rows: Iterator[tuple[int, Sequence[object]]]
    headers, rows = open_xlsx(file=file) if start.startswith(_ZIP) else open_csv(file=file)
    return RosterTable(headers=headers, rows=_without_blanks(rows))


def _without_blanks(
    rows: Iterator[tuple[int, Sequence[object]]],
) -> Iterator[tuple[int, Sequence[object]]]:
    count = 0
    for number, cells in rows:
        if not any(cell is not None and str(cell).strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise RosterFileError(FileProblem.TOO_MANY_ROWS)
        yield number, cells
    if not count:
        raise RosterFileError(FileProblem.NO_ROWS)
