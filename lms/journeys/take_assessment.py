"""A person starts, answers and hands in a final assessment, graded on this server."""

from datetime import datetime, timedelta
from random import Random, SystemRandom

from django.db import transaction

from courses.outline import AssessmentRule
from courses.quizzes.rules import Grade
from courses.selectors import get_readable_release, list_questions
from lms.journeys.conclude_attempt import conclude_attempt
from lms.progress.models import AssessmentAttempt, Completion
from lms.progress.rules import AttemptDecision, decide_attempt
from lms.progress.selectors.attempts import is_over, time_percent
from lms.progress.selectors.progress import attempt_facts, get_standing, list_attempts
from lms.progress.selectors.regrades import amend_questions
from lms.progress.services.attempts import AttemptClosedError, open_attempt, submit_attempt
from lms.progress.services.enrolments import lock_enrolment
from lms.xapi.platform import Platform


class AttemptRefusedError(Exception):
    """No attempt may start now; ``decision`` says why and from when."""

    def __init__(self, decision: AttemptDecision) -> None:
        super().__init__(decision.refusal)
        self.decision = decision


@transaction.atomic
def start_attempt(
    *, enrolment_id: int, unit_key: str, platform: Platform, at: datetime, chance: Random | None = None
) -> AssessmentAttempt:
    """The open attempt, or a new one with its own draw; one whose time has run out is handed in first.

    Raises:
        courses.outline.UnknownUnitError: the release has no such unit.
        AttemptRefusedError: lessons missing, attempts used up, too soon, or passed before.
    """
    enrolment = lock_enrolment(enrolment_id=enrolment_id)
    outline = enrolment.release.outline
    unit = outline.get_unit(unit_key)
    rule = outline.assessment
    if rule is None:
        raise LookupError(unit_key)
    attempts = [
        close_if_over(attempt=attempt, platform=platform, at=at)
        for attempt in list_attempts(enrolment=enrolment, unit_key=unit.key)
    ]
    decision = decide_attempt(
        rule=rule,
        attempts=attempt_facts(attempts),
        lessons_finished=get_standing(enrolment=enrolment).all_lessons_done,
        at=at,
    )
    if not decision.is_allowed:
        raise AttemptRefusedError(decision)
    release = get_readable_release(release=enrolment.release)
    questions = list_questions(release=release, key=unit.key)
    minutes = minutes_for(rule=rule, person_id=enrolment.person_id)
    return open_attempt(
        enrolment=enrolment,
        release=release,
        unit_key=unit.key,
        rule=rule,
        bank=list(questions.values()),
        chance=chance or SystemRandom(),
        at=at,
        deadline_at=at + timedelta(minutes=minutes) if minutes else None,
    )


def minutes_for(*, rule: AssessmentRule, person_id: int) -> int:
    """Minutes of an attempt for this person, rounded up; 0: without limit. One query where there is one."""
    return -(-rule.minutes * time_percent(person_id=person_id) // 100) if rule.minutes else 0


def close_if_over(*, attempt: AssessmentAttempt, platform: Platform, at: datetime) -> AssessmentAttempt:
    """Hand in an attempt whose time has run out, as of its deadline; any other comes back as it is."""
    if attempt.state != AssessmentAttempt.State.OPEN or not is_over(attempt=attempt, at=at):
        return attempt
    try:
        return hand_in_attempt(attempt=attempt, platform=platform, at=at)[0]
    except AttemptClosedError:
        attempt.refresh_from_db()
        return attempt


@transaction.atomic
def hand_in_attempt(
    *, attempt: AssessmentAttempt, platform: Platform, at: datetime
) -> tuple[AssessmentAttempt, Grade, Completion | None]:
    """Grade the attempt, state the result, and finish the unit and the course when passed.

    Where a person has to mark something, nothing is stated before.

    Raises:
        lms.progress.services.attempts.AttemptClosedError: handed in already.
    """
    enrolment = lock_enrolment(enrolment_id=attempt.enrolment_id)
    outline = enrolment.release.outline
    if outline.assessment is None:
        raise LookupError(attempt.unit_key)
    amended = amend_questions(attempt=attempt, course_id=enrolment.course_id)
    graded, grade = submit_attempt(
        attempt_id=attempt.pk,
        rule=outline.assessment,
        wordings=amended.wordings,
        given=amended.given,
        at=at,
    )
    completion = conclude_attempt(
        enrolment=enrolment, attempt=graded, grade=grade, source="web", platform=platform, at=at
    )
    return graded, grade, completion
