"""Exporting a course as a pack: what can be installed elsewhere with no difference."""

import shutil
from pathlib import Path
from typing import Any

import msgspec

from content_packs.conversion import raw_to_sections
from content_packs.manifest import (
    AssessmentEntry,
    CompetenceEntry,
    CompletionEntry,
    CourseFile,
    DrawEntry,
    LawEntry,
    LawSection,
    LessonHead,
    ModuleEntry,
    OptionEntry,
    PackFiles,
    PackManifest,
    QuestionEntry,
    Shape,
    SourceEntry,
)
from content_packs.models import InstalledPack
from content_packs.sections import to_plain, write_lesson
from content_packs.services.media import export_file
from content_packs.yaml_lines import dump
from courses.models import CoursePage, Law, LessonPage, ModulePage
from courses.quizzes.models import Question


class ExportFolderError(Exception):
    """The folder exists and is not an earlier export: nothing is overwritten."""


def export_pack(*, page: CoursePage, folder: Path) -> list[Path]:
    """Write the published course into ``folder``; the files written, in order.

    Raises:
        ExportFolderError: the folder has files and no pack.yaml.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "pack.yaml").exists():
        raise ExportFolderError(str(folder))
    for name in ("lessons", "dilemmas", "questions", "media"):
        shutil.rmtree(folder / name, ignore_errors=True)
    writer = _Writer(folder)
    laws = {law.pk: law.key for law in Law.objects.all()}
    used: set[str] = set()
    modules = []
    for module in ModulePage.objects.child_of(page).live().order_by("path"):
        codes = []
        for lesson in LessonPage.objects.child_of(module).live().order_by("path"):
            used |= _export_lesson(writer, lesson, laws)
            codes.append(lesson.key)
        if codes:
            modules.append(ModuleEntry(code=module.key, title=module.title, lessons=codes))
    if page.bank_id:
        used |= _export_questions(writer, page)
    entries = [_law(law) for law in Law.objects.filter(key__in=used).order_by("key")]
    writer.yaml("laws.yaml", entries)
    writer.yaml("course.yaml", _course(page, modules))
    writer.yaml("pack.yaml", _manifest(page))
    return writer.written


class _Writer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written: list[Path] = []

    def text(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        self.written.append(path)

    def yaml(self, name: str, shape: Shape | list[Any]) -> None:
        data = [to_plain(item) for item in shape] if isinstance(shape, list) else to_plain(shape)
        self.text(name, dump(data))


def _export_lesson(writer: _Writer, lesson: LessonPage, laws: dict[int, str]) -> set[str]:
    sections, dilemmas = raw_to_sections(
        list(lesson.body.get_prep_value()),
        law_keys=laws,
        media=lambda kind, pk: export_file(kind, pk, writer.folder / "media"),
    )
    head = LessonHead(
        code=lesson.key,
        title=lesson.title,
        summary=lesson.summary,
        activity_minutes=lesson.activity_minutes,
        competences=sorted(competence.code for competence in lesson.competences.all()),
        outcomes=[line.strip() for line in lesson.outcomes.splitlines() if line.strip()],
    )
    writer.text(f"lessons/{lesson.key}.md", write_lesson(head, sections))
    used = {content.law for _kind, content in sections if isinstance(content, LawSection)}
    for dilemma in dilemmas:
        writer.yaml(f"dilemmas/{dilemma.code}.yaml", dilemma)
        used |= {entry.law for entry in (dilemma.reminder, dilemma.law) if entry and entry.law}
    return used


def _export_questions(writer: _Writer, page: CoursePage) -> set[str]:
    questions = (
        Question.objects.filter(bank_id=page.bank_id, is_retired=False)
        .select_related("competence", "source_law")
        .prefetch_related("options")
        .order_by("competence__code", "key")
    )
    by_competence: dict[str, list[QuestionEntry]] = {}
    used: set[str] = set()
    for question in questions:
        law = question.source_law.key if question.source_law else ""
        used |= {law} - {""}
        by_competence.setdefault(question.competence.code, []).append(
            QuestionEntry(
                key=question.key,
                competence=question.competence.code,
                difficulty=question.difficulty,
                kind=question.kind,
                stem=question.stem,
                options=[
                    OptionEntry(text=o.text, feedback=o.feedback, correct=o.correct)
                    for o in question.options.all()
                ],
                source=SourceEntry(law=law, article=question.source_article, note=question.source_note),
                review=question.review,
            )
        )
    for code, entries in by_competence.items():
        writer.yaml(f"questions/{code}.yaml", entries)
    return used


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


def _manifest(page: CoursePage) -> PackManifest:
    installed = InstalledPack.objects.filter(code=page.pack_code).first() if page.pack_code else None
    if installed:
        return msgspec.convert(installed.manifest, PackManifest)
    return PackManifest(
        code=page.code,
        version="1.0.0",
        kind="course",
        title=page.title,
        language="es-CL",
        licence="CC BY 4.0",
        files=PackFiles(course="course.yaml", laws="laws.yaml"),
    )
