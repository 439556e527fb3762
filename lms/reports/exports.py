"""The list of people as CSV and XLSX, with cells that no program takes for formulas."""

import tempfile
from collections.abc import Iterator
from datetime import date
from typing import IO

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook

from lms.lib.spreadsheets import csv_lines, safe_cell
from lms.reports.filters import STATES
from lms.reports.selectors import PersonRow

HEADER = (
    _("Persona"), _("RUN (parcial)"), _("Correo"), _("Unidad"), _("Estamento"), _("Calidad jurídica"),
    _("Estado"), _("Unidades terminadas"), _("Unidades del curso"), _("Completado el"),
    _("Vigente hasta"), _("Resultado (%)"), _("Garantía"),
)  # fmt: skip


def _cells(row: PersonRow) -> list[object]:
    return [
        row.name, row.run_masked, row.email, row.unit, row.estamento, row.legal_quality,
        str(dict(STATES)[row.state]), row.units_done, row.units_total, row.completed_on, row.valid_until,
        row.percent, row.assurance,
    ]  # fmt: skip


def people_csv(rows: Iterator[PersonRow]) -> Iterator[str]:
    """Lines of the CSV, streamed, with a byte order mark so that spreadsheets read the accents."""
    yield "\ufeff"
    yield from csv_lines(header=[str(title) for title in HEADER], rows=(_cells(row) for row in rows))


def people_xlsx(rows: Iterator[PersonRow], *, title: str, cutoff: date) -> IO[bytes]:
    """The workbook in a temporary file, written row by row: bounded memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("Personas"))
    sheet.append([safe_cell(title), cutoff])
    sheet.append([str(title) for title in HEADER])
    for row in rows:
        sheet.append([safe_cell(value) for value in _cells(row)])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file
