"""Subjects and their messages, for whoever may read them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from lms.discussions.models import Post, Report, Thread
from lms.discussions.rules.cohorts import Cohort


@dataclass(frozen=True)
class Reader:
    """Who reads: a person of a cohort, or somebody who moderates and reads everything."""

    person_id: int | None
    cohort: Cohort | None
    is_moderator: bool = False


@dataclass(frozen=True)
class Extent:
    """Messages of a subject that somebody may read: how many, and the number of the newest."""

    posts: int
    newest: int


def list_threads(*, discussion_id: int, reader: Reader) -> QuerySet[Thread]:
    """What the reader may read, pinned first, then where somebody wrote last. One query when read.

    Each has ``post_count`` (published messages) and ``first_state``, that of its first message.
    """
    first = Post.objects.filter(thread=OuterRef("pk"), number=1)
    rows = _readable(reader).filter(discussion_id=discussion_id).select_related("institution")
    return rows.annotate(
        post_count=Count("posts", filter=Q(posts__published_at__isnull=False)),
        first_state=Subquery(first.values("state")),
    ).order_by("-is_pinned", "-last_post_at", "-pk")


def find_thread(*, discussion_id: int, public_id: UUID, reader: Reader) -> Thread | None:
    """One of them, with ``first_state``; what the reader may not read does not exist. One query."""
    first = Post.objects.filter(thread=OuterRef("pk"), number=1)
    rows = _readable(reader).filter(discussion_id=discussion_id, public_id=public_id)
    return rows.select_related("institution").annotate(first_state=Subquery(first.values("state"))).first()


def list_posts(*, thread: Thread, numbers: Collection[int], reader: Reader) -> list[Post]:
    """Messages with these numbers, in order, each with what it answers and its institution. One query."""
    rows = _readable_posts(reader).filter(thread=thread, number__in=numbers)
    return list(rows.select_related("institution", "in_reply_to").order_by("number"))


def find_post(*, discussion_id: int, public_id: UUID, reader: Reader) -> Post | None:
    """One message with its subject, where the reader may read both. Two queries."""
    rows = _readable_posts(reader).filter(thread__discussion_id=discussion_id, public_id=public_id)
    return (
        rows.filter(thread__in=_readable(reader).filter(discussion_id=discussion_id))
        .select_related("thread", "institution")
        .first()
    )


def measure_thread(*, thread: Thread, reader: Reader) -> Extent:
    """How far the subject goes for the reader. One query."""
    found = _readable_posts(reader).filter(thread=thread).aggregate(posts=Count("pk"), newest=Max("number"))
    return Extent(found["posts"], found["newest"] or 1)


def read_reported(*, person_id: int, posts: Collection[Post]) -> frozenset[int]:
    """Ids of those among the messages that the person has reported. One query."""
    rows = Report.objects.filter(person_id=person_id, post__in=[post.pk for post in posts])
    return frozenset(rows.values_list("post_id", flat=True))


def _readable(reader: Reader) -> QuerySet[Thread]:
    if reader.is_moderator:
        return Thread.objects.all()
    return Thread.objects.readable_by(cohort=reader.cohort, person_id=reader.person_id)


def _readable_posts(reader: Reader) -> QuerySet[Post]:
    if reader.is_moderator:
        return Post.objects.all()
    return Post.objects.readable_by(person_id=reader.person_id)
