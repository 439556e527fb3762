"""A trainer marks an open answer; the last mark that an attempt waits for gives its result."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from courses.quizzes.rules import QuestionSpec
from courses.selectors import list_questions
from lms.journeys.conclude_attempt import conclude_attempt
from lms.progress.models import AnswerToMark, QuestionMark
from lms.progress.rules.marking import MarkDecision
from lms.progress.selectors.attempts import current_scores
from lms.progress.services.attempts import change_scores
from lms.progress.services.enrolments import lock_enrolment
from lms.progress.services.marking import add_rubric_mark
from lms.xapi.platform import Platform


@transaction.atomic
def mark_open_answer(
    *,
    answer: AnswerToMark,
    question: QuestionSpec,
    levels: Sequence[int],
    comment: str,
    user_id: int,
    person_id: int | None,
    platform: Platform,
    at: datetime,
) -> MarkDecision:
    """Keep the mark; where the answer has its points now, count them, and conclude the attempt if it can be.

    Points that the question had before, for a text that came in time, are never taken away.

    Args:
        question: the open question with its rubric, of the attempt's release.

    Raises:
        lms.progress.services.marking.AnswerSettledError, MarkedBeforeError, OwnAnswerError: see there.
        courses.quizzes.rules.MarkError: levels that the rubric does not have.
    """
    enrolment = lock_enrolment(enrolment_id=answer.attempt.enrolment_id)
    rule = enrolment.release.outline.assessment
    if rule is None:
        raise LookupError(answer.attempt.unit_key)
    marked, decision = add_rubric_mark(
        answer_id=answer.pk,
        body=question.body,
        levels=levels,
        comment=comment,
        user_id=user_id,
        person_id=person_id,
        by_two=rule.two_markers,
        at=at,
    )
    if decision.score is None:
        return decision
    attempt = marked.attempt
    before = current_scores(attempt=attempt).get(marked.question_key)
    change = change_scores(
        attempt_id=attempt.pk,
        scores={marked.question_key: max(decision.score, before or Fraction(0))},
        source=QuestionMark.Source.LATE if marked.is_late else QuestionMark.Source.PERSON,
        rule=rule,
        questions=list_questions(release=attempt.release, key=attempt.unit_key),
        at=at,
    )
    if change.is_applied:
        conclude_attempt(
            enrolment=enrolment, attempt=change.attempt, grade=change.after, source="marking",
            platform=platform, at=at,
        )  # fmt: skip
    return decision
