"""What happened to a file and its questions, in the words of whoever imports them."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.quizzes.blocks.flaws import describe_flaws
from courses.quizzes.formats.base import Adapted, FileProblem, QuestionFileError, Refusal, RefusedQuestion

FILE_PROBLEMS: dict[FileProblem, Promise] = {
    FileProblem.TOO_LARGE: _("El archivo es demasiado grande: lo más son 20 MB."),
    FileProblem.TOO_MANY: _("El archivo tiene más de 2000 preguntas. Sepáralo en varios."),
    FileProblem.NOT_THIS_FORMAT: _(
        "No reconocemos el archivo. Debe ser una planilla con nuestras columnas, o un archivo GIFT, "
        "Moodle XML o QTI."
    ),
    FileProblem.BROKEN: _("El archivo está dañado o incompleto. Vuelve a exportarlo desde su origen."),
    FileProblem.HOSTILE: _("El archivo tiene partes que no son seguras y no lo abrimos."),
    FileProblem.NO_QUESTIONS: _("El archivo no tiene preguntas."),
}

ADAPTED: dict[Adapted, Promise] = {
    Adapted.FORMATTING_LEFT_OUT: _("Se quitó el formato del texto (negritas, tablas, enlaces)."),
    Adapted.PICTURE_LEFT_OUT: _("Se quitó una imagen, un sonido o un video."),
    Adapted.TEXT_SHORTENED: _("Se acortó un texto demasiado largo."),
    Adapted.PENALTY_LEFT_OUT: _("Se quitó el descuento por intento o por respuesta incorrecta."),
    Adapted.CREDIT_REPLACED: _("Cambió cómo se reparten los puntos: revisa cuánto vale cada respuesta."),
    Adapted.GENERAL_FEEDBACK_LEFT_OUT: _(
        "Se quitó el comentario general: aquí cada respuesta tiene el suyo."
    ),
    Adapted.WEIGHT_LEFT_OUT: _("Se quitó el puntaje de la pregunta: aquí todas valen lo mismo."),
    Adapted.ANSWERS_MERGED: _("Se juntaron respuestas que decían lo mismo."),
    Adapted.PATTERN_LEFT_OUT: _("Se quitó una respuesta escrita como patrón o expresión regular."),
    Adapted.RANGE_AS_TOLERANCE: _("Un rango de números se guardó como un número con tolerancia."),
    Adapted.SHUFFLE_REPLACED: _("Cambió si las alternativas se mezclan."),
    Adapted.RUBRIC_ADDED: _("Se agregó una rúbrica sencilla para corregirla: complétala."),
    Adapted.SPLIT_INTO_GAPS: _("Se convirtió en un texto por completar."),
}

REFUSALS: dict[Refusal, Promise] = {
    Refusal.UNKNOWN_KIND: _("Es de un tipo que aquí no existe."),
    Refusal.NEEDS_A_SCRIPT: _("Necesita un programa para responderse o corregirse."),
    Refusal.NEEDS_A_PICTURE: _("Se responde sobre una imagen que no viene en el archivo."),
    Refusal.CALCULATED: _("Calcula sus números cada vez, y aquí las preguntas son fijas."),
    Refusal.BROKEN: _("Está incompleta o mal escrita y no se entiende cómo se responde."),
    Refusal.NO_TEXT: _("Le falta un texto: el de la pregunta o el de una de sus partes."),
    Refusal.CANNOT_BE_ASKED: _("Así no se puede preguntar."),
    Refusal.NESTED: _("Tiene preguntas dentro de preguntas que aquí no caben."),
    Refusal.TOO_LONG: _("Tiene un texto o un número demasiado largo, o demasiadas partes."),
}


def describe_problem(error: QuestionFileError) -> str:
    """Why a file could not be read, and in which line."""
    words = str(FILE_PROBLEMS[error.problem])
    if error.line is None:
        return words
    return gettext("%(problem)s (Línea %(line)d.)") % {"problem": words, "line": error.line}


def describe_adapted(adapted: Iterable[Adapted]) -> list[str]:
    """One sentence each."""
    return [str(ADAPTED[one]) for one in adapted]


def describe_refusal(refused: RefusedQuestion) -> list[str]:
    """Why it was left out, and what its author has to mend."""
    return [str(REFUSALS[refused.refusal]), *describe_flaws(refused.flaws)]
