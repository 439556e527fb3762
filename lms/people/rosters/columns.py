"""Which column is which: headers are matched without regard to case, accents and punctuation."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.people.rosters.problems import FileProblem, RosterFileError


class Column(StrEnum):
    RUN = "run"
    DIGIT = "dv"
    GIVEN_NAMES = "nombres"
    FAMILY_NAMES = "apellidos"
    PATERNAL_NAME = "apellido_paterno"
    MATERNAL_NAME = "apellido_materno"
    EMAIL = "correo"
    UNIT = "unidad"
    UNIT_CODE = "codigo_unidad"
    UNIT_NAME = "nombre_unidad"
    ESTAMENTO = "estamento"
    LEGAL_QUALITY = "calidad_juridica"
    VALID_FROM = "desde"
    VALID_UNTIL = "hasta"


SYNONYMS: dict[Column, tuple[str, ...]] = {
    Column.RUN: (
        "run",
        "rut",
        "r u n",
        "r u t",
        "n run",
        "n rut",
        "numero run",
        "numero de run",
        "run con dv",
        "rut con dv",
        "run completo",
        "rut completo",
        "run funcionario",
        "rut funcionario",
        "cedula",
        "cedula de identidad",
    ),
    Column.DIGIT: ("dv", "digito verificador", "digito", "d v"),
    Column.GIVEN_NAMES: ("nombres", "nombre", "nombre s", "nombres de pila"),
    Column.FAMILY_NAMES: ("apellidos", "apellido", "apellido s"),
    Column.PATERNAL_NAME: ("apellido paterno", "paterno", "primer apellido", "ap paterno"),
    Column.MATERNAL_NAME: ("apellido materno", "materno", "segundo apellido", "ap materno"),
    Column.EMAIL: (
        "correo",
        "correo electronico",
        "correo institucional",
        "email",
        "e mail",
        "mail",
        "casilla",
    ),
    Column.UNIT: (
        "unidad",
        "unidad de desempeno",
        "unidad o departamento",
        "dependencia",
        "departamento",
        "area",
    ),
    Column.UNIT_CODE: (
        "codigo unidad",
        "codigo de unidad",
        "codigo de la unidad",
        "cod unidad",
        "id unidad",
    ),
    Column.UNIT_NAME: ("nombre unidad", "nombre de unidad", "nombre de la unidad"),
    Column.ESTAMENTO: ("estamento", "escalafon"),
    Column.LEGAL_QUALITY: (
        "calidad juridica",
        "calidad",
        "calidad contractual",
        "tipo de contrato",
        "tipo contrato",
    ),
    Column.VALID_FROM: (
        "desde",
        "fecha desde",
        "inicio",
        "fecha inicio",
        "fecha de inicio",
        "fecha ingreso",
        "fecha de ingreso",
    ),
    Column.VALID_UNTIL: (
        "hasta",
        "fecha hasta",
        "termino",
        "fecha termino",
        "fecha de termino",
        "vigente hasta",
    ),
}

_BY_NAME = {name: column for column, names in SYNONYMS.items() for name in (*names, column.replace("_", " "))}

_ALTERNATIVES: tuple[tuple[Column, ...], ...] = (
    (Column.RUN,),
    (Column.GIVEN_NAMES,),
    (Column.FAMILY_NAMES, Column.PATERNAL_NAME),
    (Column.UNIT, Column.UNIT_CODE, Column.UNIT_NAME),
    (Column.ESTAMENTO,),
    (Column.LEGAL_QUALITY,),
)
"""Of each group one column is required; the first is the one we ask for."""

_NOT_WORD = re.compile(r"[\W_]+")


def plain_words(text: str) -> str:
    """``"  Calidad  JURÍDICA:"`` → ``"calidad juridica"``: lower case, no accents, single spaces."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", text).strip().casefold()


@dataclass(frozen=True)
class Headers:
    """Where each recognised column is (0 = first)."""

    positions: dict[Column, int]

    @property
    def width(self) -> int:
        """How many cells of a row matter."""
        return max(self.positions.values(), default=-1) + 1

    def has(self, column: Column) -> bool:
        return column in self.positions

    def missing(self) -> list[Column]:
        """Required columns that are absent, by the name we ask for."""
        return [group[0] for group in _ALTERNATIVES if not any(self.has(column) for column in group)]


def match_headers(cells: Sequence[object]) -> Headers:
    """The columns recognised in one row; unknown ones are ignored.

    Raises:
        RosterFileError: one column stands twice, so that we cannot know which to read.
    """
    positions: dict[Column, int] = {}
    for position, cell in enumerate(cells):
        column = _BY_NAME.get(plain_words(cell)) if isinstance(cell, str) else None
        if column is None:
            continue
        if column in positions:
            raise RosterFileError(FileProblem.REPEATED_COLUMN, column)
        positions[column] = position
    return Headers(positions)


def find_header(rows: Sequence[Sequence[object]]) -> tuple[int, Headers]:
    """The row that names the columns, and what it names; titles may stand above it.

    Raises:
        RosterFileError: no row names all required columns (``detail``: those that are missing).
    """
    best = Headers({})
    for index, cells in enumerate(rows):
        words = [cell for cell in cells if isinstance(cell, str)]
        if not any(_BY_NAME.get(plain_words(word)) is Column.RUN for word in words):
            continue
        headers = match_headers(cells)
        if not headers.missing():
            return index, headers
        if len(headers.positions) > len(best.positions):
            best = headers
    raise RosterFileError(FileProblem.MISSING_COLUMNS, ",".join(best.missing()))
