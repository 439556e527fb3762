"""Catalogue and course pages read their data through these tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.authoring.drafts import draft_release
from courses.clock import now
from courses.languages import reading_language, source_language
from courses.levels import LEVEL_WORDS
from courses.models import CoursePage, CourseRelease, CourseTopic
from courses.outline import CourseOutline
from courses.selectors import (
    CatalogueQuery,
    CatalogueRow,
    CourseNotFoundError,
    filter_catalogue,
    get_current_release,
    list_catalogue,
    list_live_pages,
    outline_in,
)

register = template.Library()

LENGTHS = (("120", _("Hasta 2 horas")), ("240", _("Hasta 4 horas")))


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_on: bool


@dataclass(frozen=True)
class Catalogue:
    rows: list[CatalogueRow]
    search: str
    topics: list[Option]
    lengths: list[Option]
    is_filtered: bool
    total: int


@register.simple_tag
def read_catalogue(request: HttpRequest) -> Catalogue:
    """The catalogue as the address asks for it; unknown values are ignored. Two queries."""
    data = request.GET
    topics = tuple(topic for topic in data.getlist("tema") if topic in CourseTopic.values)
    longest = data.get("duracion", "")
    longest = longest if longest in dict(LENGTHS) else ""
    search = data.get("q", "").replace("\x00", "")[:100].strip()
    every = list_catalogue(pages=list_live_pages(), language=reading_language())
    query = CatalogueQuery(search, topics, int(longest) if longest else None)
    return Catalogue(
        rows=filter_catalogue(rows=every, query=query),
        search=search,
        topics=[
            Option(value, str(label), sum(row.topic == value for row in every), value in topics)
            for value, label in CourseTopic.choices
            if any(row.topic == value for row in every)
        ],
        lengths=[
            Option(value, str(label), sum(row.minutes <= int(value) for row in every), value == longest)
            for value, label in LENGTHS
        ],
        is_filtered=bool(search or topics or longest),
        total=len(every),
    )


@register.simple_tag
def catalogue_rows(limit: int = 6) -> list[CatalogueRow]:
    """The first courses of the catalogue. Two queries."""
    return list_catalogue(pages=list_live_pages()[:limit], language=reading_language())


@dataclass(frozen=True)
class ShownCourse:
    """A course in the visitor's language where it is translated; ``language``: of its words.

    ``release`` and ``outline`` are ``None`` until it is published for the first time.
    """

    title: str
    summary: str
    audience: str
    outcomes: Sequence[str]
    language: str
    release: CourseRelease | None = None
    outline: CourseOutline | None = None


@register.simple_tag(takes_context=True)
def read_course(context: Context, page: CoursePage) -> ShownCourse:
    """The release that a visitor of the course page would take up, remembered; in a preview, the draft.

    Queries the first time: one, two in a translation; those of ``read_draft`` in a preview.
    """
    remembered: ShownCourse | None = getattr(page, "_shown", None)
    if remembered is None:
        is_preview = getattr(context.get("request"), "is_preview", False)
        remembered = page._shown = _read_draft(page) if is_preview else _read_course(page)
    return remembered


def _read_draft(page: CoursePage) -> ShownCourse:
    return _as_written(page, draft_release(course=page, at=now()))


def _as_written(page: CoursePage, release: CourseRelease | None = None) -> ShownCourse:
    outline = release.outline if release else None
    words = page.title, page.summary, page.audience, page.outcome_list, page.language
    return ShownCourse(*words, release=release, outline=outline)


def _read_course(page: CoursePage) -> ShownCourse:
    try:
        release = get_current_release(course_code=page.code)
    except CourseNotFoundError:
        return _as_written(page)
    outline = outline_in(release=release, language=reading_language())
    words = outline.title, outline.summary, outline.audience, outline.outcomes, outline.language
    return ShownCourse(*words, release=release, outline=outline)


@register.filter
def words_of(outline: CourseOutline, key: str) -> str:
    """The language of the words of a module or unit, for ``lang_of``."""
    return source_language() if key in outline.untranslated else outline.language


@register.filter
def unit_icon(kind: Any) -> str:
    """The icon of a unit's kind."""
    return {"dilemma": "split", "assessment": "target"}.get(str(kind), "book-open")


@register.filter
def level_label(level: int) -> Promise:
    """A level of competence in words."""
    return LEVEL_WORDS[level]
