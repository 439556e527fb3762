"""Building rosters for tests: people, CSV and XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook

from lms.people.rosters.checking import RosterChecker, RosterRow
from lms.people.rosters.reading import open_roster
from tests.factories.people import make_run

KEY = "run-de-las-pruebas"
DAY = date(2026, 11, 1)
HEADER = (
    "RUN", "Nombres", "Apellidos", "Correo", "Unidad", "Estamento", "Calidad jurídica", "Desde", "Hasta",
)  # fmt: skip


def line(number: int = 1, **values: object) -> list[object]:
    """A correct row of person ``number``; ``run``, ``nombres``, … replace its cells."""
    cells: dict[str, object] = {
        "run": make_run(11_000_000 + number),
        "nombres": "María José",
        "apellidos": f"Peña {number}",
        "correo": f"p{number}@servicio.example",
        "unidad": "Finanzas",
        "estamento": "Profesional",
        "calidad": "Contrata",
        "desde": "01-03-2025",
        "hasta": "",
    }
    return list((cells | values).values())


def csv_file(
    lines: Iterable[Sequence[object]],
    *,
    header: Sequence[str] = HEADER,
    separator: str = ";",
    encoding: str = "utf-8",
) -> io.BytesIO:
    """A CSV file in memory."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(header)
    writer.writerows(lines)
    return io.BytesIO(text.getvalue().encode(encoding))


def xlsx_file(lines: Iterable[Sequence[object]], *, header: Sequence[str] = HEADER) -> io.BytesIO:
    """A workbook in memory."""
    book = Workbook()
    book.active.append(list(header))
    for cells in lines:
        book.active.append(list(cells))
    file = io.BytesIO()
    book.save(file)
    return file


def add_member(file: io.BytesIO, name: str, content: bytes) -> io.BytesIO:
    """The workbook with one more member, highly compressed."""
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file


def check_file(file: io.BytesIO, *, day: date = DAY) -> tuple[list[RosterRow], RosterChecker]:
    """All rows of a file, checked."""
    table = open_roster(file=file)
    checker = RosterChecker(headers=table.headers, roster_date=day, run_key=KEY)
    rows = [row for number, cells in table.rows if (row := checker.check(number, cells))]
    return rows, checker
