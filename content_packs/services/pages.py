"""Installing a course's pages: course, modules and lessons, in the pack's order."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from content_packs.conversion import lesson_to_raw
from content_packs.manifest import CourseFile, ModuleEntry
from content_packs.pack import Pack
from content_packs.sections import LessonFile
from content_packs.services.media import MediaInstaller
from content_packs.services.report import Report, set_values, without_ids
from courses.models import (
    CatalogueIndexPage,
    Competence,
    CourseCompetence,
    CourseDraw,
    CoursePage,
    Law,
    LessonPage,
    ModulePage,
)
from courses.quizzes.models import QuestionBank


@dataclass(frozen=True)
class CourseInstaller:
    """One course of a pack, with what it refers to; notes each difference in ``report``."""

    pack: Pack
    course: CourseFile
    competences: dict[str, Competence]
    laws: dict[str, Law]
    media: MediaInstaller
    report: Report

    def install(self, catalogue: CatalogueIndexPage, bank: QuestionBank | None) -> CoursePage:
        """Create or change the pages; what the pack no longer has is withdrawn, never deleted."""
        page = self._install_course(catalogue, bank)
        previous: ModulePage | None = None
        for entry in self.course.modules:
            module = self._install_module(page, entry)
            _put_after(module, previous)
            previous = module
            self._install_lessons(page, module, entry)
        self._withdraw(page)
        page.refresh_from_db()
        return page

    def _publish(self, page: Page, *, is_new: bool, what: str) -> None:
        if self.pack.is_model:
            page.save()
            page.save_revision()
        else:
            page.save_revision().publish()
        self.report.note("nuevo" if is_new else "cambia", what)

    def _is_up(self, page: Page) -> bool:
        """Whether the page is where its readers are: published, or a draft in a model."""
        return page.live or self.pack.is_model

    def _install_course(self, catalogue: CatalogueIndexPage, bank: QuestionBank | None) -> CoursePage:
        page: CoursePage | None = CoursePage.objects.of_source().filter(code=self.course.code).first()
        is_new = page is None
        if page is None:
            page = CoursePage(code=self.course.code, slug=slugify(self.course.code), live=False)
        changed = set_values(page, self._course_values(bank))
        if is_new:
            catalogue.add_child(instance=page)
        changed |= self._set_competences(page)
        changed |= self._set_draws(page)
        if changed or not self._is_up(page):
            self._publish(page, is_new=is_new, what=f"curso {self.course.code}")
        return page

    def _course_values(self, bank: QuestionBank | None) -> dict[str, Any]:
        course, rule = self.course, self.course.assessment
        values: dict[str, Any] = {
            "title": course.title,
            "is_model": self.pack.is_model,
            "short_title": course.short_title,
            "summary": course.summary.strip(),
            "topic": course.topic,
            "emblem": course.emblem,
            "audience": course.audience,
            "outcomes": "\n".join(course.outcomes),
            "commitments": ", ".join(str(number) for number in course.commitments),
            "certificate_months": course.certificate_months,
            "pedagogical_hour_minutes": course.pedagogical_hour_minutes,
            "bank_id": bank.pk if bank else None,
            "require_all_lessons": course.completion.require_all_lessons,
            "require_assessment": course.completion.require_assessment and rule is not None,
            "require_dilemmas": course.completion.require_dilemmas,
            "release_label": self.pack.manifest.version,
            "pack_code": self.pack.manifest.code,
        }
        if rule:
            values |= {
                "assessment_code": rule.code,
                "assessment_title": rule.title,
                "pass_percent": rule.pass_percent,
                "attempts": rule.attempts,
                "wait_hours": rule.wait_hours,
                "minutes_per_question": rule.minutes_per_question,
            }
        return values

    def _set_competences(self, page: CoursePage) -> bool:
        wanted = [(c.code, c.level) for c in self.course.competences]
        if wanted == [(c.competence.code, c.level) for c in page.competences.select_related("competence")]:
            return False
        page.competences = [
            CourseCompetence(competence=self.competences[code], level=level, sort_order=index)
            for index, (code, level) in enumerate(wanted)
        ]
        return True

    def _set_draws(self, page: CoursePage) -> bool:
        rule = self.course.assessment
        wanted = [(d.competence, d.count) for d in (rule.blueprint if rule else [])]
        if wanted == [(d.competence.code, d.count) for d in page.draws.select_related("competence")]:
            return False
        page.draws = [
            CourseDraw(competence=self.competences[code], count=count, sort_order=index)
            for index, (code, count) in enumerate(wanted)
        ]
        return True

    def _install_module(self, page: CoursePage, entry: ModuleEntry) -> ModulePage:
        module: ModulePage | None = ModulePage.objects.child_of(page).filter(key=entry.code).first()
        is_new = module is None
        if module is None:
            module = ModulePage(title=entry.title, key=entry.code, slug=entry.code, live=False)
            page.add_child(instance=module)
        if set_values(module, {"title": entry.title}) or is_new or not self._is_up(module):
            self._publish(module, is_new=is_new, what=f"módulo {entry.code}")
        return module

    def _install_lessons(self, page: CoursePage, module: ModulePage, entry: ModuleEntry) -> None:
        previous: LessonPage | None = None
        for code in entry.lessons:
            lesson = self._install_lesson(page, module, self.pack.lessons[code])
            _put_after(lesson, previous)
            previous = lesson

    def _install_lesson(self, course_page: CoursePage, module: ModulePage, lesson: LessonFile) -> LessonPage:
        head = lesson.head
        page: LessonPage | None = LessonPage.objects.descendant_of(course_page).filter(key=head.code).first()
        is_new = page is None
        if page is None:
            page = LessonPage(key=head.code, title=head.title, slug=head.code, live=False)
        changed = set_values(
            page,
            {
                "title": head.title,
                "summary": head.summary.strip(),
                "outcomes": "\n".join(head.outcomes),
                "activity_minutes": head.activity_minutes,
            },
        )
        raw = lesson_to_raw(lesson, laws=self.laws, dilemmas=self.pack.dilemmas, media=self.media.install)
        if without_ids(list(page.body.get_prep_value())) != without_ids(raw):
            page.body = page.body.stream_block.to_python(raw)
            changed = True
        if is_new:
            module.refresh_from_db()
            module.add_child(instance=page)
        elif page.get_parent().pk != module.pk:
            page.move(module, pos="last-child")
            page.refresh_from_db(fields=["path", "depth", "url_path"])
            changed = True
        if set(head.competences) != {competence.code for competence in page.competences.all()}:
            page.competences.set([self.competences[code] for code in head.competences])
            changed = True
        if changed or not self._is_up(page):
            self._publish(page, is_new=is_new, what=f"lección {head.code}")
        return page

    def _withdraw(self, page: CoursePage) -> None:
        modules = [module.code for module in self.course.modules]
        lessons = [code for module in self.course.modules for code in module.lessons]
        for lesson in LessonPage.objects.descendant_of(page).exclude(key__in=lessons):
            self._take_away(lesson, f"lección {lesson.key}")
        for module in ModulePage.objects.child_of(page).exclude(key__in=modules):
            self._take_away(module, f"módulo {module.key}")

    def _take_away(self, page: Page, what: str) -> None:
        """Withdraw what is published; of a model nobody has records, so it goes."""
        if self.pack.is_model:
            page.delete()
        elif page.live:
            page.unpublish()
        else:
            return
        self.report.note("se retira", what)


def _put_after(page: Page, previous: Page | None) -> None:
    """Keep the tree in the pack's order: moves only what stands before its predecessor."""
    if previous is None:
        return
    page.refresh_from_db(fields=["path"])
    previous.refresh_from_db(fields=["path"])
    if page.path < previous.path:
        page.move(previous, pos="right")
        page.refresh_from_db()
