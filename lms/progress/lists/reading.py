"""Opening a list: CSV or XLSX, by the same careful readers as a roster's."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from lms.people.rosters.csv_files import SEPARATORS, RosterText
from lms.people.rosters.problems import RosterFileError
from lms.people.rosters.reading import open_source
from lms.people.rosters.xlsx_files import RosterWorkbook
from lms.progress.lists.columns import Column, Titles, find_titles
from lms.progress.lists.problems import ListError

MOST_ROWS = 1000
LARGEST_FILE = 2 * 1024 * 1024

Cells = dict[Column, object]
Rows = Iterator[tuple[int, Sequence[object]]]


def open_list(*, file: BinaryIO) -> list[tuple[int, Cells]]:
    """The rows in which something is written, each with its number in the file.

    Raises:
        ListError: too big, not a spreadsheet, damaged, without its columns or without rows.
    """
    if file.seek(0, 2) > LARGEST_FILE:
        raise ListError("too_big")
    try:
        titles, rows = _open(file)
        found = [
            (number, {column: _at(cells, place) for column, place in titles.places.items()})
            for number, cells in islice(_written(rows), MOST_ROWS + 1)
        ]
    except RosterFileError as error:
        raise ListError(str(error.problem)) from error
    if len(found) > MOST_ROWS:
        raise ListError("too_many_rows")
    if not found:
        raise ListError("no_rows")
    return found


def _open(file: BinaryIO) -> tuple[Titles, Rows]:
    source = open_source(file=file)
    return _open_workbook(source) if isinstance(source, RosterWorkbook) else _open_text(source)


def _open_text(source: RosterText) -> tuple[Titles, Rows]:
    found = [(find_titles(source.first_rows(separator)), separator) for separator in SEPARATORS]
    titles, separator = min(found, key=lambda one: len(one[0].missing))
    _check(titles)
    return titles, source.rows(separator, titles.row)


def _open_workbook(source: RosterWorkbook) -> tuple[Titles, Rows]:
    found = [(find_titles(source.first_rows(sheet)), sheet) for sheet in source.sheets]
    if not found:
        raise ListError("empty")
    titles, sheet = min(found, key=lambda one: len(one[0].missing))
    _check(titles)
    return titles, source.rows(sheet, titles.row + 2, titles.width)


def _check(titles: Titles) -> None:
    if titles.missing:
        raise ListError("missing_columns", titles.missing)


def _written(rows: Rows) -> Rows:
    return ((n, cells) for n, cells in rows if any(c is not None and str(c).strip() for c in cells))


def _at(cells: Sequence[object], place: int) -> object:
    return cells[place] if place < len(cells) else None
