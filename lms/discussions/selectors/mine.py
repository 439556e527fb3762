"""All that conversations keep of one person, for that person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from lms.discussions.models import Member, Post, PostEdit, Report
from lms.discussions.rules.posting import HAS_WORDS


@dataclass(frozen=True)
class OwnRecord:
    """Where the person takes part, what it wrote with its earlier words, what it reported."""

    members: list[Member]
    posts: list[Post]
    edits: dict[int, list[PostEdit]]
    reports: list[Report]


def list_own_posts(*, person_id: int) -> QuerySet[Post]:
    """Messages whose words are still kept, the latest first, with their course. One query when read."""
    rows = Post.objects.filter(person_id=person_id, state__in=HAS_WORDS)
    return rows.select_related("thread__discussion__course").order_by("-written_at", "-pk")


def list_memberships(*, person_id: int) -> list[Member]:
    """The conversations in which the person takes part, by course. One query."""
    rows = Member.objects.filter(person_id=person_id).select_related("discussion__course")
    return list(rows.order_by("discussion__course__title"))


def find_own_post(*, person_id: int, public_id: Any) -> Post | None:
    """One of the person's messages, whatever conversation it is in. One query."""
    return list_own_posts(person_id=person_id).filter(public_id=public_id).first()


def has_written_there(*, person_id: int, public_id: Any) -> bool:
    """Whether a message, or one of a subject, with this public id is the person's. One query."""
    there = Q(public_id=public_id) | Q(thread__public_id=public_id)
    return Post.objects.filter(there, person_id=person_id).exists()


def read_own_record(*, person_id: int) -> OwnRecord:
    """Everything, oldest first. Four queries."""
    posts = list(list_own_posts(person_id=person_id).order_by("written_at", "pk"))
    edits: dict[int, list[PostEdit]] = {}
    for edit in PostEdit.objects.filter(post__person_id=person_id):
        edits.setdefault(edit.post_id, []).append(edit)
    reports = Report.objects.filter(person_id=person_id).select_related("post__thread__discussion__course")
    return OwnRecord(list_memberships(person_id=person_id), posts, edits, list(reports))


def count_posts_since(*, person_id: int, since: datetime) -> int:
    """How much the person wrote lately, in all conversations. One query."""
    return Post.objects.filter(person_id=person_id, written_at__gt=since).count()
