"""Answers of which those who began a subject asked to be told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from lms.discussions.models import Member, Post
from lms.discussions.rules.cohorts import Audience
from lms.discussions.rules.posting import PostState
from lms.lib.clock import local_date
from lms.people.models import Posting


@dataclass(frozen=True)
class Reply:
    """A message of somebody else in a subject that the person began; never its words."""

    person_id: int
    thread_id: UUID
    course_code: str
    course_title: str
    published_at: datetime


def list_replies(
    *, since: datetime, until: datetime, at: datetime, person_ids: Collection[int] | None = None
) -> list[Reply]:
    """What was published after ``since`` until ``until`` and is still shown, the oldest first. One query.

    Only for present people who asked for it and can still read the subject: its conversation is on,
    and they work where it belongs.
    """
    asked = Member.objects.filter(
        discussion=OuterRef("thread__discussion"), person=OuterRef("thread__started_by"), mail_replies=True
    )
    works_there = Posting.objects.valid_on(local_date(at)).filter(
        person=OuterRef("thread__started_by"), institution=OuterRef("thread__institution")
    )
    rows = Post.objects.filter(
        ~Q(thread__audience=Audience.INSTITUTION) | Exists(works_there),
        ~Q(person=F("thread__started_by")),
        Exists(asked),
        state=PostState.PUBLISHED,
        published_at__gt=since,
        published_at__lte=until,
        thread__discussion__is_open=True,
        thread__started_by__erased_at__isnull=True,
        thread__started_by__merged_into__isnull=True,
    )
    if person_ids is not None:
        rows = rows.filter(thread__started_by__in=person_ids)
    found = rows.order_by("published_at", "pk").values_list(
        "thread__started_by_id",
        "thread__public_id",
        "thread__discussion__course__code",
        "thread__discussion__course__title",
        "published_at",
    )
    return [
        Reply(person_id, thread_id, code, title, published_at)
        for person_id, thread_id, code, title, published_at in found
        if published_at
    ]


def wants_reply_mails(*, person_id: int) -> bool:
    """Whether the person asked for it in any course. One query."""
    return Member.objects.filter(person_id=person_id, mail_replies=True).exists()
