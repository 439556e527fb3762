"""The translations of a course, as a release keeps them beside the words of the source language."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from courses.freezing import (
    Payload,
    lesson_payload,
    lesson_structure,
    question_structure,
    read_questions,
)
from courses.models import Competence, CoursePage, LessonPage, ModulePage
from courses.outline import CourseOutline
from courses.quizzes.models import Question
from courses.quizzes.rules import question_from_json, question_to_json
from courses.wording import OutlineWords, UnitWords


@dataclass(frozen=True)
class FrozenTranslation:
    """A course in one language: the outline's words, and the payloads of the units translated whole.

    ``differing``: keys of units whose translation does not have the structure of the source; they
    are left out.
    """

    language: str
    words: OutlineWords
    payloads: dict[str, Payload] = field(default_factory=dict)
    differing: tuple[str, ...] = ()


def freeze_translations(
    *, page: CoursePage, outline: CourseOutline, payloads: Mapping[str, Payload]
) -> list[FrozenTranslation]:
    """The published translations of a course page, with what of the course is translated.

    Queries: one, and up to four per language.
    """
    pages = CoursePage.objects.published_translations_of(page)
    return [_freeze(translated, page, outline, payloads) for translated in pages]


def _freeze(
    translated: CoursePage, page: CoursePage, outline: CourseOutline, payloads: Mapping[str, Payload]
) -> FrozenTranslation:
    modules = dict(_live(ModulePage, translated).values_list("key", "title"))
    units: dict[str, UnitWords] = {}
    found: dict[str, Payload] = {}
    differing = []
    for lesson in _live(LessonPage, translated):
        payload = lesson_payload(lesson)
        if lesson.key not in payloads:
            continue
        if lesson_structure(payload) == lesson_structure(payloads[lesson.key]):
            units[lesson.key] = UnitWords(lesson.title, lesson.summary)
            found[lesson.key] = payload
        else:
            differing.append(lesson.key)
    final = outline.assessment_unit
    if final:
        questions, is_whole = _translate_questions(page, translated, payloads[final.key])
        if is_whole:
            modules[final.key] = translated.assessment_title
            units[final.key] = UnitWords(translated.assessment_title)
            found[final.key] = questions
    known = {module.key for module in outline.modules}
    words = OutlineWords(
        title=translated.title,
        short_title=translated.short_title,
        summary=translated.summary,
        audience=translated.audience,
        outcomes=tuple(translated.outcome_list),
        modules={key: title for key, title in modules.items() if key in known},
        units=units,
        competences=_competence_names(translated, outline),
    )
    return FrozenTranslation(translated.language, words, found, tuple(differing))


def _live(model: type[ModulePage] | type[LessonPage], translated: CoursePage) -> Any:
    return model.objects.live().descendant_of(translated).filter(alias_of=None).order_by("path")


def _translate_questions(page: CoursePage, translated: CoursePage, payload: Payload) -> tuple[Payload, bool]:
    """The assessment in another language; true where each question is translated with its structure.

    What is asked is never mixed: as long as one question is missing, all are asked in the source
    language. Competence, difficulty and version are the source's.
    """
    rows = Question.objects.filter(bank_id=page.bank_id, locale_id=translated.locale_id, is_retired=False)
    by_key = {one.key: one for one in read_questions(rows.select_related("competence", "source_law"))}
    sources = [question_from_json(data) for data in payload["questions"]]
    for source in sources:
        other = by_key.get(source.key)
        if other is None or other.flaws() or question_structure(other) != question_structure(source):
            return {}, False
    questions = [
        replace(by_key[one.key], competence=one.competence, difficulty=one.difficulty, review=one.review,
                tags=one.tags, version=one.version)
        for one in sources
    ]  # fmt: skip
    return {"questions": [question_to_json(question) for question in questions]}, True


def _competence_names(translated: CoursePage, outline: CourseOutline) -> dict[str, str]:
    codes = [competence.code for competence in outline.competences]
    rows = Competence.objects.filter(code__in=codes, locale_id=translated.locale_id)
    return dict(rows.values_list("code", "name"))
