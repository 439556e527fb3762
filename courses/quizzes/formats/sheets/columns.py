"""The columns of a sheet: how we call them, how others may, and where they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from courses.quizzes.formats.sheets.cells import fold

MOST_OPTIONS = 10
HEADER_WITHIN = 20
"""The titles must be among this many first rows."""


class Column(StrEnum):
    """The values are the titles that we write."""

    KEY = "clave"
    KIND = "tipo"
    COMPETENCE = "competencia"
    DIFFICULTY = "dificultad"
    TAGS = "etiquetas"
    STEM = "pregunta"
    CORRECT = "correctas"
    NUMBER = "respuesta"
    TOLERANCE = "tolerancia"
    UNIT = "unidad"
    WRONG = "si no acierta"
    SOURCE = "fuente"
    REVIEW = "repaso"
    EXTRA = "datos"


OPTION, FEEDBACK = "alternativa", "retroalimentación"

_OTHER_TITLES: Mapping[str, Column] = {
    "codigo": Column.KEY,
    "enunciado": Column.STEM,
    "correcta": Column.CORRECT,
    "respuesta correcta": Column.CORRECT,
    "respuestas correctas": Column.CORRECT,
    "tags": Column.TAGS,
    "unidades": Column.UNIT,
    "norma": Column.SOURCE,
    "leccion para repasar": Column.REVIEW,
}
_TITLES: Mapping[str, Column] = {**{fold(column): column for column in Column}, **_OTHER_TITLES}
_NUMBERED = re.compile(
    r"(?:(alternativa|opcion)|(retroalimentacion|comentario|explicacion)) ?(?:(\d{1,2})|([a-j]))"
)

Title = Column | tuple[str, int]
"""One column, or ``("alternativa", 3)``."""

_BEFORE = (
    Column.KEY,
    Column.KIND,
    Column.COMPETENCE,
    Column.DIFFICULTY,
    Column.TAGS,
    Column.STEM,
    Column.CORRECT,
)
_AFTER = (
    Column.NUMBER,
    Column.TOLERANCE,
    Column.UNIT,
    Column.WRONG,
    Column.SOURCE,
    Column.REVIEW,
    Column.EXTRA,
)
_NUMBERS = range(1, MOST_OPTIONS + 1)
TITLES: tuple[Title, ...] = (
    *_BEFORE,
    *((OPTION, number) for number in _NUMBERS),
    *((FEEDBACK, number) for number in _NUMBERS),
    *_AFTER,
)
"""Our columns, in order."""


@dataclass(frozen=True)
class Row:
    """A row by its columns; the texts are those of :func:`~cells.cell_text`."""

    cells: Mapping[Title, str]

    def get(self, title: Title) -> str:
        return self.cells.get(title, "")

    def options(self) -> Iterator[tuple[int, str, str]]:
        """Number, text and feedback of each that is filled in."""
        for number in range(1, 100):
            if text := self.get((OPTION, number)):
                yield number, text, self.get((FEEDBACK, number))


def title_text(title: Title) -> str:
    """``alternativa 3``"""
    return str(title) if isinstance(title, Column) else f"{title[0]} {title[1]}"


def find_title(text: str) -> Title | None:
    """The column that a title names, if it is one of ours."""
    folded = fold(text)
    if found := _TITLES.get(folded):
        return found
    match = _NUMBERED.fullmatch(folded)
    if not match:
        return None
    number = int(match[3]) if match[3] else ord(match[4]) - ord("a") + 1
    return (OPTION if match[1] else FEEDBACK), number


def find_titles(cells: Sequence[str]) -> dict[Title, int]:
    """Where each column is, if the row has our titles: the question, and how it is answered. Else empty."""
    found: dict[Title, int] = {}
    for place, text in enumerate(cells):
        title = find_title(text)
        if title is not None:
            found.setdefault(title, place)
    is_ours = Column.STEM in found and (
        Column.EXTRA in found or (OPTION, 1) in found or Column.NUMBER in found
    )
    return found if is_ours else {}
