"""Who may teach what: whoever writes courses, in the courses of their own teams."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest

from courses.models import CoursePage
from lms.lib import clock
from lms.people.policy import Action, Grant, Viewer, course_codes_for, require_any, require_course
from lms.people.selectors.viewers import get_viewer


@dataclass(frozen=True)
class Desk:
    """A trainer in front of a course, published or not."""

    viewer: Viewer
    grant: Grant
    page: CoursePage
    at: datetime

    @property
    def user_id(self) -> int:
        assert self.viewer.user_id is not None
        return self.viewer.user_id

    @property
    def course_code(self) -> str:
        code: str = self.page.code
        return code


def enter(*, request: HttpRequest) -> tuple[Viewer, datetime]:
    """Whoever teaches anything, and the time.

    Raises:
        NotAllowedError: everybody else.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.AUTHOR_COURSES)
    return viewer, at


def enter_course(*, request: HttpRequest, course_code: str) -> Desk:
    """The trainer's place at a course. One query beside the viewer's.

    Raises:
        NotAllowedError: another team's course, or no such role.
        Http404: no such course.
    """
    viewer, at = enter(request=request)
    grant = require_course(viewer=viewer, action=Action.AUTHOR_COURSES, course_code=course_code)
    page = CoursePage.objects.of_source().filter(code=course_code).first()
    if page is None:
        raise Http404
    return Desk(viewer, grant, page, at)


def may_teach(*, user: Any, course_code: str) -> bool:
    """Whether :func:`enter_course` would let the account in. The viewer's queries."""
    viewer = get_viewer(user=user, at=clock.now())
    codes = course_codes_for(viewer=viewer, action=Action.AUTHOR_COURSES)
    return codes is None or course_code in codes
