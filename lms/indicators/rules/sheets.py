"""Finding the table of an indicator in an uploaded file. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.indicators.rules.columns import Titles, match_titles
from lms.indicators.rules.problems import FileFault, FileRefusedError
from lms.indicators.rules.shapes import Shape
from lms.lib.table_files import Grid, RawRow, TableError, TableProblem, open_grids, written_rows

_FAULTS = {
    TableProblem.EMPTY: FileFault.EMPTY,
    TableProblem.TOO_LARGE: FileFault.TOO_BIG,
    TableProblem.TOO_MANY_ROWS: FileFault.TOO_MANY_ROWS,
    TableProblem.NO_ROWS: FileFault.NO_ROWS,
    TableProblem.UNREADABLE: FileFault.UNREADABLE,
    TableProblem.BROKEN: FileFault.DAMAGED,
    TableProblem.FOREIGN: FileFault.NOT_A_SHEET,
}


@dataclass(frozen=True)
class Sheet:
    """Titles and the rows below them that are not blank, with their number in the file."""

    positions: dict[str, int]
    rows: list[RawRow]


def open_sheet(*, content: bytes, shape: Shape) -> Sheet:
    """The table of an indicator, whole: files are small.

    Raises:
        FileRefusedError: see there.
    """
    try:
        found = [(grid, *_find_titles(grid.first_rows(), shape)) for grid in open_grids(content)]
        if not found:
            raise FileRefusedError(FileFault.NO_ROWS)
        grid, number, titles = max(found, key=lambda one: one[2].known)
        return _read(grid, number, titles)
    except TableError as error:
        raise FileRefusedError(_FAULTS[error.problem]) from error


def _find_titles(rows: Sequence[RawRow], shape: Shape) -> tuple[int, Titles]:
    """Of the first rows, the one that names most columns."""
    best = (0, match_titles(cells=(), shape=shape))
    for number, cells in rows:
        titles = match_titles(cells=cells, shape=shape)
        if titles.known > best[1].known or not (best[1].known or best[1].faults.unknown):
            best = (number, titles)
    return best


def _read(grid: Grid, number: int, titles: Titles) -> Sheet:
    if titles.faults:
        raise FileRefusedError(FileFault.COLUMNS, titles.faults)
    return Sheet(titles.positions, list(written_rows(grid.rows_below(number))))
