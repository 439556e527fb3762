"""The learner's own state on pages that do not know learners."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from courses.models import CoursePage
from lms.classroom.lessons import Part, build_parts
from lms.integrity.selectors import InstitutionInsert
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer
from lms.progress.rules import Condition
from lms.progress.selectors.progress import Standing, find_enrolment, get_standing

register = template.Library()

CONDITIONS = {
    Condition.LESSONS: _("Completar las lecciones"),
    Condition.ASSESSMENT: _("Aprobar la evaluación final"),
    Condition.DILEMMAS: _("Recorrer un dilema"),
}


@dataclass(frozen=True)
class CourseProgress:
    """Where the visitor stands in a course; ``standing`` is ``None`` when not enrolled."""

    standing: Standing | None
    is_authenticated: bool
    has_posting: bool
    institution_name: str
    finished: frozenset[str]


@register.simple_tag(takes_context=True)
def course_progress(context: Context, page: CoursePage) -> CourseProgress:
    """No query for an anonymous visitor, up to four otherwise."""
    viewer = get_viewer(user=getattr(context.get("request"), "user", None), at=clock.now())
    enrolment = (
        find_enrolment(person_id=viewer.person_id, course_code=page.code) if viewer.person_id else None
    )
    standing = get_standing(enrolment=enrolment) if enrolment else None
    return CourseProgress(
        standing,
        viewer.is_authenticated,
        viewer.posting_id is not None,
        viewer.institution_name,
        standing.finished if standing else frozenset(),
    )


@register.simple_tag
def preview_parts(stream: StreamValue) -> list[Part]:
    """A lesson's blocks for the author's preview: nobody's state."""
    return build_parts(stream=stream, answers={}, insert=InstitutionInsert())


@register.filter
def condition_label(condition: Any) -> Promise:
    """A condition of the certificate in words."""
    return CONDITIONS[condition]


@register.filter
def state_of(unit: Any, finished: frozenset[str]) -> str:
    """``done`` or ``todo``."""
    return "done" if unit.key in finished else "todo"
