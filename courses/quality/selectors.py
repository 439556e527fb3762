"""Reading pages as the rules want them: what stands in their newest draft."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from courses.models import Competence, CoursePage, Law, LessonPage, LinkCheck, ModulePage, QualityOverride
from courses.quality.rules import (
    Block,
    CompetenceText,
    CourseText,
    FileText,
    LawText,
    LessonText,
    LinkState,
    read_blocks,
)
from courses.quality.rules.links import list_links
from courses.quizzes.models import Question
from courses.quizzes.rules import QuestionSpec
from courses.selectors import list_terms


@dataclass(frozen=True)
class LessonDraft:
    """A lesson in its newest draft, and the page that it stands in."""

    text: LessonText
    page_id: int
    module_title: str
    is_live: bool


@dataclass(frozen=True)
class CourseDraft:
    """A course in its newest draft. ``question_ids`` by key; ``links``: what is known of its addresses."""

    text: CourseText
    page_id: int
    lessons: tuple[LessonDraft, ...]
    question_ids: dict[str, int]
    links: list[LinkCheck]


def read_course(*, page: CoursePage) -> CourseDraft:
    """The whole course, drafts included. At most 15 queries, however many lessons it has."""
    course = page.get_latest_revision_as_object()
    lessons = _read_lessons(course)
    questions = _list_questions(course)
    texts = tuple(lesson.text for lesson in lessons)
    text, links = _gather(course, texts, {key: spec for key, (_pk, spec) in questions.items()})
    return CourseDraft(
        text, page.pk, tuple(lessons), {key: pk for key, (pk, _spec) in questions.items()}, links
    )


def read_lesson(*, page: LessonPage) -> CourseText:
    """One lesson as it stands in ``page``, saved or not, and what it refers to. At most seven queries."""
    raw = list(page.body.get_prep_value())
    text, _links = _gather(None, (LessonText(str(page.pk), page.title, page.summary, read_blocks(raw)),), {})
    return text


def read_course_alone(*, page: CoursePage) -> CourseText:
    """The page of a course without its lessons, as it stands in ``page``. At most five queries."""
    questions = {key: spec for key, (_pk, spec) in _list_questions(page).items()}
    return CourseText(
        title=page.title,
        questions=tuple(questions.values()),
        competences=_list_competences(page),
        is_assessed=page.require_assessment,
    )


def list_overrides(*, page_ids: Iterable[int]) -> dict[tuple[int, str, str], QualityOverride]:
    """Overrides by page, rule and place. One query."""
    rows = QualityOverride.objects.filter(page_id__in=list(page_ids)).select_related("user")
    return {(row.page_id, row.rule, row.place): row for row in rows}


def list_due_links(*, at: datetime, limit: int) -> list[LinkCheck]:
    """Addresses whose turn it is, the longest waiting first. One query."""
    return list(LinkCheck.objects.filter(due_at__lte=at).order_by("due_at", "pk")[:limit])


def list_used_links(*, pages: Iterable[LessonPage]) -> set[str]:
    """The addresses outside the site that these lessons lead to, published or drafted. One query more."""
    course = CourseText(laws={law.pk: _law_text(law) for law in Law.objects.all()})
    return {
        url
        for page in pages
        for raw in (_draft_body(page), list(page.body.get_prep_value()))
        for block in read_blocks(raw)
        for url in list_links(block, course)
    }


def _gather(
    course: CoursePage | None, lessons: tuple[LessonText, ...], questions: dict[str, QuestionSpec]
) -> tuple[CourseText, list[LinkCheck]]:
    blocks = [block for lesson in lessons for block in lesson.blocks]
    laws = _find_laws(blocks)
    urls = {url for block in blocks for url in list_links(block, CourseText(laws=laws))}
    links = list(LinkCheck.objects.filter(url_hash__in=[LinkCheck.hash_of(url) for url in urls]))
    text = CourseText(
        title=course.title if course else "",
        lessons=lessons,
        questions=tuple(questions.values()),
        competences=_list_competences(course) if course else (),
        is_assessed=bool(course and course.require_assessment),
        laws=laws,
        images=_find_files(get_image_model(), blocks, ("image",)),
        documents=_find_files(get_document_model(), blocks, ("video", "captions", "document")),
        links=dict.fromkeys(urls, LinkState.UNKNOWN) | {row.url: LinkState(row.state) for row in links},
        terms=list_terms(),
    )
    return text, links


def _read_lessons(course: CoursePage) -> list[LessonDraft]:
    modules = {module.path: module.title for module in ModulePage.objects.child_of(course)}
    pages = LessonPage.objects.descendant_of(course).order_by("path").select_related("latest_revision")
    return [_read_draft(page, modules.get(page.path[: -Page.steplen], "")) for page in pages]


def _read_draft(page: LessonPage, module_title: str) -> LessonDraft:
    content: dict[str, Any] = page.latest_revision.content if page.latest_revision else {}
    text = LessonText(
        key=str(page.pk),
        title=content.get("title") or page.title,
        summary=content.get("summary", page.summary),
        blocks=read_blocks(_draft_body(page)),
    )
    return LessonDraft(text, page.pk, module_title, page.live)


def _draft_body(page: LessonPage) -> list[dict[str, Any]]:
    """The body in the newest revision, read as it is stored: making pages of them asks for each."""
    stored = page.latest_revision.content.get("body") if page.latest_revision else None
    raw: list[dict[str, Any]] = json.loads(stored) if stored else list(page.body.get_prep_value())
    return raw


def _list_questions(course: CoursePage) -> dict[str, tuple[int, QuestionSpec]]:
    rows = Question.objects.of_source().filter(bank_id=course.bank_id, is_retired=False).order_by("key")
    return {row.key: (row.pk, row.to_spec()) for row in rows.select_related("competence", "source_law")}


def _list_competences(course: CoursePage) -> tuple[CompetenceText, ...]:
    found = Competence.objects.in_bulk([row.competence_id for row in course.competences.all()])
    return tuple(CompetenceText(row.code, row.name) for row in found.values())


def _find_laws(blocks: Sequence[Block]) -> dict[int, LawText]:
    ids = {block.value.get(name) for block in blocks for name in ("law", "reminder_law")} - {None}
    return {pk: _law_text(law) for pk, law in Law.objects.in_bulk(list(ids)).items()}


def _law_text(law: Law) -> LawText:
    return LawText(law.short, law.version, law.url)


def _find_files(model: Any, blocks: Sequence[Block], names: tuple[str, ...]) -> dict[int, FileText]:
    ids = {block.value.get(name) for block in blocks for name in names} - {None}
    return {
        row.pk: FileText(row.file.name, row.file_size or 0) for row in model.objects.filter(pk__in=list(ids))
    }
