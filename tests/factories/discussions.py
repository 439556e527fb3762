"""Conversations as their services make them, in the fewest words."""

from datetime import datetime

from courses.models import Course
from lms.discussions.models import CourseDiscussion, Member, Post
from lms.discussions.rules.cohorts import EVERYBODY, Audience, Cohort, Scope
from lms.discussions.services.acts import Moderator
from lms.discussions.services.joining import join
from lms.discussions.services.posting import Author, reply, start_thread
from lms.discussions.services.settings import change_settings
from lms.people.models import Institution, Person, Role

MODERATOR = Moderator(None, Role.TRAINER)


def open_discussion(
    *,
    at: datetime,
    course: str = "curso",
    scope: Scope = Scope.COHORT,
    approves_first: bool = False,
    is_open: bool = True,
) -> CourseDiscussion:
    return change_settings(
        course=Course.objects.get(code=course),
        is_open=is_open,
        scope=scope,
        approves_first=approves_first,
        moderator=MODERATOR,
        at=at,
    )


def take_part(
    discussion: CourseDiscussion, person: Person, *, at: datetime, mail_replies: bool = False
) -> Member:
    member, _is_new = join(
        discussion_id=discussion.pk,
        person_id=person.pk,
        display_name=person.given_names,
        mail_replies=mail_replies,
        at=at,
    )
    return member


def write_thread(
    discussion: CourseDiscussion,
    person: Person,
    *,
    at: datetime,
    place: Institution | None = None,
    title: str = "¿Qué es un regalo?",
    text: str = "Un calendario, ¿lo es?",
) -> Post:
    """For the people of ``place``, else for everybody; its author takes part."""
    take_part(discussion, person, at=at)
    audience = Cohort(Audience.INSTITUTION, place.pk) if place else EVERYBODY
    return start_thread(
        discussion_id=discussion.pk,
        author=Author(person.pk, institution_id=place.pk if place else None),
        audience=audience,
        title=title,
        text=text,
        at=at,
    )


def answer(post: Post, person: Person, *, at: datetime, text: str = "Pienso que sí.", **more: bool) -> Post:
    """In answer to the message; its author takes part."""
    take_part(post.thread.discussion, person, at=at)
    author = Author(person.pk, **more)
    return reply(thread_id=post.thread_id, author=author, text=text, answers=post.public_id, at=at)
