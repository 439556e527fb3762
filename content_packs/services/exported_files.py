"""The files of an export that a course and its translations have alike."""

from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from content_packs.conversion import raw_to_sections
from content_packs.manifest import LawSection, LessonHead, QuestionEntry, Shape, SourceEntry
from content_packs.questions import from_body
from content_packs.sections import to_plain, write_lesson
from content_packs.services.media import export_file
from content_packs.yaml_lines import dump
from courses.models import LessonPage
from courses.quizzes.models import Question


class Writer:
    """Writes files below a folder, and remembers which."""

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


def export_lesson(
    writer: Writer,
    lesson: LessonPage,
    laws: dict[int, str],
    *,
    original: LessonPage | None = None,
    base: str = "",
) -> set[str]:
    """A lesson and the dilemmas it shows; the keys of the laws they rest on.

    Args:
        original: of a translation, from which it has all but its words.
        base: the folder, with its final slash.
    """
    source = original or lesson
    sections, dilemmas = raw_to_sections(
        list(lesson.body.get_prep_value()),
        law_keys=laws,
        media=lambda kind, pk: export_file(kind, pk, writer.folder / "media"),
    )
    head = LessonHead(
        code=source.key,
        title=lesson.title,
        summary=lesson.summary,
        activity_minutes=source.activity_minutes,
        competences=sorted(competence.code for competence in source.competences.all()),
        outcomes=[line.strip() for line in lesson.outcomes.splitlines() if line.strip()],
    )
    writer.text(f"{base}lessons/{lesson.key}.md", write_lesson(head, sections))
    used = {content.law for _kind, content in sections if isinstance(content, LawSection)}
    for dilemma in dilemmas:
        writer.yaml(f"{base}dilemmas/{dilemma.code}.yaml", dilemma)
        used |= {entry.law for entry in (dilemma.reminder, dilemma.law) if entry and entry.law}
    return used


def export_questions(writer: Writer, rows: QuerySet[Question], base: str = "") -> set[str]:
    """Questions that are not retired, a file per competence; the keys of the laws they rest on."""
    questions = (
        rows.filter(is_retired=False)
        .select_related("competence", "source_law")
        .order_by("competence__code", "key")
    )
    by_competence: dict[str, list[QuestionEntry]] = {}
    used: set[str] = set()
    for question in questions:
        spec = question.to_spec()
        law = question.source_law.key if question.source_law else ""
        used |= {law} - {""}
        by_competence.setdefault(question.competence.code, []).append(
            QuestionEntry(
                key=question.key,
                competence=question.competence.code,
                difficulty=question.difficulty,
                kind=spec.kind,
                stem=question.stem,
                tags=list(question.tag_list),
                **from_body(spec.kind, spec.body),
                source=SourceEntry(law=law, article=question.source_article, note=question.source_note),
                review=question.review,
            )
        )
    for code, entries in by_competence.items():
        writer.yaml(f"{base}questions/{code}.yaml", entries)
    return used
