"""Opening a roster file: what it is, which columns it has, its rows one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from lms.people.rosters.columns import ColumnMap, Headers
from lms.people.rosters.csv_files import RosterText
from lms.people.rosters.problems import FileProblem, RosterFileError
from lms.people.rosters.xlsx_files import RosterWorkbook

LARGEST_FILE = 200 * 1024 * 1024
MOST_ROWS = 500_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # .xls, and encrypted .xlsx
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"<!DOCTYPE", b"<html", b"PK\x05\x06")


@dataclass(frozen=True)
class RosterTable:
    """The columns of a file and an iterator over its rows that are not blank: (number, cells).

    Iterating can raise :class:`RosterFileError`. ``known`` is the mapping that matched, if one did.
    ``estimate_rows`` guesses how many rows there are in all from the number of the present one.
    """

    headers: Headers
    rows: Iterator[tuple[int, Sequence[object]]]
    known: ColumnMap | None = None
    estimate_rows: Callable[[int], int] = field(default=lambda number: number)


def open_source(*, file: BinaryIO) -> RosterText | RosterWorkbook:
    """A CSV or XLSX by what it contains; the name of the file does not matter.

    Raises:
        RosterFileError: empty, too big, of another kind, or damaged.
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
    return RosterWorkbook(file=file) if start.startswith(_ZIP) else RosterText(file=file)


def open_roster(*, file: BinaryIO, maps: Sequence[ColumnMap] = (), only_maps: bool = False) -> RosterTable:
    """Open a file by the first of ``maps`` whose headers it has, else by the usual names of columns.

    ``only_maps``: the usual names are not tried.

    Raises:
        RosterFileError: see :func:`open_source`; without the required columns.
    """
    source = open_source(file=file)
    candidates: list[ColumnMap | None] = [*maps, *(() if only_maps else (None,))]
    failure = RosterFileError(FileProblem.MISSING_COLUMNS)
    for known in candidates:
        try:
            table = (
                _open_csv(source, file, known)
                if isinstance(source, RosterText)
                else _open_xlsx(source, known)
            )
        except RosterFileError as error:
            if error.problem not in (FileProblem.MISSING_COLUMNS, FileProblem.REPEATED_COLUMN):
                raise
            failure = error
            continue
        return table
    raise failure


def _open_csv(source: RosterText, file: BinaryIO, known: ColumnMap | None) -> RosterTable:
    separator, index, headers = source.find_separator(known)
    rows = without_blanks(source.rows(separator, index))
    size = file.seek(0, 2)

    def estimate_rows(number: int) -> int:
        # The text is read ahead in blocks of some kilobytes, which does not matter here.
        return max(number, number * size // max(file.tell(), 1))

    return RosterTable(headers, rows, known, estimate_rows)


def _open_xlsx(source: RosterWorkbook, known: ColumnMap | None) -> RosterTable:
    sheet, index, headers = source.find_sheet(known)
    rows = without_blanks(source.rows(sheet, index + 2, headers.width))
    last = min(sheet.max_row or 0, MOST_ROWS)
    return RosterTable(headers, rows, known, lambda number: max(number, last))


def without_blanks(
    rows: Iterator[tuple[int, Sequence[object]]],
) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows in which something is written.

    Raises:
        RosterFileError: there is none, or more than ``MOST_ROWS``.
    """
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
