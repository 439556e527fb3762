"""Telling those who moderate about a message."""

from datetime import datetime

from django.db import transaction

from lms.discussions.models import Post, Report
from lms.discussions.rules.posting import MOST_REPORTS, PERIOD, PostState
from lms.lib.words import clean_line


class NotReportableError(Exception):
    """The message is not shown any more, or is the person's own."""


class TooManyReportsError(Exception):
    """Ten within ten minutes."""


@transaction.atomic
def report_post(*, post_id: int, person_id: int, reason: str, note: str, at: datetime) -> bool:
    """Keep the report with the words as they stand. False where the person had reported it before.

    Raises:
        NotReportableError, TooManyReportsError: see there.
    """
    post = Post.objects.select_for_update().get(pk=post_id)
    if post.state != PostState.PUBLISHED or post.person_id == person_id:
        raise NotReportableError
    if Report.objects.filter(post=post, person_id=person_id).exists():
        return False
    if Report.objects.filter(person_id=person_id, reported_at__gt=at - PERIOD).count() >= MOST_REPORTS:
        raise TooManyReportsError
    quoted = f"{post.thread.title}\n\n{post.text}" if post.is_first else post.text
    Report.objects.create(
        post=post, person_id=person_id, reason=reason, note=clean_line(note), quoted=quoted, reported_at=at
    )
    return True
