"""Installing the translations of a pack: pages, questions and competences beside their originals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import Locale, Page

from content_packs.conversion import lesson_to_raw
from content_packs.manifest import QuestionEntry
from content_packs.markdown import unwrap
from content_packs.pack import PackTranslation
from content_packs.questions import to_body
from content_packs.sections import LessonFile
from content_packs.services.media import MediaInstaller
from content_packs.services.report import Report, set_values, without_ids
from courses.models import Competence, CoursePage, Law, LessonPage, ModulePage
from courses.quizzes.models import Question, QuestionBank


@dataclass(frozen=True)
class TranslationInstaller:
    """One translation of a pack; notes each difference in ``report``. Repeating it changes nothing."""

    translation: PackTranslation
    locale: Locale
    laws: Mapping[str, Law]
    media: MediaInstaller
    report: Report

    def install(self, page: CoursePage, bank: QuestionBank | None) -> None:
        """What the pack no longer translates is withdrawn or retired, and read in the source language."""
        words = self.translation.course
        course = self._page(page, _course_values(self.translation), what=f"curso {page.code}")
        for module in ModulePage.objects.child_of(page).filter(key__in=words.modules):
            self._page(module, {"title": words.modules[module.key]}, what=f"módulo {module.key}")
        for lesson in LessonPage.objects.descendant_of(page).filter(key__in=self.translation.lessons):
            self._lesson(lesson, self.translation.lessons[lesson.key])
        self._withdraw(course)
        for competence in Competence.objects.of_source().filter(code__in=words.competences):
            self._competence(competence, words.competences[competence.code])
        if bank:
            self._questions(bank)

    def _note(self, what: str, *, is_new: bool) -> None:
        self.report.note("nuevo" if is_new else "cambia", f"{what} ({self.locale.language_code})")

    def _page(self, source: Page, values: dict[str, Any], *, what: str, body: list[Any] | None = None) -> Any:
        page = source.get_translation_or_none(self.locale)
        is_new = page is None
        if page is None:
            page = source.copy_for_translation(self.locale, copy_parents=True)
        elif page.alias_of_id:
            page.alias_of = None
        page = page.specific
        changed = set_values(page, values)
        if body is not None and without_ids(list(page.body.get_prep_value())) != without_ids(body):
            page.body = page.body.stream_block.to_python(body)
            changed = True
        if is_new or changed or not page.live:
            page.save_revision().publish()
            self._note(what, is_new=is_new)
        return page

    def _lesson(self, source: LessonPage, lesson: LessonFile) -> None:
        head = lesson.head
        values = {"title": head.title, "summary": head.summary.strip(), "outcomes": "\n".join(head.outcomes)}
        raw = lesson_to_raw(
            lesson, laws=self.laws, dilemmas=self.translation.dilemmas, media=self.media.install
        )
        self._page(source, values, what=f"lección {source.key}", body=raw)

    def _withdraw(self, course: CoursePage) -> None:
        gone = LessonPage.objects.descendant_of(course).live().exclude(key__in=self.translation.lessons)
        for lesson in gone:
            lesson.unpublish()
            self.report.note("se retira", f"lección {lesson.key} ({self.locale.language_code})")

    def _competence(self, source: Competence, name: str) -> None:
        row = source.get_translation_or_none(self.locale)
        is_new = row is None
        row = row or source.copy_for_translation(self.locale)
        if set_values(row, {"name": name}) or is_new:
            row.save()
            self._note(f"competencia {source.code}", is_new=is_new)

    def _questions(self, bank: QuestionBank) -> None:
        sources = {question.key: question for question in bank.questions.of_source()}
        for entry in self.translation.questions:
            self._question(sources[entry.key], entry)
        keys = [entry.key for entry in self.translation.questions]
        for gone in bank.questions.filter(locale=self.locale, is_retired=False).exclude(key__in=keys):
            gone.is_retired = True
            gone.save(update_fields=["is_retired"])
            self.report.note("se retira", f"pregunta {gone.key} ({self.locale.language_code})")

    def _question(self, source: Question, entry: QuestionEntry) -> None:
        question = source.get_translation_or_none(self.locale)
        is_new = question is None
        question = question or source.copy_for_translation(self.locale)
        same = ("competence_id", "difficulty", "tags", "review", "source_law_id", "is_retired")
        words = {
            "stem": unwrap(entry.stem),
            "source_article": entry.source.article,
            "source_note": entry.source.note,
        }
        changed = set_values(question, {name: getattr(source, name) for name in same} | words)
        body = to_body(entry)
        if not (is_new or changed) and question.to_spec().body == body:
            return
        question.set_body(entry.kind, body)
        question.save()
        self._note(f"pregunta {entry.key}", is_new=is_new)


def install_translations(
    translations: list[PackTranslation],
    *,
    page: CoursePage,
    bank: QuestionBank | None,
    laws: Mapping[str, Law],
    media: MediaInstaller,
    report: Report,
) -> None:
    """All languages of a pack; a language whose folder is gone is withdrawn."""
    for translation in translations:
        locale, _created = Locale.objects.get_or_create(language_code=translation.language)
        TranslationInstaller(translation, locale, laws, media, report).install(page, bank)
    languages = [translation.language for translation in translations]
    for gone in CoursePage.objects.published_translations_of(page).exclude(language__in=languages):
        gone.unpublish()
        report.note("se retira", f"curso {gone.code} ({gone.language})")


def _course_values(translation: PackTranslation) -> dict[str, Any]:
    words = translation.course
    values = {
        "title": words.title,
        "short_title": words.short_title,
        "summary": words.summary.strip(),
        "audience": words.audience,
        "outcomes": "\n".join(words.outcomes),
    }
    return values | ({"assessment_title": words.assessment_title} if words.assessment_title else {})
