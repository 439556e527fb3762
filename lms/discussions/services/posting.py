"""Writing: a new subject, or an answer. One person's messages are written one after the other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lms.discussions.models import CourseDiscussion, Member, Post, Thread
from lms.discussions.rules.cohorts import Cohort
from lms.discussions.rules.posting import PERIOD, PostState, Refusal, refuse_post
from lms.discussions.selectors.discussions import writer_facts
from lms.discussions.selectors.mine import count_posts_since
from lms.lib.words import clean_line, clean_text


class PostRefusedError(Exception):
    """The person may not write now; nothing was written."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True)
class Author:
    """Who writes. ``institution_id``: the place to name beside it, where it learns at work."""

    person_id: int
    institution_id: int | None = None
    is_trainer: bool = False


@transaction.atomic
def start_thread(
    *, discussion_id: int, author: Author, audience: Cohort, title: str, text: str, at: datetime
) -> Post:
    """The first message of a new subject. Sent twice, there is one.

    Raises:
        PostRefusedError: see there.
    """
    member = _lock_member(discussion_id, author)
    discussion = CourseDiscussion.objects.get(pk=discussion_id)
    _admit(discussion, member, author, is_closed=False, at=at)
    title, text = clean_line(title), clean_text(text)
    twice = _find_same(author, text, at, thread__discussion=discussion, thread__title=title, number=1)
    if twice:
        return twice
    thread = Thread.objects.create(
        discussion=discussion,
        audience=audience.audience.value,
        institution_id=audience.institution_id,
        title=title,
        started_by_id=author.person_id,
        started_at=at,
        last_post_at=at,
    )
    return _add(discussion, thread, author, text, None, at)


@transaction.atomic
def reply(*, thread_id: int, author: Author, text: str, answers: UUID | None, at: datetime) -> Post:
    """The next message of a subject; ``answers`` names the one of it that is answered, if any.

    Raises:
        PostRefusedError: see there.
    """
    discussion = CourseDiscussion.objects.get(threads=thread_id)
    member = _lock_member(discussion.pk, author)
    thread = Thread.objects.select_for_update().get(pk=thread_id)  # numbers are given one by one
    _admit(discussion, member, author, is_closed=thread.is_closed, at=at)
    text = clean_text(text)
    if twice := _find_same(author, text, at, thread=thread):
        return twice
    answered = thread.posts.filter(public_id=answers, published_at__isnull=False).first() if answers else None
    return _add(discussion, thread, author, text, answered, at)


def publish(*, post: Post, at: datetime) -> None:
    """Show a message to its readers, and with the first one the subject; part of a larger transaction."""
    post.state, post.published_at = PostState.PUBLISHED.value, post.published_at or at
    post.hidden_reason = ""
    post.save(update_fields=["state", "published_at", "hidden_reason"])
    thread = post.thread
    thread.last_post_at = max(thread.last_post_at, post.published_at)
    if post.is_first:
        thread.published_at = thread.published_at or at
    thread.save(update_fields=["last_post_at", "published_at"])


def _lock_member(discussion_id: int, author: Author) -> Member | None:
    rows = Member.objects.select_for_update()
    return rows.filter(discussion_id=discussion_id, person_id=author.person_id).first()


def _admit(
    discussion: CourseDiscussion, member: Member | None, author: Author, *, is_closed: bool, at: datetime
) -> None:
    facts = writer_facts(
        discussion=discussion,
        member=member,
        is_closed=is_closed,
        is_trainer=author.is_trainer,
        posts_lately=count_posts_since(person_id=author.person_id, since=at - PERIOD),
    )
    if refusal := refuse_post(facts=facts, at=at):
        raise PostRefusedError(refusal)


def _find_same(author: Author, text: str, at: datetime, **where: object) -> Post | None:
    """The same words a moment ago: a form that was sent twice."""
    rows = Post.objects.filter(person_id=author.person_id, text=text, written_at__gt=at - PERIOD, **where)
    return rows.select_related("thread").first()


def _add(
    discussion: CourseDiscussion,
    thread: Thread,
    author: Author,
    text: str,
    answered: Post | None,
    at: datetime,
) -> Post:
    thread.last_number += 1
    thread.save(update_fields=["last_number"])
    post = Post.objects.create(
        thread=thread,
        number=thread.last_number,
        person_id=author.person_id,
        institution_id=author.institution_id,
        is_trainer=author.is_trainer,
        in_reply_to=answered,
        text=text,
        state=PostState.WAITING.value,
        written_at=at,
    )
    if not _must_wait(discussion, author):
        publish(post=post, at=at)
    return post


def _must_wait(discussion: CourseDiscussion, author: Author) -> bool:
    """Where the course asks for it, until one message of the person has been approved and still stands."""
    if author.is_trainer or not discussion.approves_first:
        return False
    published = Post.objects.filter(
        thread__discussion=discussion, person_id=author.person_id, state=PostState.PUBLISHED
    )
    return not published.exists()
