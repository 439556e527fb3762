"""Exporting a course as a pack: what can be installed elsewhere with no difference."""

import shutil
from pathlib import Path

import msgspec

from content_packs.manifest import (
    AssessmentEntry,
    CompetenceEntry,
    CompletionEntry,
    CourseFile,
    DrawEntry,
    LawEntry,
    ModuleEntry,
    PackFiles,
    PackManifest,
    TermEntry,
)
from content_packs.models import InstalledPack
from content_packs.services.exported_files import Writer, export_lesson, export_questions
from content_packs.services.exported_translations import export_translation
from courses.blocks.words import learner_text
from courses.glossary import pattern_of
from courses.models import CoursePage, Law, LessonPage, ModulePage
from courses.quizzes.models import Question
from courses.selectors import list_terms


class ExportFolderError(Exception):
    """The folder exists and is not an earlier export: nothing is overwritten."""


def export_pack(*, page: CoursePage, folder: Path) -> list[Path]:
    """Write the published course into ``folder``; the files written, in order.

    Raises:
        ExportFolderError: the folder has files and no pack.yaml.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "pack.yaml").exists():
        raise ExportFolderError(str(folder))
    for name in ("lessons", "dilemmas", "questions", "media", "translations"):
        shutil.rmtree(folder / name, ignore_errors=True)
    writer = Writer(folder)
    laws = {law.pk: law.key for law in Law.objects.all()}
    used: set[str] = set()
    words: list[str] = []
    modules = []
    for module in ModulePage.objects.child_of(page).live().order_by("path"):
        codes = []
        for lesson in LessonPage.objects.child_of(module).live().order_by("path"):
            used |= export_lesson(writer, lesson, laws)
            codes.append(lesson.key)
            words.append(learner_text(list(lesson.body.get_prep_value())))
        if codes:
            modules.append(ModuleEntry(code=module.key, title=module.title, lessons=codes))
    if page.bank_id:
        used |= export_questions(writer, Question.objects.of_source().filter(bank_id=page.bank_id))
    for translated in CoursePage.objects.published_translations_of(page):
        used |= export_translation(writer, page, translated, laws)
    entries = [_law(law) for law in Law.objects.filter(key__in=used).order_by("key")]
    writer.yaml("laws.yaml", entries)
    writer.yaml("course.yaml", _course(page, modules))
    terms = _terms("\n".join(words))
    if terms:
        writer.yaml("glossary.yaml", terms)
    writer.yaml("pack.yaml", _manifest(page, has_terms=bool(terms)))
    return writer.written


def _law(law: Law) -> LawEntry:
    return LawEntry(
        key=law.key,
        name=law.name,
        short=law.short,
        id_norma=law.id_norma,
        url=law.link,
        version=law.version,
        published=law.published,
        note=law.note,
    )


def _terms(text: str) -> list[TermEntry]:
    """The words of the glossary that the lessons use."""
    return [
        TermEntry(
            term=term.term,
            variants=list(term.variants),
            definition=term.definition,
            avoid_for=list(term.avoid),
            source=term.source,
        )
        for term in list_terms()
        if term.definition and pattern_of(term.forms).search(text)
    ]


def _course(page: CoursePage, modules: list[ModuleEntry]) -> CourseFile:
    draws = [DrawEntry(d.competence.code, d.count) for d in page.draws.select_related("competence")]
    return CourseFile(
        code=page.code,
        title=page.title,
        short_title=page.short_title,
        summary=page.summary,
        topic=page.topic,
        emblem=page.emblem,
        audience=page.audience,
        certificate_months=page.certificate_months,
        pedagogical_hour_minutes=page.pedagogical_hour_minutes,
        outcomes=page.outcome_list,
        competences=[
            CompetenceEntry(c.competence.code, c.competence.name, c.level)
            for c in page.competences.select_related("competence")
        ],
        modules=modules,
        completion=CompletionEntry(page.require_all_lessons, page.require_assessment, page.require_dilemmas),
        assessment=AssessmentEntry(
            code=page.assessment_code,
            title=page.assessment_title,
            pass_percent=page.pass_percent,
            attempts=page.attempts,
            wait_hours=page.wait_hours,
            minutes_per_question=page.minutes_per_question,
            blueprint=draws,
        )
        if draws
        else None,
        commitments=list(page.commitment_numbers),
    )


def _manifest(page: CoursePage, *, has_terms: bool) -> PackManifest:
    glossary = "glossary.yaml" if has_terms else ""
    installed = InstalledPack.objects.filter(code=page.pack_code).first() if page.pack_code else None
    if installed:
        manifest = msgspec.convert(installed.manifest, PackManifest)
        manifest.files.glossary = glossary
        return manifest
    return PackManifest(
        code=page.code,
        version="1.0.0",
        kind="course",
        title=page.title,
        language="es-CL",
        licence="CC BY 4.0",
        files=PackFiles(course="course.yaml", laws="laws.yaml", glossary=glossary),
    )
