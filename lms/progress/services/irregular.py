"""Writing decisions about late answers and about signs of irregular attempts."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from lms.progress.models import AnswerEvent, AssessmentAttempt, AttemptSign, LateDecision
from lms.progress.rules.signs import Found

LONGEST_REASON = 500
KEPT_AFTER_DECISION = timedelta(days=365)


class NothingLateError(Exception):
    """No answer came late, or the attempt has not been handed in."""


class DecidedBeforeError(Exception):
    """Somebody decided already."""


class OwnAttemptError(Exception):
    """Nobody decides about an attempt of their own."""


class SignDecidedError(Exception):
    """Somebody looked at it already."""


@transaction.atomic
def record_decision(
    *,
    attempt: AssessmentAttempt,
    late: Mapping[str, AnswerEvent],
    is_accepted: bool,
    reason: str,
    user_id: int,
    person_id: int | None,
    at: datetime,
) -> LateDecision:
    """The decision, once for each attempt.

    Raises:
        NothingLateError, DecidedBeforeError, OwnAttemptError: see there.
    """
    if attempt.enrolment.person_id == person_id:
        raise OwnAttemptError
    if not late or attempt.state == AssessmentAttempt.State.OPEN:
        raise NothingLateError
    decision, is_new = LateDecision.objects.get_or_create(
        attempt=attempt,
        defaults={
            "is_accepted": is_accepted,
            "reason": reason[:LONGEST_REASON],
            "decided_by_id": user_id,
            "decided_at": at,
        },
    )
    if not is_new:
        raise DecidedBeforeError
    return decision


@transaction.atomic
def record_signs(*, found: Iterable[Found], at: datetime) -> int:
    """How many signs are new; one that was found before stays as somebody left it."""
    rows = [
        AttemptSign(
            attempt_id=one.key,
            other_id=one.with_key,
            sign=one.sign,
            count=one.count,
            total=one.total,
            found_at=at,
        )
        for one in found
    ]
    before = AttemptSign.objects.count()
    AttemptSign.objects.bulk_create(rows, ignore_conflicts=True)
    return AttemptSign.objects.count() - before


@transaction.atomic
def decide_sign(
    *, sign_id: int, state: str, note: str, user_id: int, person_id: int | None, at: datetime
) -> AttemptSign:
    """Somebody looked at a sign; nothing follows for the attempt.

    Raises:
        OwnAttemptError: it is of the person, or of somebody who answered alike.
        SignDecidedError: somebody did before.
    """
    sign = (
        AttemptSign.objects.select_for_update(of=("self",))
        .select_related("attempt__enrolment", "other__enrolment")
        .get(pk=sign_id)
    )
    if person_id in {one.enrolment.person_id for one in (sign.attempt, sign.other) if one}:
        raise OwnAttemptError
    if sign.state != AttemptSign.State.NEW:
        raise SignDecidedError
    sign.state, sign.note = AttemptSign.State(state), note[:LONGEST_REASON]
    sign.decided_by_id, sign.decided_at = user_id, at
    sign.save(update_fields=["state", "note", "decided_by", "decided_at"])
    return sign


@transaction.atomic
def purge_signs(*, at: datetime) -> int:
    """Delete the signs that somebody looked at a year ago; how many."""
    old = AttemptSign.objects.filter(decided_at__lt=at - KEPT_AFTER_DECISION)
    return old.delete()[0]
