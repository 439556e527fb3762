"""A trainer decides whether answers that came after the deadline count."""

from datetime import datetime
from fractions import Fraction

from django.db import transaction

from courses.quizzes.rules import score_answers
from lms.journeys.conclude_attempt import conclude_attempt
from lms.progress.models import AssessmentAttempt, LateDecision, QuestionMark
from lms.progress.selectors.attempts import current_answers, current_scores, drawn_of, late_answers
from lms.progress.selectors.regrades import amend_questions
from lms.progress.services.attempts import change_scores
from lms.progress.services.enrolments import lock_enrolment
from lms.progress.services.irregular import record_decision
from lms.progress.services.queueing import queue_late_answers
from lms.xapi.platform import Platform


@transaction.atomic
def decide_late(
    *,
    attempt: AssessmentAttempt,
    is_accepted: bool,
    reason: str,
    user_id: int,
    person_id: int | None,
    platform: Platform,
    at: datetime,
) -> LateDecision:
    """Keep the decision; where they count, grade them and tell the result anew if it rose.

    An answer that had rather cost points is left. An open answer goes to those who mark, instead of the
    text before it, unless it says the same or there is no point to win.

    Raises:
        lms.progress.services.irregular.DecidedBeforeError, NothingLateError, OwnAttemptError: see there.
    """
    enrolment = lock_enrolment(enrolment_id=attempt.enrolment_id)
    late = late_answers(attempt=attempt)
    decision = record_decision(
        attempt=attempt, late=late, is_accepted=is_accepted, reason=reason, user_id=user_id,
        person_id=person_id, at=at,
    )  # fmt: skip
    rule = enrolment.release.outline.assessment
    if not is_accepted or rule is None:
        return decision
    amended = amend_questions(attempt=attempt, course_id=enrolment.course_id)
    drawn = [item for item in drawn_of(attempt) if item.key in late]
    given = score_answers(
        wordings=amended.wordings, drawn=drawn, answers={key: event.answer for key, event in late.items()}
    )
    now = current_scores(attempt=attempt)
    better = {
        key: score
        for key, score in given.items()
        if score is not None and key in now and score > (now[key] or Fraction(0))
    }
    in_time = {key: event.answer for key, event in current_answers(attempt=attempt).items()}
    queue_late_answers(
        attempt=attempt,
        keys=[
            key
            for key, score in given.items()
            if score is None and now.get(key) != 1 and late[key].answer != in_time.get(key)
        ],
    )
    change = change_scores(
        attempt_id=attempt.pk,
        scores=better,
        source=QuestionMark.Source.LATE,
        rule=rule,
        questions=amended.questions,
        at=at,
    )
    if change.is_applied:
        conclude_attempt(
            enrolment=enrolment, attempt=change.attempt, grade=change.after, source="late",
            platform=platform, at=at,
        )  # fmt: skip
    return decision
