"""People mark open answers: one at a time, without knowing whose they are."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from courses.quizzes.rules import OpenAnswer
from lms.progress.models import AnswerToMark, AssessmentAttempt, RubricMark
from lms.progress.rules.marking import MarkDecision, decide_mark
from lms.progress.selectors.attempts import to_fraction
from lms.progress.selectors.marking import list_markable
from lms.progress.services.attempts import to_decimal

CLAIM_LASTS = timedelta(minutes=30)
"""Whoever opened an answer and went away leaves it to the others after so long."""

LONGEST_COMMENT = 1000


class AnswerSettledError(Exception):
    """It has its points already: somebody else finished it meanwhile."""


class MarkedBeforeError(Exception):
    """The account marked this text before; a second look belongs to somebody else."""


class OwnAnswerError(Exception):
    """Nobody marks an answer of their own."""


@transaction.atomic
def claim_answer(
    *, course_code: str, user_id: int, person_id: int | None, at: datetime
) -> AnswerToMark | None:
    """The oldest answer that the account may mark, kept for it for half an hour; ``None``: there is none.

    The one that it has claimed already comes first. What somebody else is claiming at that moment is
    passed over, where the database can: markers do not wait for one another.
    """
    rows: QuerySet[AnswerToMark] = list_markable(
        course_code=course_code, user_id=user_id, person_id=person_id
    ).select_for_update(of=("self",), skip_locked=True)
    fresh = at - CLAIM_LASTS
    found = (
        rows.filter(claimed_by=user_id, claimed_at__gt=fresh).first()
        or rows.filter(claimed_by=None).first()
        or rows.filter(claimed_at__lte=fresh).first()
    )
    if found:
        found.claimed_by_id, found.claimed_at = user_id, at
        found.save(update_fields=["claimed_by", "claimed_at"])
    return found


@transaction.atomic
def release_claim(*, answer_id: int, user_id: int) -> None:
    """Leave an answer to the others."""
    AnswerToMark.objects.filter(pk=answer_id, claimed_by=user_id).update(claimed_by=None, claimed_at=None)


def settle_answer(*, attempt: AssessmentAttempt, question_key: str, at: datetime) -> None:
    """Nobody has to mark it any more: its points came another way. One query."""
    AnswerToMark.objects.filter(attempt=attempt, question_key=question_key, settled_at=None).update(
        claimed_by=None, claimed_at=None, settled_at=at
    )


@transaction.atomic
def add_rubric_mark(
    *,
    answer_id: int,
    body: OpenAnswer,
    levels: Sequence[int],
    comment: str,
    user_id: int,
    person_id: int | None,
    by_two: bool,
    at: datetime,
) -> tuple[AnswerToMark, MarkDecision]:
    """Keep what one person gave; the decision says whether the answer has its points now.

    Raises:
        AnswerSettledError, MarkedBeforeError, OwnAnswerError: see there.
        courses.quizzes.rules.MarkError: levels that the rubric does not have.
    """
    answer = (
        AnswerToMark.objects.select_for_update(of=("self",))
        .select_related("attempt__enrolment", "attempt__release")
        .get(pk=answer_id)
    )
    if answer.settled_at is not None:
        raise AnswerSettledError
    if answer.attempt.enrolment.person_id == person_id:
        raise OwnAnswerError
    marks = answer.rubric_marks.filter(is_late=answer.is_late)
    if marks.filter(marked_by=user_id).exists():
        raise MarkedBeforeError
    score = body.score(levels)
    RubricMark.objects.create(
        answer=answer,
        is_late=answer.is_late,
        levels=list(levels),
        score=to_decimal(score, places=8),
        comment=comment[:LONGEST_COMMENT],
        marked_by_id=user_id,
        marked_at=at,
    )
    told = [to_fraction(value) for value in marks.values_list("score", flat=True)]
    decision = decide_mark(scores=[value for value in told if value is not None], by_two=by_two)
    answer.claimed_by, answer.claimed_at = None, None
    answer.settled_at = at if decision.is_settled else None
    answer.save(update_fields=["claimed_by", "claimed_at", "settled_at"])
    return answer, decision
