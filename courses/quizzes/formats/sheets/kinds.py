"""The kinds of questions in a trainer's words."""

from collections.abc import Mapping

from courses.quizzes.formats.sheets.cells import fold
from courses.quizzes.rules import QuestionKind

KIND_NAMES: Mapping[QuestionKind, str] = {
    QuestionKind.SINGLE: "Una respuesta",
    QuestionKind.MULTIPLE: "Varias respuestas",
    QuestionKind.TRUE_FALSE: "Verdadero o falso",
    QuestionKind.MATCHING: "Unir pares",
    QuestionKind.ORDERING: "Ordenar",
    QuestionKind.NUMERIC: "Número",
    QuestionKind.SHORT_TEXT: "Texto corto",
    QuestionKind.CLOZE: "Completar el texto",
    QuestionKind.HOTSPOT: "Señalar en una imagen",
    QuestionKind.JUDGEMENT: "Dilema con consecuencias",
    QuestionKind.CASE: "Caso con varias preguntas",
    QuestionKind.OPEN: "Respuesta abierta",
}
"""As the editor calls them."""

_OTHERS: Mapping[str, QuestionKind] = {
    "opcion unica": QuestionKind.SINGLE,
    "seleccion unica": QuestionKind.SINGLE,
    "alternativas": QuestionKind.SINGLE,
    "opcion multiple": QuestionKind.SINGLE,
    "seleccion multiple": QuestionKind.MULTIPLE,
    "verdadero/falso": QuestionKind.TRUE_FALSE,
    "verdadero falso": QuestionKind.TRUE_FALSE,
    "v/f": QuestionKind.TRUE_FALSE,
    "v o f": QuestionKind.TRUE_FALSE,
    "pares": QuestionKind.MATCHING,
    "terminos pareados": QuestionKind.MATCHING,
    "orden": QuestionKind.ORDERING,
    "ordenamiento": QuestionKind.ORDERING,
    "numerica": QuestionKind.NUMERIC,
    "respuesta corta": QuestionKind.SHORT_TEXT,
    "completar": QuestionKind.CLOZE,
    "imagen": QuestionKind.HOTSPOT,
    "dilema": QuestionKind.JUDGEMENT,
    "caso": QuestionKind.CASE,
    "desarrollo": QuestionKind.OPEN,
    "abierta": QuestionKind.OPEN,
}
_KINDS: Mapping[str, QuestionKind] = {
    **_OTHERS,
    **{fold(kind): kind for kind in QuestionKind},
    **{fold(name): kind for kind, name in KIND_NAMES.items()},
}


def find_kind(text: str) -> QuestionKind | None:
    """The kind that is called so: our name, one that people use, or the code."""
    return _KINDS.get(fold(text))
