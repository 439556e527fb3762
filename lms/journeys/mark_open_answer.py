"""A trainer marks an open answer; the last mark that an attempt waits for gives its result."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from courses.quizzes.rules import QuestionSpec, grade_scores
from courses.selectors import list_questions
from lms.journeys.conclude_attempt import conclude_attempt
from lms.progress.models import AnswerToMark, AssessmentAttempt, QuestionMark
from lms.progress.rules.marking import MarkDecision
from lms.progress.selectors.attempts import current_scores
from lms.progress.services.attempts import add_marks, change_scores, settle_attempt
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
    attempt = (
        AssessmentAttempt.objects.select_for_update(of=("self",))
        .select_related("release")
        .get(pk=marked.attempt_id)
    )
    questions = list_questions(release=attempt.release, key=attempt.unit_key)
    scores = {marked.question_key: decision.score}
    if attempt.state == AssessmentAttempt.State.MARKING:
        add_marks(attempt=attempt, scores=scores, source=QuestionMark.Source.PERSON, at=at)
        grade = grade_scores(rule=rule, questions=questions, scores=current_scores(attempt=attempt))
        settle_attempt(attempt=attempt, grade=grade)
        is_new = True
    else:  # its result was told before: a late answer that was accepted
        change = change_scores(
            attempt_id=attempt.pk, scores=scores, source=QuestionMark.Source.LATE, rule=rule,
            questions=questions, at=at,
        )  # fmt: skip
        attempt, grade, is_new = change.attempt, change.after, change.is_applied
    if is_new:
        conclude_attempt(
            enrolment=enrolment, attempt=attempt, grade=grade, source="marking", platform=platform, at=at
        )
    return decision
