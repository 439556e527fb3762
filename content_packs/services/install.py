"""Installing a pack: ordinary laws, competences, questions and pages, then one release."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from content_packs.conversion import lesson_to_raw
from content_packs.manifest import CourseFile, QuestionEntry
from content_packs.models import InstalledPack
from content_packs.reading import Pack
from content_packs.sections import LessonFile
from content_packs.services.media import install_file
from courses.models import CatalogueIndexPage, Competence, CoursePage, CourseRelease, Law, LessonPage, ModulePage
from courses.outline import digest
from courses.quizzes.models import Question, QuestionBank, QuestionOption
from courses.services import hold_releases, publish_release


class NoCatalogueError(Exception):
    """The site has no catalogue page yet to hang the course from."""


class PackKindError(Exception):
    """Packs of this kind are installed by another command."""


@dataclass(frozen=True)
class Change:
    """One difference: ``verb`` is ``nuevo``, ``cambia``, ``se retira``."""

    verb: str
    what: str

    def __str__(self) -> str:
        return f"{self.verb}: {self.what}"


@dataclass
class Report:
    """What an installation changed, and the release it made."""

    changes: list[Change] = field(default_factory=list)
    release: CourseRelease | None = None
    is_new_release: bool = False

    def note(self, verb: str, what: str) -> None:
        self.changes.append(Change(verb, what))


class _DryRun(Exception):
    """Rolls the transaction back after a rehearsal."""


def install_pack(*, pack: Pack, at: datetime, dry_run: bool = False) -> Report:
    """Install or update; repeating it changes nothing. With ``dry_run`` only the differences.

    All in one transaction: a failure leaves the site as it was. Records of people rest on earlier
    releases and stay.

    Raises:
        NoCatalogueError: run ``set_up_site`` first.
        PackKindError: not a course pack.
        courses.services.CourseNotReadyError: the pages do not make a course.
    """
    if pack.course is None:
        raise PackKindError(pack.manifest.kind)
    report = Report()
    try:
        with transaction.atomic(), hold_releases():
            _install(pack, pack.course, report, at)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return report


def _install(pack: Pack, course: CourseFile, report: Report, at: datetime) -> None:
    catalogue = CatalogueIndexPage.objects.first()
    if catalogue is None:
        raise NoCatalogueError
    laws = _install_laws(pack, report)
    competences = _install_competences(course, report)
    bank = _install_questions(pack, competences, laws, report) if course.assessment else None
    page = _install_course_page(catalogue, pack, course, competences, bank, report)
    _install_modules(page, pack, course, competences, laws, report)
    page.refresh_from_db()
    report.release, report.is_new_release = publish_release(page=page, at=at)
    manifest: dict[str, Any] = msgspec.to_builtins(pack.manifest)
    InstalledPack.objects.update_or_create(
        code=pack.manifest.code,
        defaults={
            "version": pack.manifest.version,
            "manifest": manifest,
            "content_hash": digest(manifest) if report.release is None else report.release.content_hash,
            "installed_at": at,
        },
    )


def _set(instance: Any, values: dict[str, Any]) -> bool:
    """Set what differs; True when something did."""
    changed = False
    for name, value in values.items():
        if getattr(instance, name) != value:
            setattr(instance, name, value)
            changed = True
    return changed


def _install_laws(pack: Pack, report: Report) -> dict[str, Law]:
    found = Law.objects.in_bulk([law.key for law in pack.laws], field_name="key")
    for entry in pack.laws:
        law = found.get(entry.key)
        is_new = law is None
        law = law or Law(key=entry.key)
        changed = _set(
            law,
            {
                "name": entry.name,
                "short": entry.short,
                "id_norma": entry.id_norma,
                "link": entry.url,
                "version": entry.version,
                "published": entry.published,
                "note": entry.note,
            },
        )
        if is_new or changed:
            law.save()
            report.note("nuevo" if is_new else "cambia", f"norma {entry.short}")
        found[entry.key] = law
    return found


def _install_competences(course: CourseFile, report: Report) -> dict[str, Competence]:
    found = Competence.objects.in_bulk([c.code for c in course.competences], field_name="code")
    for entry in course.competences:
        competence = found.get(entry.code)
        is_new = competence is None
        competence = competence or Competence(code=entry.code)
        if _set(competence, {"name": entry.name}) or is_new:
            competence.save()
            report.note("nuevo" if is_new else "cambia", f"competencia {entry.code}")
        found[entry.code] = competence
    return found


def _install_questions(
    pack: Pack, competences: dict[str, Competence], laws: dict[str, Law], report: Report
) -> QuestionBank:
    bank, _created = QuestionBank.objects.get_or_create(
        code=pack.manifest.code, defaults={"title": pack.manifest.title}
    )
    found = {
        q.key: q
        for q in bank.questions.select_related("competence", "source_law").prefetch_related("options")
    }
    for entry in pack.questions:
        _install_question(bank, entry, found.pop(entry.key, None), competences, laws, report)
    for gone in found.values():
        if not gone.is_retired:
            gone.is_retired = True
            gone.save(update_fields=["is_retired"])
            report.note("se retira", f"pregunta {gone.key}")
    return bank


def _install_question(
    bank: QuestionBank,
    entry: QuestionEntry,
    question: Question | None,
    competences: dict[str, Competence],
    laws: dict[str, Law],
    report: Report,
) -> None:
    is_new = question is None
    question = question or Question(bank=bank, key=entry.key)
    changed = _set(
        question,
        {
            "competence_id": competences[entry.competence].pk,
            "difficulty": entry.difficulty,
            "kind": entry.kind,
            "stem": " ".join(entry.stem.split()),
            "source_law_id": laws[entry.source.law].pk if entry.source.law else None,
            "source_article": entry.source.article,
            "source_note": entry.source.note,
            "review": entry.review,
            "is_retired": False,
        },
    )
    wanted = [(" ".join(o.text.split()), o.correct, " ".join(o.feedback.split())) for o in entry.options]
    have = [] if is_new else [(o.text, o.correct, o.feedback) for o in question.options.all()]
    if not (is_new or changed or wanted != have):
        return
    question.save()
    if wanted != have:
        QuestionOption.objects.filter(question=question).delete()
        QuestionOption.objects.bulk_create(
            QuestionOption(question=question, sort_order=index, text=text, correct=correct, feedback=feedback)
            for index, (text, correct, feedback) in enumerate(wanted)
        )
    report.note("nuevo" if is_new else "cambia", f"pregunta {entry.key}")


def _publish(page: Page) -> None:
    page.save_revision().publish()


def _course_values(pack: Pack, course: CourseFile, bank: QuestionBank | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": course.title,
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
        "require_assessment": course.completion.require_assessment and course.assessment is not None,
        "require_dilemmas": course.completion.require_dilemmas,
        "release_label": pack.manifest.version,
        "pack_code": pack.manifest.code,
    }
    if course.assessment:
        rule = course.assessment
        values |= {
            "assessment_code": rule.code,
            "assessment_title": rule.title,
            "pass_percent": rule.pass_percent,
            "attempts": rule.attempts,
            "wait_hours": rule.wait_hours,
            "minutes_per_question": rule.minutes_per_question,
        }
    return values


def _install_course_page(
    catalogue: CatalogueIndexPage,
    pack: Pack,
    course: CourseFile,
    competences: dict[str, Competence],
    bank: QuestionBank | None,
    report: Report,
) -> CoursePage:
    page = CoursePage.objects.filter(code=course.code).first()
    is_new = page is None
    if page is None:
        page = CoursePage(code=course.code, slug=slugify(course.code), live=False)
    changed = _set(page, _course_values(pack, course, bank))
    draws = [(d.competence, d.count) for d in (course.assessment.blueprint if course.assessment else [])]
    levels = [(c.code, c.level) for c in course.competences]
    have_levels = [(c.competence.code, c.level) for c in page.competences.select_related("competence")] if not is_new else []
    have_draws = [(d.competence.code, d.count) for d in page.draws.select_related("competence")] if not is_new else []
    if is_new:
        catalogue.add_child(instance=page)
    if levels != have_levels:
        page.competences = [
            CoursePage._meta.get_field("competences").related_model(
                competence=competences[code], level=level, sort_order=index
            )
            for index, (code, level) in enumerate(levels)
        ]
    if draws != have_draws:
        page.draws = [
            CoursePage._meta.get_field("draws").related_model(
                competence=competences[code], count=count, sort_order=index
            )
            for index, (code, count) in enumerate(draws)
        ]
    if is_new or changed or levels != have_levels or draws != have_draws or not page.live:
        _publish(page)
        report.note("nuevo" if is_new else "cambia", f"curso {course.code}")
    return page


def _install_modules(
    page: CoursePage,
    pack: Pack,
    course: CourseFile,
    competences: dict[str, Competence],
    laws: dict[str, Law],
    report: Report,
) -> None:
    wanted_lessons: set[str] = set()
    previous_module: ModulePage | None = None
    for entry in course.modules:
        module = ModulePage.objects.child_of(page).filter(key=entry.code).first()
        if module is None:
            module = ModulePage(title=entry.title, key=entry.code, slug=slugify(entry.title)[:60] or entry.code)
            page.add_child(instance=module)
            _publish(module)
            report.note("nuevo", f"módulo {entry.code}")
        elif _set(module, {"title": entry.title}) or not module.live:
            _publish(module)
            report.note("cambia", f"módulo {entry.code}")
        _put_after(module, previous_module)
        previous_module = module
        previous_lesson: LessonPage | None = None
        for code in entry.lessons:
            wanted_lessons.add(code)
            previous_lesson = _install_lesson(
                page, module, previous_lesson, pack, pack.lessons[code], competences, laws, report
            )
    for module in ModulePage.objects.child_of(page).live().exclude(key__in=[m.code for m in course.modules]):
        module.unpublish()
        report.note("se retira", f"módulo {module.key}")
    for lesson in LessonPage.objects.descendant_of(page).live().exclude(key__in=wanted_lessons):
        lesson.unpublish()
        report.note("se retira", f"lección {lesson.key}")


def _install_lesson(
    course_page: CoursePage,
    module: ModulePage,
    previous: LessonPage | None,
    pack: Pack,
    lesson: LessonFile,
    competences: dict[str, Competence],
    laws: dict[str, Law],
    report: Report,
) -> LessonPage:
    head = lesson.head
    raw = lesson_to_raw(
        lesson, laws=laws, dilemmas=pack.dilemmas, media=lambda name: install_file(pack.root / "media" / name)
    )
    page = LessonPage.objects.descendant_of(course_page).filter(key=head.code).first()
    is_new = page is None
    if page is None:
        page = LessonPage(key=head.code, title=head.title, slug=head.code, live=False)
    changed = _set(
        page,
        {
            "title": head.title,
            "summary": head.summary.strip(),
            "outcomes": "\n".join(head.outcomes),
            "activity_minutes": head.activity_minutes,
        },
    )
    if is_new or without_ids(list(page.body.get_prep_value())) != without_ids(raw):
        page.body = page.body.stream_block.to_python(raw) if not is_new else LessonPage.body.field.stream_block.to_python(raw)
        changed = True
    have = set() if is_new else {competence.code for competence in page.competences.all()}
    if is_new:
        module.refresh_from_db()
        module.add_child(instance=page)
    elif page.get_parent().pk != module.pk:
        page.move(module, pos="last-child")
        page.refresh_from_db()
        changed = True
    if set(head.competences) != have:
        page.competences.set([competences[code] for code in head.competences])
        changed = True
    if is_new or changed or not page.live:
        _publish(page)
        report.note("nuevo" if is_new else "cambia", f"lección {head.code}")
    _put_after(page, previous)
    return page


def _put_after(page: Page, previous: Page | None) -> None:
    """Keep the tree in the pack's order: moves only what stands before its predecessor."""
    if previous is None:
        return
    page.refresh_from_db(fields=["path"])
    previous.refresh_from_db(fields=["path"])
    if page.path < previous.path:
        page.move(previous, pos="right")
        page.refresh_from_db()


def without_ids(value: Any) -> Any:
    """StreamField data without the random ids that the editor gives to blocks."""
    if isinstance(value, dict):
        return {k: without_ids(v) for k, v in value.items() if not (k == "id" and "type" in value)}
    if isinstance(value, list):
        return [without_ids(item) for item in value]
    return value
