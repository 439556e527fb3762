"""Answers in conversations of which people asked to be told: how many, in which subject, never the words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from lms.discussions.selectors.replies import Reply, list_replies
from lms.notices.models import Notice
from lms.notices.rules.kinds import Kind
from lms.notices.rules.planning import CATCH_UP

LAG = timedelta(minutes=5)
"""A message counts from its request's beginning, and is there a moment later: wait for it."""


@dataclass(frozen=True)
class RepliedThread:
    """A subject that the person began, and how many answers it got."""

    thread_id: UUID
    course_code: str
    course_title: str
    count: int


@dataclass(frozen=True)
class Window:
    """Of which answers one notice tells: those published after ``since``, until ``until``."""

    person_id: int
    since: datetime
    until: datetime

    def holds(self, reply: Reply) -> bool:
        return reply.person_id == self.person_id and self.since < reply.published_at <= self.until


def list_people_to_tell(*, at: datetime) -> list[int]:
    """Who got answers of the last days that no notice tells of. Two queries."""
    until = at - LAG
    replies = list_replies(since=until - CATCH_UP, until=until, at=at)
    notices = Notice.objects.filter(kind=Kind.REPLY.value, planned_at__gt=at - CATCH_UP)
    told = dict(notices.order_by("planned_at").values_list("person_id", "planned_at"))  # the latest stays
    return sorted(
        {
            reply.person_id
            for reply in replies
            if reply.person_id not in told or reply.published_at > told[reply.person_id] - LAG
        }
    )


def read_replied_threads(*, notices: Sequence[Notice], at: datetime) -> dict[int, tuple[RepliedThread, ...]]:
    """What each notice of answers tells now, by its id; nothing where nothing is left. Two queries."""
    windows = _windows(notices)
    if not windows:
        return {}
    replies = list_replies(
        since=min(window.since for window in windows.values()),
        until=max(window.until for window in windows.values()),
        at=at,
        person_ids={window.person_id for window in windows.values()},
    )
    return {
        notice_id: _by_thread([reply for reply in replies if window.holds(reply)])
        for notice_id, window in windows.items()
    }


def _windows(notices: Sequence[Notice]) -> dict[int, Window]:
    """Each begins where the person's notice before it ended. One query."""
    people = {notice.person_id for notice in notices}
    rows = Notice.objects.filter(kind=Kind.REPLY.value, person__in=people).order_by("planned_at", "pk")
    before: dict[int, datetime] = {}
    found = {}
    wanted = {notice.pk for notice in notices}
    for notice_id, person_id, planned_at in rows.values_list("pk", "person_id", "planned_at"):
        since = max(before.get(person_id, planned_at - CATCH_UP), planned_at - CATCH_UP)
        if notice_id in wanted:
            found[notice_id] = Window(person_id, since - LAG, planned_at - LAG)
        before[person_id] = planned_at
    return found


def _by_thread(replies: Sequence[Reply]) -> tuple[RepliedThread, ...]:
    counts = Counter((reply.thread_id, reply.course_code, reply.course_title) for reply in replies)
    return tuple(RepliedThread(*thread, count) for thread, count in counts.items())
