"""Acts of those who moderate. Each is written down with its reason; none deletes words."""

from datetime import datetime

from django.db import transaction

from lms.discussions.models import Member, ModerationAction, Post, Thread
from lms.discussions.rules.moderation import Decision, ThreadAct, possible_decisions
from lms.discussions.rules.posting import LONGEST_MUTE, PostState
from lms.discussions.services.acts import Moderator, log_action
from lms.discussions.services.posting import publish
from lms.lib.words import clean_line

Kind = ModerationAction.Kind
KINDS = {
    Decision.APPROVE: Kind.APPROVED,
    Decision.HIDE: Kind.HIDDEN,
    Decision.DISMISS: Kind.DISMISSED,
    Decision.RESTORE: Kind.RESTORED,
}
ACTS = {
    ThreadAct.CLOSE: ("is_closed", True, Kind.CLOSED),
    ThreadAct.REOPEN: ("is_closed", False, Kind.REOPENED),
    ThreadAct.PIN: ("is_pinned", True, Kind.PINNED),
    ThreadAct.UNPIN: ("is_pinned", False, Kind.UNPINNED),
}


class NotPossibleError(Exception):
    """The message is not as it was read: somebody was faster, or its author changed it or took it back."""


class BadMuteError(ValueError):
    """It ends in the past, or after more than a year."""


@transaction.atomic
def decide_post(
    *, post_id: int, decision: Decision, reason: str, seen: int, moderator: Moderator, at: datetime
) -> None:
    """Approve, hide, restore, or leave as it is what was reported.

    Hidden, its readers see ``reason`` in place of the words, and its author sees both; what was
    reported is settled with it. ``seen``: how many corrections it had when it was read.

    Raises:
        NotPossibleError: see there.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("thread").get(pk=post_id)
    reports = post.reports.filter(resolved_at__isnull=True)
    if post.edits.count() != seen:
        raise NotPossibleError
    if decision not in possible_decisions(state=post.state, is_reported=reports.exists()):
        raise NotPossibleError
    if decision == Decision.HIDE:
        post.state, post.hidden_reason = PostState.HIDDEN.value, clean_line(reason)
        post.save(update_fields=["state", "hidden_reason"])
    elif decision != Decision.DISMISS:
        publish(post=post, at=at)
    if decision in (Decision.HIDE, Decision.DISMISS):
        reports.update(resolved_at=at, quoted="")
    log_action(
        discussion_id=post.thread.discussion_id,
        kind=KINDS[decision],
        moderator=moderator,
        at=at,
        post=post,
        reason=post.hidden_reason,
    )


@transaction.atomic
def change_thread(*, thread_id: int, act: ThreadAct, moderator: Moderator, at: datetime) -> None:
    """Close it to answers or reopen it, pin it above the others or not. Nothing where it is so already."""
    name, value, kind = ACTS[act]
    thread = Thread.objects.select_for_update().get(pk=thread_id)
    if getattr(thread, name) == value:
        return
    setattr(thread, name, value)
    thread.save(update_fields=[name])
    log_action(discussion_id=thread.discussion_id, kind=kind, moderator=moderator, at=at, thread=thread)


@transaction.atomic
def mute_member(*, member_id: int, until: datetime, reason: str, moderator: Moderator, at: datetime) -> None:
    """The person reads and does not write in this course until then; it sees the reason.

    Raises:
        BadMuteError: see there.
    """
    if not at < until <= at + LONGEST_MUTE:
        raise BadMuteError
    member = Member.objects.select_for_update().get(pk=member_id)
    member.muted_until, member.muted_reason = until, clean_line(reason)
    _save_mute(member, Kind.MUTED, moderator, at)


@transaction.atomic
def unmute_member(*, member_id: int, moderator: Moderator, at: datetime) -> None:
    """The person may write again. Nothing where it may already."""
    member = Member.objects.select_for_update().get(pk=member_id)
    if member.muted_until is not None:
        member.muted_until, member.muted_reason = None, ""
        _save_mute(member, Kind.UNMUTED, moderator, at)


def _save_mute(member: Member, kind: ModerationAction.Kind, moderator: Moderator, at: datetime) -> None:
    member.save(update_fields=["muted_until", "muted_reason"])
    log_action(
        discussion_id=member.discussion_id,
        kind=kind,
        moderator=moderator,
        at=at,
        subject_id=member.person_id,
        reason=member.muted_reason,
        until=member.muted_until,
    )
