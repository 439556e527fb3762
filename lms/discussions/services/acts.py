"""Writing down each act of moderation, in the transaction of the act itself."""

from dataclasses import dataclass
from datetime import datetime

from lms.discussions.models import ModerationAction, Post, Thread
from lms.discussions.rules.posting import LONGEST_REASON


@dataclass(frozen=True)
class Moderator:
    """Who acts, and in which role."""

    user_id: int | None
    role: str


def log_action(
    *,
    discussion_id: int,
    kind: ModerationAction.Kind,
    moderator: Moderator,
    at: datetime,
    post: Post | None = None,
    thread: Thread | None = None,
    subject_id: int | None = None,
    reason: str = "",
    until: datetime | None = None,
) -> None:
    """Append one act."""
    ModerationAction.objects.create(
        discussion_id=discussion_id,
        kind=kind,
        post=post,
        thread=thread,
        subject_id=post.person_id if post else subject_id,
        reason=reason[:LONGEST_REASON],
        until=until,
        by_id=moderator.user_id,
        role=moderator.role,
        at=at,
    )
