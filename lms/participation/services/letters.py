"""E-mails of this app as rows: put down first, then handed over, never twice."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Greatest

from lms.lib.clock import local_date
from lms.notices.rules.addresses import ProblemKind
from lms.notices.rules.replies import Outcome, Reply
from lms.notices.rules.retries import delay_after
from lms.participation.models import Follower, Following, Letter, OfficialReply
from lms.participation.rules.following import (
    LOST_AFTER,
    MOST_SOFT_FAILURES,
    SETTLED_AFTER,
    LetterKind,
    LetterState,
)
from lms.participation.selectors.following import list_followers_with_news
from lms.plan.models import PlanChange

KEEP = timedelta(days=90)
PAUSE = timedelta(minutes=5)
UNFINISHED = (LetterState.WAITING.value, LetterState.HANDED.value)


@transaction.atomic
def put_down_digests(*, at: datetime, most: int = 500) -> int:
    """One letter for each follower with news that got none today; how many. Four queries.

    A letter of yesterday that was sent this morning is today's.
    """
    until = at - SETTLED_AFTER
    change = PlanChange.objects.filter(changed_at__lte=until).aggregate(last=Max("pk"))["last"] or 0
    reply = OfficialReply.objects.filter(replied_at__lte=until).aggregate(last=Max("pk"))["last"] or 0
    day = local_date(at)
    found = list_followers_with_news(change_upto=change, reply_upto=reply, day=day)[:most]
    letters = [
        Letter(
            kind=LetterKind.DIGEST.value,
            follower_id=follower_id,
            day=day,
            change_upto=change,
            reply_upto=reply,
            not_before=at,
        )
        for follower_id in found
    ]
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    return len(letters)


def mark_handed(*, letter_id: int, at: datetime) -> bool:
    """Note, before the server is told anything, that it is about to be. False: somebody else's turn."""
    waiting = Letter.objects.filter(pk=letter_id, state=LetterState.WAITING.value)
    return waiting.update(state=LetterState.HANDED.value, handed_at=at) == 1


def skip(*, letter_id: int) -> None:
    """There is no address, or nothing to tell any more. Today nobody tries again."""
    waiting = Letter.objects.filter(pk=letter_id, state=LetterState.WAITING.value)
    waiting.update(state=LetterState.SKIPPED.value)


@transaction.atomic
def record_reply(*, letter: Letter, reply: Reply, at: datetime) -> None:
    """Write down the server's answer to a letter that was handed over."""
    if reply.outcome in (Outcome.ACCEPTED, Outcome.UNCERTAIN):
        is_sent = reply.outcome == Outcome.ACCEPTED
        _end(letter, LetterState.SENT if is_sent else LetterState.UNKNOWN)
        _advance(letter)
    elif reply.outcome == Outcome.DOWN:
        _wait(letter, letter.attempts, at + PAUSE)
    elif reply.outcome == Outcome.LATER:
        delay = delay_after(attempts=letter.attempts + 1)
        if delay is None:
            _end(letter, LetterState.FAILED)
        else:
            _wait(letter, letter.attempts + 1, at + delay)
    else:
        _end(letter, LetterState.FAILED)
        _note_refusal(letter, reply)


@transaction.atomic
def settle_lost(*, at: datetime) -> int:
    """What was being handed over when a crash came counts as sent: nobody gets it twice."""
    lost = Letter.objects.filter(state=LetterState.HANDED.value, handed_at__lt=at - LOST_AFTER)
    for letter in lost:
        _end(letter, LetterState.UNKNOWN)
        _advance(letter)
    return len(lost)


def forget_old_letters(*, at: datetime) -> int:
    """Deletes what was finished three months ago; how many rows."""
    old = Letter.objects.filter(not_before__lt=at - KEEP).exclude(state__in=UNFINISHED)
    return old.delete()[0]


def _end(letter: Letter, state: LetterState) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state.value)


def _wait(letter: Letter, attempts: int, not_before: datetime) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.WAITING.value, attempts=attempts, not_before=not_before
    )


def _advance(letter: Letter) -> None:
    follower_id = letter.follower_id
    if letter.kind != LetterKind.DIGEST or follower_id is None:
        return
    Follower.objects.filter(pk=follower_id).update(soft_failures=0)
    Following.objects.filter(follower_id=follower_id, confirmed_at__isnull=False).update(
        told_change=Greatest("told_change", letter.change_upto),
        told_reply=Greatest("told_reply", letter.reply_upto),
    )


def _note_refusal(letter: Letter, reply: Reply) -> None:
    """An address that does not exist follows nothing; one that refuses three times neither."""
    follower = letter.follower
    if follower is None or reply.problem is None:
        return
    follower.soft_failures += 1
    if reply.problem == ProblemKind.HARD or follower.soft_failures >= MOST_SOFT_FAILURES:
        follower.delete()
        return
    follower.save(update_fields=["soft_failures"])
