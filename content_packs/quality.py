"""The rules of the quality report, on the files of a pack. No database."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from content_packs.conversion import lesson_to_raw
from content_packs.manifest import QuestionEntry
from content_packs.pack import Pack
from content_packs.problems import Problem
from content_packs.questions import to_body
from content_packs.sections import LessonFile
from courses.glossary import Term
from courses.models import Law
from courses.quality.rules import (
    CompetenceText,
    CourseText,
    FileText,
    Finding,
    LawText,
    LessonText,
    check_course,
    read_blocks,
)
from courses.quality.words import advise, tell
from courses.quizzes.rules import QuestionSpec


def check_quality(pack: Pack) -> tuple[list[Problem], list[Problem]]:
    """What blocks, and what is only advice, by file and line. The files agree with each other already."""
    found = [(finding.is_blocking, _problem(pack, finding)) for finding in check_course(read_text(pack))]
    errors = [problem for is_blocking, problem in found if is_blocking]
    return errors, sorted(problem for is_blocking, problem in found if not is_blocking)


def read_text(pack: Pack) -> CourseText:
    """The pack as the rules see a course; the block of a lesson is named by its line."""
    course = pack.course
    laws = {
        entry.key: Law(pk=number, short=entry.short, id_norma=entry.id_norma, link=entry.url,
                       version=entry.version)
        for number, entry in enumerate(pack.laws, start=1)
    }  # fmt: skip
    media = _Media(pack.root / "media")
    return CourseText(
        title=pack.manifest.title,
        lessons=tuple(_lesson(pack, lesson, laws, media) for lesson in pack.lessons.values()),
        questions=tuple(_question(entry) for entry in pack.questions),
        competences=tuple(CompetenceText(c.code, c.name) for c in course.competences) if course else (),
        is_assessed=bool(course and course.assessment),
        laws={law.pk: LawText(law.short, law.version, law.url) for law in laws.values()},
        images=media.files,
        documents=media.files,
        terms=tuple(
            Term(entry.term, tuple(entry.variants), entry.definition, tuple(entry.avoid_for), entry.source)
            for entry in pack.terms
        ),
    )


class _Media:
    """Files of a pack, numbered as they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[int, FileText] = {}

    def number(self, kind: str, name: str) -> int:
        self.files[len(self.files) + 1] = FileText(name, (self.folder / name).stat().st_size)
        return len(self.files)


def _lesson(pack: Pack, lesson: LessonFile, laws: Mapping[str, Law], media: _Media) -> LessonText:
    blocks = read_blocks(lesson_to_raw(lesson, laws=laws, dilemmas=pack.dilemmas, media=media.number))
    sections = [section for section in lesson.sections if section.kind == "text" or section.entry]
    named = (replace(block, id=str(section.line)) for block, section in zip(blocks, sections, strict=True))
    return LessonText(lesson.head.code, lesson.head.title, lesson.head.summary, tuple(named))


def _question(entry: QuestionEntry) -> QuestionSpec:
    return QuestionSpec(
        key=entry.key,
        competence=entry.competence,
        difficulty=entry.difficulty,
        kind=entry.kind,
        stem=entry.stem,
        body=to_body(entry),
    )


def _problem(pack: Pack, finding: Finding) -> Problem:
    course = pack.manifest.files.course or "course.yaml"
    file = pack.lessons[finding.lesson].file if finding.lesson else course
    return Problem(file, int(finding.block or 1), f"{tell(finding)} {advise(finding)}")
