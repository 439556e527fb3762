"""Reading courses and their frozen releases."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.blocks import StreamValue

from courses.blocks import LessonBody
from courses.models import Course, CoursePage, CourseRelease, ReleaseUnit
from courses.outline import CourseOutline
from courses.quizzes.rules import QuestionSpec, question_from_json

_body_block = LessonBody()


class CourseNotFoundError(LookupError):
    """No published course has that code."""


@dataclass(frozen=True)
class CatalogueRow:
    """One course as the catalogue shows it. ``words``: what a search looks in, without accents."""

    code: str
    title: str
    summary: str
    url: str
    topic: str
    topic_label: str
    emblem: str
    audience: str
    minutes: int
    commitments: tuple[int, ...]
    words: str = ""


@dataclass(frozen=True)
class CatalogueQuery:
    """What a visitor looks for. Empty fields filter nothing."""

    search: str = ""
    topics: tuple[str, ...] = ()
    longest: int | None = None


def get_current_release(*, course_code: str) -> CourseRelease:
    """The release that new enrolments get. One query.

    Raises:
        CourseNotFoundError: unknown code, or nothing published yet.
    """
    release = (
        CourseRelease.objects.select_related("course")
        .filter(course__code=course_code, is_current=True)
        .first()
    )
    if release is None:
        raise CourseNotFoundError(course_code)
    return release


def get_readable_release(*, release: CourseRelease) -> CourseRelease:
    """The newest release with the same structure: same demands, best words. One query."""
    return (
        CourseRelease.objects.select_related("course")
        .filter(course_id=release.course_id, structure_hash=release.structure_hash)
        .order_by("-number")
        .first()
        or release
    )


def get_unit_payload(*, release: CourseRelease, key: str) -> dict[str, Any]:
    """The frozen content of a unit. One query.

    Raises:
        ReleaseUnit.DoesNotExist: the release has no such unit.
    """
    payload: dict[str, Any] = ReleaseUnit.objects.get(release=release, key=key).payload
    return payload


def to_stream(raw: list[dict[str, Any]]) -> StreamValue:
    """Raw StreamField data as a value that templates can iterate and render."""
    value: StreamValue = _body_block.to_python(raw)
    return value


def list_questions(*, release: CourseRelease, key: str) -> dict[str, QuestionSpec]:
    """The frozen questions of an assessment, by key. They carry the answers: server side only."""
    payload = get_unit_payload(release=release, key=key)
    return {q["key"]: question_from_json(q) for q in payload["questions"]}


def list_live_pages() -> QuerySet[CoursePage]:
    """Published course pages, in catalogue order."""
    pages: QuerySet[CoursePage] = CoursePage.objects.live().public().order_by("path")
    return pages


def find_live_page(*, course_code: str) -> CoursePage | None:
    """The published page of a course, if there is one. One query."""
    page: CoursePage | None = CoursePage.objects.live().filter(code=course_code).first()
    return page


def list_catalogue(*, pages: Iterable[CoursePage]) -> list[CatalogueRow]:
    """Rows for pages that have a release; minutes come from the release. One query."""
    pages = list(pages)
    outlines = current_outlines(codes=[page.code for page in pages])
    return [_catalogue_row(page, outlines[page.code]) for page in pages if page.code in outlines]


def _catalogue_row(page: CoursePage, outline: CourseOutline) -> CatalogueRow:
    texts = [page.title, page.summary, page.audience, *outline.outcomes]
    texts += [text for unit in outline.units for text in (unit.title, unit.summary)]
    texts += [competence.name for competence in outline.competences]
    return CatalogueRow(
        code=page.code,
        title=page.title,
        summary=page.summary,
        url=page.url or f"/cursos/{page.slug}/",
        topic=page.topic,
        topic_label=page.get_topic_display(),
        emblem=page.emblem,
        audience=page.audience,
        minutes=outline.minutes,
        commitments=page.commitment_numbers,
        words=fold(" ".join(texts)),
    )


def fold(text: str) -> str:
    """Lower case without accents, so that «educacion» finds «educación» on every database."""
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def filter_catalogue(*, rows: Iterable[CatalogueRow], query: CatalogueQuery) -> list[CatalogueRow]:
    """Rows with every word of the search (a plural finds its singular), topic and length."""
    wanted = [_singular(word) for word in fold(query.search).split()]
    return [
        row
        for row in rows
        if all(word in row.words for word in wanted)
        and (not query.topics or row.topic in query.topics)
        and (query.longest is None or row.minutes <= query.longest)
    ]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def current_outlines(*, codes: Iterable[str]) -> dict[str, CourseOutline]:
    """The current outline of each course that has one, by code. One query."""
    rows = CourseRelease.objects.filter(is_current=True, course__code__in=list(codes))
    return {row.course.code: row.outline for row in rows.select_related("course")}


def list_courses_with_release() -> QuerySet[Course]:
    """Courses that have been published at least once, by title."""
    return Course.objects.filter(releases__is_current=True).order_by("title")
