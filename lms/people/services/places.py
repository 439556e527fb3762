"""Loading the institutions of the State from a table of codes."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from lms.people.models import Institution

COLUMNS = (
    "codigo",
    "nombre",
    "tipo",
    "depende_de",
    "vigente_desde",
    "vigente_hasta",
    "sucesora",
    "fuente",
)
KINDS = {
    "ministerio": Institution.Kind.MINISTRY,
    "servicio": Institution.Kind.SERVICE,
    "municipalidad": Institution.Kind.MUNICIPALITY,
    "otro": Institution.Kind.OTHER,
}


class InstitutionTableError(ValueError):
    """The table cannot be loaded; the message names the row and says what to do. Nothing is written."""


@dataclass(frozen=True)
class InstitutionRow:
    """A row of the table; ``parent`` and ``successor`` are codes or empty. ``number``: in the file."""

    number: int
    code: str
    name: str
    kind: str
    parent: str
    successor: str
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True)
class LoadedInstitutions:
    """How many institutions the table created, changed and left as they were."""

    created: int
    changed: int
    unchanged: int


def read_institutions(*, lines: Iterable[str]) -> list[InstitutionRow]:
    """The rows of a CSV with the columns of ``COLUMNS``; ``fuente`` is for readers and not stored.

    Raises:
        InstitutionTableError: a column is missing, a value is wrong, or a code stands twice.
    """
    reader = csv.DictReader(lines)
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise InstitutionTableError(f"Faltan columnas: {', '.join(sorted(missing))}.")
    rows = [_read_row(number, cells) for number, cells in enumerate(reader, start=2)]
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(row.code, row.number)
        if first != row.number:
            raise InstitutionTableError(
                f"Fila {row.number}: el código {row.code} ya está en la fila {first}."
            )
    return rows


def _read_row(number: int, cells: dict[str, str | None]) -> InstitutionRow:
    values = {column: (cells.get(column) or "").strip() for column in COLUMNS}
    kind = KINDS.get(values["tipo"].lower())
    if kind is None:
        raise InstitutionTableError(f"Fila {number}: tipo debe ser uno de {', '.join(KINDS)}.")
    if not values["nombre"] or len(values["nombre"]) > 255:
        raise InstitutionTableError(f"Fila {number}: nombre falta o es demasiado largo.")
    try:
        validate_slug(values["codigo"])
    except ValidationError:
        raise InstitutionTableError(
            f"Fila {number}: el código lleva solo letras sin tilde, números y guiones."
        ) from None
    if len(values["codigo"]) > 40:
        raise InstitutionTableError(f"Fila {number}: el código tiene más de 40 caracteres.")
    valid_from = _read_date(number, "vigente_desde", values)
    valid_until = _read_date(number, "vigente_hasta", values)
    if valid_from and valid_until and valid_until < valid_from:
        raise InstitutionTableError(f"Fila {number}: vigente_hasta es anterior a vigente_desde.")
    return InstitutionRow(
        number=number,
        code=values["codigo"],
        name=values["nombre"],
        kind=kind,
        parent=values["depende_de"],
        successor=values["sucesora"],
        valid_from=valid_from,
        valid_until=valid_until,
    )


def _read_date(number: int, column: str, values: dict[str, str]) -> date | None:
    if not values[column]:
        return None
    try:
        return date.fromisoformat(values[column])
    except ValueError:
        raise InstitutionTableError(f"Fila {number}: {column} se escribe aaaa-mm-dd.") from None


@transaction.atomic
def load_institutions(*, rows: list[InstitutionRow]) -> LoadedInstitutions:
    """Create or correct institutions by code; those not in the table stay. Safe to repeat.

    Four queries and one per 100 changed institutions.

    Raises:
        InstitutionTableError: a parent or successor is neither in the table nor recorded.
    """
    known = {institution.code: institution for institution in Institution.objects.all()}
    new = [Institution(code=row.code, name=row.name, kind=row.kind) for row in rows if row.code not in known]
    Institution.objects.bulk_create(new)
    known.update({institution.code: institution for institution in new})
    changed = [known[row.code] for row in rows if _update(known[row.code], row, known)]
    fields = ["name", "kind", "parent", "successor", "valid_from", "valid_until"]
    Institution.objects.bulk_update(changed, fields, batch_size=100)
    created_codes = {institution.code for institution in new}
    corrected = sum(institution.code not in created_codes for institution in changed)
    return LoadedInstitutions(created=len(new), changed=corrected, unchanged=len(rows) - len(new) - corrected)


def _update(institution: Institution, row: InstitutionRow, known: dict[str, Institution]) -> bool:
    """Give the institution the row's values; whether any differed."""
    wanted = {
        "name": row.name,
        "kind": row.kind,
        "parent_id": _id_of(row, row.parent, known),
        "successor_id": _id_of(row, row.successor, known),
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
    }
    different = {name: value for name, value in wanted.items() if getattr(institution, name) != value}
    for name, value in different.items():
        setattr(institution, name, value)
    return bool(different)


def _id_of(row: InstitutionRow, code: str, known: dict[str, Institution]) -> int | None:
    if not code:
        return None
    if code not in known or code == row.code:
        raise InstitutionTableError(f"Fila {row.number}: no existe la institución {code}.")
    return known[code].pk
