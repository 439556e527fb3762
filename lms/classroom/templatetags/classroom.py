"""The learner's own state on pages that do not know learners."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.languages import reading_language
from courses.models import CoursePage, LessonPage
from courses.outline import CourseOutline, UnitSpec
from courses.quizzes.models import Question
from lms.classroom.preview.context import (
    Preview,
    SolvedQuestion,
    lesson_context,
    read_preview,
    solved_question,
)
from lms.classroom.preview.learner import PreviewLearner, read_learner
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer
from lms.progress.rules import Condition
from lms.progress.selectors.progress import Standing, find_enrolment, get_standing
from lms.progress.why_words import Told, tell_course

register = template.Library()

CONDITIONS = {
    Condition.LESSONS: _("Completar las lecciones"),
    Condition.ASSESSMENT: _("Aprobar la evaluación final"),
    Condition.DILEMMAS: _("Recorrer un dilema"),
}


@dataclass(frozen=True)
class CourseProgress:
    """Where the visitor stands in a course; ``standing`` and ``told`` are ``None`` when not enrolled.

    ``told``: why it is not complete.
    """

    standing: Standing | None
    told: Told | None
    is_authenticated: bool
    has_posting: bool
    institution_name: str
    finished: frozenset[str]
    is_preview: bool = False


@register.simple_tag(takes_context=True)
def course_progress(context: Context, page: CoursePage) -> CourseProgress:
    """No query for an anonymous visitor, up to five otherwise. In a preview: of somebody new."""
    request, at = context.get("request"), clock.now()
    if request and getattr(request, "is_preview", False):
        return _progress_of_nobody(read_learner(request.session))
    viewer = get_viewer(user=getattr(request, "user", None), at=at)
    enrolment = (
        find_enrolment(person_id=viewer.person_id, course_code=page.code) if viewer.person_id else None
    )
    standing = get_standing(enrolment=enrolment, language=reading_language()) if enrolment else None
    return CourseProgress(
        standing,
        tell_course(standing=standing, at=at) if standing else None,
        viewer.is_authenticated,
        viewer.posting_id is not None,
        viewer.institution_name,
        standing.finished if standing else frozenset(),
    )


def _progress_of_nobody(learner: PreviewLearner) -> CourseProgress:
    """As it is before one takes up the course."""
    return CourseProgress(
        standing=None,
        told=None,
        is_authenticated=True,
        has_posting=learner.institution is not None,
        institution_name=learner.institution_name,
        finished=frozenset(),
        is_preview=True,
    )


@register.simple_tag(takes_context=True)
def preview_lesson(context: Context, page: LessonPage) -> str:
    """The learner's own page, with a lesson that is being written."""
    request = context["request"]
    return render_to_string("classroom/lesson.html", lesson_context(request, page), request)


@register.simple_tag(takes_context=True)
def course_preview(context: Context, page: CoursePage) -> Preview | None:
    """As whom an author looks at the course; ``None`` for everybody else."""
    request = context.get("request")
    if request and getattr(request, "is_preview", False):
        return read_preview(request, course_code=page.code)
    return None


@register.simple_tag
def preview_question(question: Question) -> SolvedQuestion:
    """A question as it is asked, with its solution: for authors."""
    return solved_question(question)


@register.simple_tag(takes_context=True)
def unit_address(context: Context, outline: CourseOutline, unit: UnitSpec) -> str:
    """Where a unit is: the learner's page, or the author's preview of it."""
    preview: Preview | None = context.get("preview")
    return preview.address(unit) if preview else reverse("classroom:unit", args=[outline.code, unit.key])


@register.filter
def condition_label(condition: Any) -> Promise:
    """A condition of the certificate in words."""
    return CONDITIONS[condition]


@register.filter
def state_of(unit: Any, finished: frozenset[str]) -> str:
    """``done`` or ``todo``."""
    return "done" if unit.key in finished else "todo"
