"""Findings in the author's words: what is wrong, what to do, and who says so."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.quality.rules import Finding, Rule

PLAIN_LANGUAGE = _("Lenguaje claro")


@dataclass(frozen=True)
class RuleWords:
    """``what``: with the finding's data in it. ``advice``: how to mend it. ``source``: of the rule."""

    what: Promise
    advice: Promise
    source: Promise | str


WORDS: dict[Rule, RuleWords] = {
    Rule.SUMMARY_MISSING: RuleWords(
        _("Falta decir qué se aprende en la lección."),
        _("Escríbelo en una línea: se lee en el programa del curso."),
        _("Regla de esta plataforma"),
    ),
    Rule.HEADING_EMPTY: RuleWords(
        _("Hay un título sin texto."),
        _("Bórralo: quien usa un lector de pantalla oye un título vacío."),
        "WCAG 2.2, 2.4.6",
    ),
    Rule.HEADING_SKIPPED: RuleWords(
        _("El título «%(heading)s» se salta un nivel."),
        _("Usa primero un título de nivel 2 y dentro de él los de nivel 3."),
        "WCAG 2.2, 1.3.1 (G141)",
    ),
    Rule.HEADING_MISSING: RuleWords(
        _("El texto tiene %(words)d palabras y ningún título."),
        _("Divídelo con títulos que digan qué viene."),
        "WCAG 2.2, 2.4.10",
    ),
    Rule.HEADING_FAKE: RuleWords(
        _("«%(text)s» parece un título, pero es un párrafo en negrita."),
        _("Si es un título, dale ese formato."),
        "WCAG 2.2, 1.3.1 (F2)",
    ),
    Rule.IMAGE_WITHOUT_ALT: RuleWords(
        _("Hay una imagen sin texto alternativo."),
        _("Escribe qué dice la imagen a quien no la ve, o márcala como decorativa."),
        "WCAG 2.2, 1.1.1",
    ),
    Rule.ALT_SAYS_NOTHING: RuleWords(
        _("El texto alternativo «%(alt)s» no dice qué muestra la imagen."),
        _("Escribe lo que la imagen dice, no cómo se llama su archivo."),
        "WCAG 2.2, 1.1.1 (F30)",
    ),
    Rule.ALT_LONG: RuleWords(
        _("El texto alternativo tiene %(count)d caracteres; se espera un máximo de %(limit)d."),
        _("Deja lo esencial y lleva el resto al texto o al pie de la imagen."),
        _("Regla de esta plataforma"),
    ),
    Rule.VIDEO_WITHOUT_CAPTIONS: RuleWords(
        _("El video «%(title)s» no tiene subtítulos."),
        _("Sube el archivo de subtítulos, en formato VTT."),
        "WCAG 2.2, 1.2.2",
    ),
    Rule.VIDEO_WITHOUT_TRANSCRIPT: RuleWords(
        _("El video «%(title)s» no tiene transcripción."),
        _("Escribe lo que se dice y lo que se ve."),
        "WCAG 2.2, 1.2.3 (G69)",
    ),
    Rule.CONTRAST_LOW: RuleWords(
        _("«%(text)s» se distingue poco de su fondo: contraste %(ratio).1f, se pide %(limit).1f."),
        _("Quita el color puesto a mano: el del sitio cumple."),
        "WCAG 2.2, 1.4.3",
    ),
    Rule.TABLE_WITHOUT_HEADERS: RuleWords(
        _("La tabla que empieza con «%(words)s» no tiene encabezados."),
        _("Marca como encabezado la primera fila o la primera columna."),
        "WCAG 2.2, 1.3.1 (H51)",
    ),
    Rule.TABLE_WITHOUT_CAPTION: RuleWords(
        _("La tabla que empieza con «%(words)s» no tiene título."),
        _("Di en una línea qué muestra."),
        "WCAG 2.2, 1.3.1 (H39)",
    ),
    Rule.LINK_GONE: RuleWords(
        _("El enlace %(url)s lleva a una página que ya no existe."),
        _("Busca la dirección nueva o quita el enlace."),
        _("Revisión de enlaces"),
    ),
    Rule.LINK_FAILS: RuleWords(
        _("El enlace %(url)s no respondió bien la última vez."),
        _("Ábrelo: puede ser una falla del otro sitio. Se revisa de nuevo cada día."),
        _("Revisión de enlaces"),
    ),
    Rule.LINK_SAYS_NOTHING: RuleWords(
        _("El enlace «%(text)s» no dice adónde lleva (%(url)s)."),
        _("Enlaza palabras que se entiendan solas, como el nombre del documento."),
        "WCAG 2.2, 2.4.4 (F63)",
    ),
    Rule.READING_HARD: RuleWords(
        _("La lección es %(level)s de leer: INFLESZ %(score)d, se espera %(limit)d o más."),
        _("Acorta las oraciones y cambia palabras largas por otras de todos los días."),
        _("Escala INFLESZ (Barrio-Cantalejo, 2008)"),
    ),
    Rule.SENTENCE_LONG: RuleWords(
        _("Una oración tiene %(words)d palabras: «%(beginning)s…»."),
        _("Pártela en dos: una idea en cada una."),
        PLAIN_LANGUAGE,
    ),
    Rule.ACRONYM_UNEXPLAINED: RuleWords(
        _("La sigla «%(acronym)s» no está explicada."),
        _("Escribe el nombre entero la primera vez, con la sigla entre paréntesis, o agrégala al glosario."),
        "WCAG 2.2, 3.1.4 (G97)",
    ),
    Rule.JARGON: RuleWords(
        _("«%(word)s» es jerga."),
        _("Prueba con «%(plainer)s»."),
        PLAIN_LANGUAGE,
    ),
    Rule.LAW_OUTDATED: RuleWords(
        _("La tarjeta de %(law)s se escribió con la versión del %(read)s; la vigente es del %(version)s."),
        _("Lee el texto vigente, corrige el resumen si cambió y pon la fecha nueva."),
        _("Biblioteca del Congreso Nacional"),
    ),
    Rule.LAW_WITHOUT_VERSION: RuleWords(
        _("La tarjeta de %(law)s no dice qué versión se leyó."),
        _("Pon la fecha del texto que leíste."),
        _("Biblioteca del Congreso Nacional"),
    ),
    Rule.CHECK_WITHOUT_FEEDBACK: RuleWords(
        _("En la pregunta «%(key)s», la alternativa «%(option)s» no explica nada a quien la elige."),
        _("Escribe por qué sí o por qué no."),
        _("Regla de esta plataforma"),
    ),
    Rule.QUESTION_WITHOUT_FEEDBACK: RuleWords(
        _("La pregunta «%(key)s» del banco no explica nada a quien se equivoca."),
        _("Escribe una explicación: la ve después de responder la evaluación."),
        _("Regla de esta plataforma"),
    ),
    Rule.COMPETENCE_WITHOUT_QUESTIONS: RuleWords(
        _("Ninguna pregunta del banco mide %(code)s, %(name)s."),
        _("Escribe preguntas de esa competencia o quítala del curso: el certificado la nombra."),
        _("Regla de esta plataforma"),
    ),
    Rule.PAGE_HEAVY: RuleWords(
        _("La página pesa %(kib)d KiB; el máximo es %(limit)d KiB."),
        _("Divide la lección en dos."),
        _("Regla de esta plataforma"),
    ),
}


def tell(finding: Finding) -> str:
    """What is wrong, one sentence."""
    return str(WORDS[finding.rule].what) % finding.data


def advise(finding: Finding) -> str:
    """What to do about it, one sentence."""
    return str(WORDS[finding.rule].advice) % finding.data
