"""Opening an uploaded table: CSV of any usual encoding and separator, or XLSX. Pure."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.indicators.rules.columns import Titles, match_titles
from lms.indicators.rules.problems import FileFault, FileRefusedError
from lms.indicators.rules.shapes import Shape
from lms.people.rosters.csv_files import SEPARATORS, RosterText
from lms.people.rosters.problems import FileProblem, RosterFileError
from lms.people.rosters.reading import open_source
from lms.people.rosters.xlsx_files import RosterWorkbook

LARGEST_FILE = 5 * 1024 * 1024
MOST_ROWS = 20_000

_FAULTS = {
    FileProblem.EMPTY: FileFault.EMPTY,
    FileProblem.TOO_BIG: FileFault.TOO_BIG,
    FileProblem.UNREADABLE_TEXT: FileFault.UNREADABLE,
    FileProblem.BROKEN_XLSX: FileFault.DAMAGED,
    FileProblem.SUSPICIOUS_XLSX: FileFault.DAMAGED,
    FileProblem.BROKEN_CSV: FileFault.DAMAGED,
}


@dataclass(frozen=True)
class Sheet:
    """Titles and the rows below them that are not blank, with their number in the file."""

    positions: dict[str, int]
    rows: list[tuple[int, Sequence[object]]]


def open_sheet(*, content: bytes, shape: Shape) -> Sheet:
    """The table of an indicator, whole: files are small.

    Raises:
        FileRefusedError: see there.
    """
    if len(content) > LARGEST_FILE:
        raise FileRefusedError(FileFault.TOO_BIG)
    try:
        source = open_source(file=io.BytesIO(content))
        return _open_csv(source, shape) if isinstance(source, RosterText) else _open_xlsx(source, shape)
    except RosterFileError as error:
        fault = _FAULTS.get(error.problem, FileFault.NOT_A_SHEET)
        raise FileRefusedError(fault, detail=error.detail) from error


def _open_csv(source: RosterText, shape: Shape) -> Sheet:
    found = {separator: _find_titles(source.first_rows(separator), shape) for separator in SEPARATORS}
    separator = max(found, key=lambda one: found[one][1].known)
    index, titles = found[separator]
    return _sheet(titles, source.rows(separator, index))


def _open_xlsx(source: RosterWorkbook, shape: Shape) -> Sheet:
    if not source.sheets:
        raise FileRefusedError(FileFault.NO_ROWS)
    found = [(sheet, *_find_titles(source.first_rows(sheet), shape)) for sheet in source.sheets]
    sheet, index, titles = max(found, key=lambda one: one[2].known)
    width = max(titles.positions.values(), default=0) + 1
    return _sheet(titles, source.rows(sheet, index + 2, width))


def _find_titles(rows: Sequence[Sequence[object]], shape: Shape) -> tuple[int, Titles]:
    """Of the first rows, the one that names most columns."""
    best = (0, match_titles(cells=(), shape=shape))
    for index, cells in enumerate(rows):
        titles = match_titles(cells=cells, shape=shape)
        if titles.known > best[1].known or not (best[1].known or best[1].faults.unknown):
            best = (index, titles)
    return best


def _sheet(titles: Titles, rows: Iterator[tuple[int, Sequence[object]]]) -> Sheet:
    if titles.faults:
        raise FileRefusedError(FileFault.COLUMNS, titles.faults)
    kept: list[tuple[int, Sequence[object]]] = []
    for number, cells in rows:
        if not any(cell is not None and str(cell).strip() for cell in cells):
            continue
        if len(kept) == MOST_ROWS:
            raise FileRefusedError(FileFault.TOO_MANY_ROWS)
        kept.append((number, cells))
    if not kept:
        raise FileRefusedError(FileFault.NO_ROWS)
    return Sheet(titles.positions, kept)
