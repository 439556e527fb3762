"""Small tables of spreadsheet programs: read as rows of text by column, and written. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from itertools import islice

from openpyxl import Workbook

from lms.lib.spreadsheets import safe_cell
from lms.lib.table_files import (
    HEADER_WITHIN,
    LARGEST_FILE,
    MOST_ROWS,
    RawRow,
    TableError,
    TableProblem,
    open_grids,
)
from lms.lib.words import plain_words

__all__ = [
    "LARGEST_FILE",
    "XLSX_TYPE",
    "Table",
    "TableError",
    "TableProblem",
    "closest_titles",
    "read_day",
    "read_table",
    "write_csv",
    "write_xlsx",
]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What XML cannot hold."""

Row = tuple[int, list[str]]


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
    failures: list[TableError] = []
    for grid in open_grids(data):
        try:
            return _read(_spelled(grid.rows()), columns, tuple(required), most_rows)
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


def _spelled(rows: Iterator[RawRow]) -> Iterator[Row]:
    for number, cells in rows:
        is_blank = all(cell is None or cell == "" for cell in cells)
        yield number, [] if is_blank else [_cell_text(cell) for cell in cells]


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
            raise TableError(TableProblem.TOO_MANY_ROWS, most=most)
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


def _cell_text(cell: object) -> str:
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
