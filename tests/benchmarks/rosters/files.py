"""Large rosters as files: sixteen columns, invented people, a unit tree of 2,000."""

import csv
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook
from stdnum.cl import rut

HEADER = (
    "RUN", "Nombres", "Apellidos", "Correo", "Código unidad", "Nombre unidad", "Código unidad superior",
    "Estamento", "Calidad jurídica", "Grado", "Cargo", "Región", "Desde", "Hasta", "Ausente desde",
    "Ausente hasta",
)  # fmt: skip
UNITS = 2_000
_FIRST_RUN = 5_000_000
_NAMES = ("María José", "Juan Carlos", "Camila", "Pedro", "Ana Luisa", "Felipe", "Rosa", "Ignacio")
_FAMILIES = ("Soto", "Muñoz", "Rojas", "Díaz", "Pérez", "Núñez", "Contreras", "Silva", "Sepúlveda")
_ESTAMENTOS = ("Profesionales", "Técnicos", "Administrativos", "Auxiliares", "Directivos")


def person(number: int, *, is_later: bool = False) -> list[str]:
    """A row; in the later roster every tenth person has moved, every twentieth another grade."""
    unit = (number + (1 if is_later and number % 10 == 0 else 0)) % UNITS
    grade = number % 20 + (1 if is_later and number % 20 == 3 else 0)
    away = number % 50 == 0
    return [
        _run(_FIRST_RUN + number),
        _NAMES[number % 8],
        f"{_FAMILIES[number % 9]} {_FAMILIES[number // 9 % 9]}",
        f"persona{number}@servicio.example",
        f"U{unit:05d}",
        f"Unidad número {unit}",
        f"U{unit // 10:05d}" if unit else "",
        _ESTAMENTOS[number % 5],
        "Planta" if number % 3 else "Contrata",
        str(grade),
        f"Cargo {number % 300}",
        str(number % 16 + 1),
        "01-03-2025",
        "",
        "01-10-2026" if away else "",
        "31-12-2026" if away else "",
    ]


def _run(number: int) -> str:
    return f"{number}-{rut.calc_check_digit(str(number))}"


def rows(count: int, *, is_later: bool = False) -> Iterator[list[str]]:
    """The later roster leaves out the last tenth and brings as many new people."""
    yield from (
        person(number, is_later=is_later) for number in range(count - (count // 10 if is_later else 0))
    )
    if is_later:
        yield from (person(number) for number in range(count, count + count // 10))


def write_file(path: Path, count: int, *, is_later: bool = False) -> None:
    """A CSV or an XLSX, by the name's ending."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEADER)
            writer.writerows(rows(count, is_later=is_later))
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADER)
    for cells in rows(count, is_later=is_later):
        sheet.append(cells)
    book.save(path)
