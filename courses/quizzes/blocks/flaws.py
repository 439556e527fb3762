"""What an author has to mend in a question, in the author's words."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.quizzes.rules.kinds.base import Flaw

FLAWS: dict[Flaw, Promise] = {
    Flaw.FEW_OPTIONS: _("Escribe al menos dos alternativas."),
    Flaw.SAME_OPTION: _("Hay dos textos iguales. Cambia uno."),
    Flaw.ONE_CORRECT: _("Marca exactamente una alternativa correcta."),
    Flaw.SOME_CORRECT: _("Marca dos o más correctas, y deja al menos una incorrecta."),
    Flaw.FEW_PAIRS: _("Escribe al menos dos pares, con dos cosas distintas a la derecha."),
    Flaw.SAME_PAIR: _(
        "Lo de la izquierda no se repite, y lo que sobra a la derecha no puede ser la pareja de nadie."
    ),
    Flaw.FEW_ITEMS: _("Escribe al menos tres cosas que ordenar."),
    Flaw.NO_NUMBER: _("Escribe el número correcto."),
    Flaw.NEGATIVE_TOLERANCE: _("La tolerancia es cero o más."),
    Flaw.BAD_UNIT: _("La primera unidad vale 1; las demás, más de cero. Ninguna se repite."),
    Flaw.NO_VARIANT: _(
        "Escribe al menos una respuesta que se acepta; un asterisco solo las aceptaría todas."
    ),
    Flaw.NO_FULL_VARIANT: _("Al menos una respuesta debe valer el 100 %."),
    Flaw.BAD_CREDIT: _("El porcentaje va de 1 a 100; en un caso con varias salidas, de 0 a 100."),
    Flaw.NO_GAP: _("Agrega al menos un espacio por completar."),
    Flaw.GAP_MISSING: _(
        "En el texto va {{1}} donde está el primer espacio, {{2}} el segundo, cada uno una vez."
    ),
    Flaw.BAD_AREA: _("Cada zona debe caber en la imagen: de 0 a 100 %."),
    Flaw.NO_LABEL: _("Nombra cada zona: así la elige quien no usa el ratón."),
    Flaw.NO_PARTS: _("Escribe al menos dos preguntas, cada una con su enunciado."),
    Flaw.BAD_PART: _("Una de las partes no puede ir dentro de esta pregunta."),
    Flaw.NO_CRITERIA: _("Escribe al menos un criterio, con su nombre."),
    Flaw.FEW_LEVELS: _("Cada criterio necesita dos niveles o más, del que da menos puntos al que da más."),
    Flaw.NO_IMAGE: _("Elige la imagen y describe lo que se ve en ella."),
}


def describe_flaws(flaws: Iterable[Flaw]) -> list[str]:
    """One sentence each, each once."""
    return [str(FLAWS[flaw]) for flaw in dict.fromkeys(flaws)]
