"""Which column is which, without regard to case, accents and punctuation. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from lms.lib.words import plain_words


class Column(StrEnum):
    RUN = "run"
    EMAIL = "correo"
    COURSE = "curso"
    DAY = "fecha"
    MINUTES = "minutos"
    RESULT = "resultado"


_SYNONYMS: dict[Column, tuple[str, ...]] = {
    Column.RUN: ("run", "rut", "r u n", "run con dv", "rut con dv", "run completo", "rut completo"),
    Column.EMAIL: ("correo", "correo electronico", "correo institucional", "email", "e mail", "mail"),
    Column.COURSE: ("curso", "codigo", "codigo curso", "codigo de curso", "codigo del curso", "cod curso"),
    Column.DAY: ("fecha", "fecha termino", "fecha de termino", "completado", "completado el", "fecha curso"),
    Column.MINUTES: ("minutos", "duracion", "duracion en minutos", "duracion minutos"),
    Column.RESULT: ("resultado", "porcentaje", "resultado en porcentaje", "logro"),
}
_BY_NAME = {name: column for column, names in _SYNONYMS.items() for name in names}
_REQUIRED = (Column.COURSE, Column.DAY, Column.MINUTES)


@dataclass(frozen=True)
class Titles:
    """Where the columns are: row (0 = first) and place of each (0 = first)."""

    row: int
    places: dict[Column, int]

    @property
    def missing(self) -> tuple[Column, ...]:
        """Required columns that are absent; of RUN and address one is enough."""
        who = () if {Column.RUN, Column.EMAIL} & self.places.keys() else (Column.RUN,)
        return (*who, *(column for column in _REQUIRED if column not in self.places))

    @property
    def width(self) -> int:
        """How many cells of a row matter."""
        return max(self.places.values(), default=-1) + 1


def find_titles(rows: Sequence[Sequence[object]]) -> Titles:
    """The first row that names all required columns, else the one that names most of them."""
    best = Titles(0, {})
    for index, cells in enumerate(rows):
        places: dict[Column, int] = {}
        for place, cell in enumerate(cells):
            column = _BY_NAME.get(plain_words(cell)) if isinstance(cell, str) else None
            if column is not None:
                places.setdefault(column, place)
        titles = Titles(index, places)
        if not titles.missing:
            return titles
        if len(places) > len(best.places):
            best = titles
    return best
