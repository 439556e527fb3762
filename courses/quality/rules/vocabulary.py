"""Words that not everybody knows: acronyms that nobody explained, jargon that the glossary replaces."""

import re
from collections.abc import Iterator, Mapping

from courses.glossary import Term, pattern_of
from courses.quality.rules.findings import Finding, Rule
from courses.quality.rules.snapshot import CourseText, LessonText

KNOWN = frozenset({
    "RUN", "RUT", "PDF", "CD", "DVD", "TV", "OK", "SMS", "GPS", "COVID", "II", "III", "IV", "VI", "VII",
    "VIII", "IX", "XI", "XII", "XIX", "XX", "XXI",
})  # fmt: skip
"""Read as words by everybody, and Roman numerals: ours."""

_ACRONYM = re.compile(r"(?<![\w.-])[A-ZÁÉÍÓÚÑ]{2,8}(?![\w-])")
_SHOUTED = re.compile(r"\b[A-ZÁÉÍÓÚÑ]{2,}(?:\s+[A-ZÁÉÍÓÚÑ]{2,}){2,}\b")


def check_acronyms(course: CourseText) -> Iterator[Finding]:
    """An acronym is explained where it first stands, or by the glossary (WCAG 2.2, 3.1.4, technique G97).

    Explained is ``Nombre entero (SIGLA)`` or ``SIGLA (nombre entero)``, anywhere in the course up to
    there; each is told once.
    """
    known = set(KNOWN) | {form for term in course.terms for form in term.forms}
    for lesson in course.lessons:
        text = _lesson_text(lesson)
        known |= set(re.findall(r"\(([A-ZÁÉÍÓÚÑ]{2,8})\)", text))
        known |= set(re.findall(r"\b([A-ZÁÉÍÓÚÑ]{2,8})\s+\([^)]{6,}\)", text))
        for block in lesson.blocks:
            known |= {str(block.value.get("term"))} if block.kind == "glossary" else set()
        for block in lesson.blocks:
            for acronym in _ACRONYM.findall(_SHOUTED.sub("", block.text)):
                if acronym not in known:
                    known.add(acronym)
                    yield Finding(
                        Rule.ACRONYM_UNEXPLAINED, lesson.key, block.id, acronym, {"acronym": acronym}
                    )


def check_jargon(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """Words that the glossary knows a plainer one for (plain language guides)."""
    plainer: Mapping[str, Term] = {word.casefold(): term for term in course.terms for word in term.avoid}
    if not plainer:
        return
    pattern = pattern_of(plainer)
    for block in lesson.blocks:
        found = dict.fromkeys(match[1].casefold() for match in pattern.finditer(block.text))
        for word in found:
            data = {"word": word, "plainer": plainer[word].term}
            yield Finding(Rule.JARGON, lesson.key, block.id, word, data)


def _lesson_text(lesson: LessonText) -> str:
    return "\n".join([lesson.title, lesson.summary, *(block.text for block in lesson.blocks)])
