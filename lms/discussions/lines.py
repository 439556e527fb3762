"""Subjects and messages as the pages print them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.discussions.access import Place
from lms.discussions.models import Post, Thread
from lms.discussions.rules.posting import PostState, may_edit, page_of
from lms.discussions.selectors.discussions import read_names
from lms.discussions.selectors.threads import read_reported
from lms.discussions.words import GONE_NAME, notice_of_state, title_of
from lms.ui.components import Notice

POSTS_PER_PAGE = 20


@dataclass(frozen=True)
class ThreadLine:
    """A subject in the list. ``audience``: whose it is, told only where one reads those of several."""

    thread: Thread
    title: str
    author: str
    audience: str
    answers: int
    is_waiting: bool


@dataclass(frozen=True)
class Answered:
    """The message that another one answers."""

    number: int
    name: str
    url: str


@dataclass(frozen=True)
class PostLine:
    """One message. ``text`` is empty where its words are not shown; ``gone`` then says why."""

    post: Post
    name: str
    place: str
    text: str
    gone: str
    notice: Notice | None
    answered: Answered | None
    is_own: bool
    is_reported: bool
    may_answer: bool
    may_edit: bool
    may_withdraw: bool
    may_report: bool


def thread_lines(*, threads: Sequence[Thread], place: Place) -> list[ThreadLine]:
    """Subjects with their authors' names. One query."""
    names = read_names(
        discussion_id=place.discussion.pk, person_ids={thread.started_by_id for thread in threads}
    )
    return [
        ThreadLine(
            thread=thread,
            title=title_of(thread),
            author=names.get(thread.started_by_id, str(GONE_NAME)),
            audience=_audience(thread, place),
            answers=max(getattr(thread, "post_count", 0) - 1, 0),
            is_waiting=getattr(thread, "first_state", None) == PostState.WAITING,
        )
        for thread in threads
    ]


def _audience(thread: Thread, place: Place) -> str:
    if thread.is_for_everybody:
        return _("Todo el curso")
    if not place.is_moderator:
        return ""
    return thread.institution.name if thread.institution else _("Por su cuenta")


def post_lines(*, thread: Thread, posts: Sequence[Post], place: Place, may_write: bool) -> list[PostLine]:
    """Messages with names and with what the reader can do about each. Two queries."""
    people = {post.person_id for post in posts}
    people |= {post.in_reply_to.person_id for post in posts if post.in_reply_to}
    names = read_names(discussion_id=place.discussion.pk, person_ids=people)
    person_id = place.viewer.person_id
    reported = read_reported(person_id=person_id, posts=posts) if person_id else frozenset()
    return [_line(thread, post, place, names, reported, may_write=may_write) for post in posts]


def _line(
    thread: Thread,
    post: Post,
    place: Place,
    names: Mapping[int, str],
    reported: Collection[int],
    *,
    may_write: bool,
) -> PostLine:
    is_own = post.person_id == place.viewer.person_id
    is_shown = post.state == PostState.PUBLISHED
    sees_words = is_shown or (is_own or place.is_moderator)
    is_open = place.discussion.is_open
    return PostLine(
        post=post,
        name=names.get(post.person_id, str(GONE_NAME)),
        place=post.institution.name if post.institution and thread.is_for_everybody else "",
        text=post.text if sees_words else "",
        gone=_gone(post),
        notice=notice_of_state(state=post.state),
        answered=_answered(post, names, place.course.code),
        is_own=is_own,
        is_reported=post.pk in reported,
        may_answer=is_shown and may_write,
        may_edit=is_own and is_open and not place.is_muted and _is_editable(post, place.at),
        may_withdraw=is_own and bool(post.text),
        may_report=is_shown and is_open and not is_own and post.pk not in reported and not place.is_moderator,
    )


def _is_editable(post: Post, at: datetime) -> bool:
    return may_edit(state=post.state, written_at=post.written_at, at=at)


def _gone(post: Post) -> str:
    if post.state == PostState.HIDDEN:
        return _("Retirado por moderación: %(reason)s") % {"reason": post.hidden_reason}
    if post.state == PostState.WITHDRAWN:
        return _("Retirado por quien lo escribió.")
    return _("Sus mensajes se borraron con sus datos.") if post.state == PostState.ERASED else ""


def _answered(post: Post, names: Mapping[int, str], course_code: str) -> Answered | None:
    answered = post.in_reply_to
    if answered is None:
        return None
    name = names.get(answered.person_id, str(GONE_NAME))
    return Answered(answered.number, name, post_url(course_code=course_code, post=answered))


def post_url(*, course_code: str, post: Post) -> str:
    """The lasting address of a message: whatever page of its subject it stands on."""
    return reverse("discussions:post", args=[course_code, post.public_id])


def place_in_thread(*, course_code: str, thread: Thread, number: int) -> str:
    """The page on which the message stands now, and the message in it. No query."""
    url = reverse("discussions:thread", args=[course_code, thread.public_id])
    page = page_of(number=number, per_page=POSTS_PER_PAGE)
    return f"{url}{f'?pagina={page}' if page > 1 else ''}#m-{number}"
