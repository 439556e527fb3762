"""The wrong rows of a roster, to be corrected and loaded again: as CSV and XLSX, safe to open."""

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from lms.lib.spreadsheets import csv_lines, safe_cell
from lms.people.models import RosterImport
from lms.people.rosters.problems import RowProblem
from lms.people.rosters.storage import WrongRow
from lms.people.rosters.wording import name_column, split_problem
from lms.reports.compliance.exports import with_byte_order_mark


def wrong_rows_csv(*, roster: RosterImport, rows: Iterable[WrongRow]) -> Iterator[str]:
    """Lines, with the byte order mark by which spreadsheets recognise UTF-8."""
    header = [str(safe_cell(title)) for title in _header(roster)]
    return with_byte_order_mark(csv_lines(header=header, rows=_lines(roster, rows)))


def wrong_rows_xlsx(*, roster: RosterImport, rows: Iterable[WrongRow]) -> IO[bytes]:
    """The workbook in a temporary file, written row by row: bounded memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Filas con error"))
    sheet.append([safe_cell(title) for title in _header(roster)])
    for cells in _lines(roster, rows):
        sheet.append([safe_cell(cell) for cell in cells])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def _header(roster: RosterImport) -> list[str]:
    return [*roster.titles, _("Fila"), _("Qué está mal"), _("Qué hacer")]


def _lines(roster: RosterImport, rows: Iterable[WrongRow]) -> Iterator[list[object]]:
    """A row's own cells, as many as there are titles; then its number and the two columns of words."""
    width = len(roster.titles)
    for row in rows:
        cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
        words = [_describe(problem) for problem in row.problems]
        yield [*cells, row.number, " ".join(what for what, _ in words), " ".join(do for _, do in words)]


def _describe(problem: RowProblem) -> tuple[str, str]:
    what, todo = split_problem(problem=problem)
    column = name_column(column=problem.column)
    return (f"{column}: {what}" if column else what), todo
