"""Catalogue and course pages read their data through these tags."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import CoursePage, CourseRelease, CourseTopic
from courses.selectors import (
    CatalogueQuery,
    CatalogueRow,
    CourseNotFoundError,
    filter_catalogue,
    get_current_release,
    list_catalogue,
    list_live_pages,
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
    every = list_catalogue(pages=list_live_pages())
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
    return list_catalogue(pages=list_live_pages()[:limit])


@register.simple_tag
def current_release(page: CoursePage) -> CourseRelease | None:
    """The release that a visitor of the course page would take up. One query."""
    try:
        return get_current_release(course_code=page.code)
    except CourseNotFoundError:
        return None


@register.filter
def unit_icon(kind: Any) -> str:
    """The icon of a unit's kind."""
    return {"dilemma": "split", "assessment": "target"}.get(str(kind), "book-open")


@register.filter
def level_label(level: int) -> Promise:
    """A level of competence in words."""
    return {
        1: _("1 de 3: reconoce"),
        2: _("2 de 3: aplica"),
        3: _("3 de 3: orienta a otras personas"),
    }[level]
