"""Who may enter which unit: the gate of the classroom."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from courses.outline import CourseOutline, UnitKind, UnitSpec, UnknownUnitError
from lms.lib import clock
from lms.people.policy import Viewer
from lms.people.selectors.viewers import get_viewer
from lms.progress.models import Enrolment
from lms.progress.selectors.progress import find_enrolment


class NotEnrolledError(Exception):
    """The person has not taken up the course: its page offers it."""


@dataclass(frozen=True)
class Place:
    """A learner in front of a unit (``unit`` is ``None`` for the course as a whole)."""

    viewer: Viewer
    enrolment: Enrolment
    outline: CourseOutline
    unit: UnitSpec
    at: datetime


def enter(*, request: HttpRequest, course_code: str, unit_key: str, kind: UnitKind | None = None) -> Place:
    """The place of the learner. Four queries.

    Raises:
        NotEnrolledError: not taken up.
        Http404: no such unit in the release under which the person learns, or of another kind.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    enrolment = (
        find_enrolment(person_id=viewer.person_id, course_code=course_code) if viewer.person_id else None
    )
    if enrolment is None:
        raise NotEnrolledError(course_code)
    outline = enrolment.release.outline
    try:
        unit = outline.get_unit(unit_key)
    except UnknownUnitError:
        raise Http404 from None
    if kind and unit.kind != kind:
        raise Http404
    return Place(viewer, enrolment, outline, unit, at)
