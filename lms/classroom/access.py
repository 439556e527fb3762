"""Who may enter which unit: the gate of the classroom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef
from django.http import Http404, HttpRequest

from courses.languages import reading_language
from courses.outline import CourseOutline, UnitKind, UnitSpec, UnknownUnitError
from courses.selectors import outline_in
from lms.discussions.selectors.discussions import discussion_is_open
from lms.lib import clock
from lms.people.policy import Viewer
from lms.people.selectors.viewers import get_viewer
from lms.progress.models import Enrolment
from lms.progress.selectors.progress import find_enrolment


class NotEnrolledError(Exception):
    """The person has not taken up the course: its page offers it."""


@dataclass(frozen=True)
class Visit:
    """A learner in a course as a whole.

    ``language``: the one the learner reads in; ``outline`` has its words where there are some.
    """

    viewer: Viewer
    enrolment: Enrolment
    outline: CourseOutline
    at: datetime
    language: str

    @property
    def has_talk(self) -> bool:
        """Whether the course has a conversation."""
        enrolment: Any = self.enrolment
        return bool(enrolment.has_talk)


@dataclass(frozen=True)
class Place(Visit):
    """A learner in front of a unit."""

    unit: UnitSpec


def enter_course(*, request: HttpRequest, course_code: str) -> Visit:
    """The learner in the course. Four queries, five in a translation.

    Raises:
        NotEnrolledError: not taken up.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    enrolment = None
    if viewer.person_id:
        has_talk = discussion_is_open(OuterRef("course"))
        enrolment = find_enrolment(person_id=viewer.person_id, course_code=course_code, has_talk=has_talk)
    if enrolment is None:
        raise NotEnrolledError(course_code)
    language = reading_language()
    outline = outline_in(release=enrolment.release, language=language)
    return Visit(viewer, enrolment, outline, at, language)


def enter(*, request: HttpRequest, course_code: str, unit_key: str, kind: UnitKind | None = None) -> Place:
    """The place of the learner. Four queries, five in a translation.

    Raises:
        NotEnrolledError: not taken up.
        Http404: no such unit in the release under which the person learns, or of another kind.
    """
    visit = enter_course(request=request, course_code=course_code)
    try:
        unit = visit.outline.get_unit(unit_key)
    except UnknownUnitError:
        raise Http404 from None
    if kind and unit.kind != kind:
        raise Http404
    return Place(visit.viewer, visit.enrolment, visit.outline, visit.at, visit.language, unit)
