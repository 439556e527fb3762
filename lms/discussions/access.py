"""Who enters a course's conversation: those who take the course, and those who moderate it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from courses.models import Course
from lms.discussions.models import CourseDiscussion, Member
from lms.discussions.rules.cohorts import Audience, Cohort, Scope, audience_of_new, cohort_of
from lms.discussions.selectors.discussions import find_course, find_discussion, find_member, read_contexts
from lms.discussions.selectors.mine import has_written_there
from lms.discussions.selectors.threads import Reader
from lms.discussions.services.acts import Moderator
from lms.discussions.services.posting import Author
from lms.lib import clock
from lms.people.policy import Action, Grant, NotAllowedError, Viewer, require_course
from lms.people.selectors.viewers import get_viewer


@dataclass(frozen=True)
class Place:
    """Somebody inside the conversation of a course, with whom it speaks, and what it may write.

    ``cohort`` is None where a person learns at work and works nowhere that we know of.
    """

    viewer: Viewer
    discussion: CourseDiscussion
    cohort: Cohort | None
    member: Member | None
    is_moderator: bool
    at: datetime

    @property
    def course(self) -> Course:
        return self.discussion.course

    @property
    def reader(self) -> Reader:
        return Reader(self.viewer.person_id, self.cohort, self.is_moderator)

    @property
    def audience(self) -> Cohort | None:
        """For whom a new subject would be written."""
        return audience_of_new(
            scope=Scope(self.discussion.scope), cohort=self.cohort, is_moderator=self.is_moderator
        )

    @property
    def shows_institution(self) -> bool:
        """Whether the name of the place of work stands beside what is written for everybody."""
        return bool(self.cohort and self.cohort.audience == Audience.INSTITUTION and not self.is_moderator)

    @property
    def is_muted(self) -> bool:
        """Whether it may only read; whoever teaches the course is never kept from writing."""
        return bool(self.member and self.member.is_muted_at(self.at) and not self.is_moderator)

    def author(self, *, person_id: int) -> Author:
        place = self.cohort.institution_id if self.cohort and self.shows_institution else None
        return Author(person_id, institution_id=place, is_trainer=self.is_moderator)


@dataclass(frozen=True)
class Desk:
    """Somebody who moderates, in front of a course; ``discussion`` is None where nobody ever chose one."""

    viewer: Viewer
    grant: Grant
    course: Course
    discussion: CourseDiscussion | None
    at: datetime

    @property
    def course_code(self) -> str:
        code: str = self.course.code
        return code

    @property
    def moderator(self) -> Moderator:
        return Moderator(self.viewer.user_id, self.grant.role)

    @property
    def found(self) -> CourseDiscussion:
        """
        Raises:
            Http404: the course never had a conversation.
        """
        if self.discussion is None:
            raise Http404
        return self.discussion


def require_moderator(*, viewer: Viewer, course_code: str) -> Grant:
    """The grant by which the viewer leads the conversation of this course. No query.

    Raises:
        NotAllowedError: there is none.
    """
    return require_course(viewer=viewer, action=Action.AUTHOR_COURSES, course_code=course_code)


def may_moderate(*, viewer: Viewer, course_code: str) -> bool:
    """True where :func:`require_moderator` finds a grant."""
    try:
        require_moderator(viewer=viewer, course_code=course_code)
    except NotAllowedError:
        return False
    return True


def enter(*, request: HttpRequest, course_code: str) -> Place:
    """The visitor's place in the conversation. Three queries beside the viewer's.

    Raises:
        Http404: it is switched off, or the visitor neither takes the course nor leads it.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    discussion = find_discussion(course_code=course_code)
    is_moderator = may_moderate(viewer=viewer, course_code=course_code)
    if discussion is None or not (discussion.is_open or is_moderator):
        raise Http404
    person_id = viewer.person_id
    contexts = read_contexts(person_id=person_id, course_id=discussion.course_id) if person_id else ()
    if not (contexts or is_moderator):
        raise Http404
    return Place(
        viewer=viewer,
        discussion=discussion,
        cohort=cohort_of(contexts=contexts, institution_id=viewer.institution_id),
        member=find_member(discussion_id=discussion.pk, person_id=person_id) if person_id else None,
        is_moderator=is_moderator,
        at=at,
    )


def lead_to_own(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For addresses that e-mails and a person's own list name, by ``public_id``.

    Who wrote there and may not enter any more is led to its own messages; for others nothing is there.
    """

    @wraps(view)
    def lead(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
        try:
            return view(request, course_code, public_id)
        except Http404:
            person_id = get_viewer(user=request.user, at=clock.now()).person_id
            if not person_id or not has_written_there(person_id=person_id, public_id=public_id):
                raise
        messages.info(request, _("Esa conversación ya no está abierta para ti. Aquí está lo que escribiste."))
        return redirect("discussions:mine")

    return lead


def enter_desk(*, request: HttpRequest, course_code: str) -> Desk:
    """The place of whoever moderates. Two queries beside the viewer's.

    Raises:
        NotAllowedError: the visitor does not lead this course.
        Http404: there is no such course.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    grant = require_moderator(viewer=viewer, course_code=course_code)
    course = find_course(course_code=course_code)
    if course is None:
        raise Http404
    return Desk(viewer, grant, course, find_discussion(course_code=course_code), at)
