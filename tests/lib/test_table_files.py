"""Spreadsheets from outside: what is read of them, and which are refused before they are opened."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook

from lms.lib.small_tables import read_table
from lms.lib.table_files import (
    MOST_BYTES,
    MOST_MEMBERS,
    MOST_ROWS,
    TableError,
    TableProblem,
    open_grids,
    written_rows,
)


def workbook(*rows: list[Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            book.active.cell(number, place, value)
    book.save(out)
    return out.getvalue()


def changed(change: Callable[[zipfile.ZipFile], None]) -> bytes:
    """A sound workbook with something more in it."""
    out = io.BytesIO(workbook(["a"], [1]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        change(archive)
    return out.getvalue()


def bomb(archive: zipfile.ZipFile) -> None:
    with archive.open("xl/worksheets/sheet9.xml", "w", force_zip64=True) as member:
        for _ in range(MOST_BYTES // 2**20 + 1):
            member.write(b" " * 2**20)


def many(archive: zipfile.ZipFile) -> None:
    for number in range(MOST_MEMBERS):
        archive.writestr(f"xl/media/{number}.txt", b"")


def entities(archive: zipfile.ZipFile) -> None:
    archive.writestr("xl/worksheets/sheet9.xml", b'<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>')


@pytest.mark.parametrize("change", [bomb, many, entities])
def test_workbook_that_would_fill_the_memory_is_not_opened(change: Callable[[zipfile.ZipFile], None]) -> None:
    with pytest.raises(TableError) as error:
        list(open_grids(changed(change)))
    assert error.value.problem == TableProblem.FOREIGN


def test_workbook_that_is_cut_short_is_damaged() -> None:
    with pytest.raises(TableError) as error:
        list(open_grids(workbook(["a"], [1])[:-40]))
    assert error.value.problem == TableProblem.BROKEN


def test_numbers_and_days_of_a_workbook_stay_what_they_are() -> None:
    (grid,) = open_grids(workbook(["a", "b"], [1.234, 0]))
    assert [(number, cells[:2]) for number, cells in grid.rows_below(1)] == [(2, (1.234, 0))]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    grid = next(iter(open_grids(b'a;b\n"dos\nlineas";1\n\nz;2\n')))
    assert [(number, cells[0]) for number, cells in written_rows(grid.rows_below(1))] == [
        (2, "dos\nlineas"),
        (4, "z"),
    ]


def test_rows_far_below_are_not_lost() -> None:
    content = workbook(["a"], [0], *[[]] * (3 * MOST_ROWS), ["último"])
    table = read_table(content, columns=["a"], required=["a"])
    assert [row["a"] for _number, row in table.rows] == ["0", "último"]


def test_limit_of_rows_is_said_with_the_number_that_counts() -> None:
    with pytest.raises(TableError) as error:
        read_table(b"a\n1\n2\n3\n", columns=["a"], required=["a"], most_rows=2)
    assert (error.value.problem, error.value.most) == (TableProblem.TOO_MANY_ROWS, 2)
