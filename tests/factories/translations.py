"""A course in another language: its pages and questions, as an author publishes them."""

from typing import Any

from wagtail.models import Locale, Page

from courses.models import Competence, CoursePage, LessonPage, ModulePage
from courses.quizzes.models import Question, QuestionBank
from courses.services import hold_releases


def english() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


def translate_page(page: Page, **values: Any) -> Page:
    """The page in English with ``values`` for its words, published; what is above it is mirrored."""
    translated = page.copy_for_translation(english(), copy_parents=True).specific
    for name, value in values.items():
        setattr(translated, name, value)
    with hold_releases():
        translated.save_revision().publish()
    return translated


def translate_lesson(key: str, *, body: list[dict[str, Any]] | None = None) -> LessonPage:
    """A lesson in English; ``body`` in place of its blocks."""
    page = LessonPage.objects.get(key=key, locale__language_code="es")
    values: dict[str, Any] = {"title": f"Lesson {key}", "summary": "You learn something."}
    if body is not None:
        values["body"] = page.body.stream_block.to_python(body)
    translated: LessonPage = translate_page(page, **values)
    return translated


def translate_questions(bank: QuestionBank, *, keys: list[str] | None = None) -> list[Question]:
    """The questions of a bank in English, or those with ``keys``."""
    rows = bank.questions.of_source()
    translated = []
    for question in rows.filter(key__in=keys) if keys is not None else rows:
        copy = question.copy_for_translation(english())
        copy.stem = f"What do you do in {question.key}?"
        copy.save()
        translated.append(copy)
    return translated


def translate_course(
    page: CoursePage, *, lessons: list[str], questions: list[str] | None = None
) -> CoursePage:
    """The course in English with these lessons, its modules and its questions (all, or those with keys)."""
    translated: CoursePage = translate_page(
        page, title="Integrity in public office", short_title="Integrity",
        summary="Learn to say no.", audience="Everybody", outcomes="Notice a conflict\nSay so in time",
        assessment_title="Final assessment",
    )  # fmt: skip
    for module in ModulePage.objects.child_of(page):
        translate_page(module, title=f"Module {module.key}")
    for key in lessons:
        translate_lesson(key)
    if page.bank:
        translate_questions(page.bank, keys=questions)
    for competence in Competence.objects.of_source():
        copy = competence.copy_for_translation(english())
        copy.name = "Act with probity"
        copy.save()
    return translated
