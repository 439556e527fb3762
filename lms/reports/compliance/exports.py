"""The columns of the people of a course in a file; and what any file begins with, so that it opens well."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook

from lms.lib.spreadsheets import safe_cell
from lms.reports.compliance.filters import STATES
from lms.reports.compliance.selectors import PersonRow

HEADER = (
    _("Persona"), _("RUN (parcial)"), _("Correo"), _("Unidad"), _("Estamento"), _("Calidad jurídica"),
    _("Estado"), _("Unidades terminadas"), _("Unidades del curso"), _("Completado el"),
    _("Vigente hasta"), _("Resultado (%)"), _("Garantía"),
)  # fmt: skip


def cells_of(row: PersonRow) -> list[object]:
    """One person, in the order of the header."""
    return [
        row.name, row.run_masked, row.email, row.unit, row.estamento, row.legal_quality,
        str(dict(STATES)[row.state]), row.units_done, row.units_total, row.completed_on, row.valid_until,
        row.percent, row.assurance,
    ]  # fmt: skip


def with_byte_order_mark(lines: Iterator[str]) -> Iterator[str]:
    """The lines after the mark by which spreadsheets recognise UTF-8."""
    yield "\ufeff"
    yield from lines


def workbook(*, title: str, day: date, header: Sequence[str], rows: Iterable[Sequence[object]]) -> IO[bytes]:
    """One sheet in a temporary file: title and day, the header, the rows, written one by one."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("Personas"))
    sheet.append([safe_cell(title), day])
    sheet.append(list(header))
    for row in rows:
        sheet.append([safe_cell(value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file
