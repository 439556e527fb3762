"""A person starts, answers and hands in a final assessment, graded on this server."""

from datetime import datetime
from random import Random, SystemRandom

from django.db import transaction

from courses.quizzes.rules import Grade
from courses.selectors import get_readable_release, list_questions
from lms.journeys.finish_unit import Finished, record_finished
from lms.journeys.speaking import speaker_for
from lms.progress import statements as say
from lms.progress.models import AssessmentAttempt, Assurance, Completion
from lms.progress.rules import AttemptDecision, decide_attempt
from lms.progress.selectors.progress import attempt_facts, get_standing, list_attempts
from lms.progress.services.attempts import open_attempt, submit_attempt
from lms.progress.services.enrolments import lock_enrolment
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements


class AttemptRefusedError(Exception):
    """No attempt may start now; ``decision`` says why and from when."""

    def __init__(self, decision: AttemptDecision) -> None:
        super().__init__(decision.refusal)
        self.decision = decision


@transaction.atomic
def start_attempt(
    *, enrolment_id: int, unit_key: str, at: datetime, chance: Random | None = None
) -> AssessmentAttempt:
    """The open attempt, or a new one with its own draw.

    Raises:
        courses.outline.UnknownUnitError: the release has no such unit.
        AttemptRefusedError: lessons missing, attempts used up, too soon, or passed before.
    """
    enrolment = lock_enrolment(enrolment_id=enrolment_id)
    outline = enrolment.release.outline
    unit = outline.get_unit(unit_key)
    rule = outline.assessment
    attempts = list_attempts(enrolment=enrolment, unit_key=unit.key)
    if rule is None:
        raise LookupError(unit_key)
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
    return open_attempt(
        enrolment=enrolment,
        release=release,
        unit_key=unit.key,
        rule=rule,
        bank=list(questions.values()),
        chance=chance or SystemRandom(),
        at=at,
    )


@transaction.atomic
def hand_in_attempt(
    *, attempt: AssessmentAttempt, platform: Platform, at: datetime
) -> tuple[AssessmentAttempt, Grade, Completion | None]:
    """Grade the attempt, state the result, and finish the unit and the course when passed.

    Raises:
        lms.progress.services.attempts.AttemptClosedError: handed in already.
    """
    enrolment = lock_enrolment(enrolment_id=attempt.enrolment_id)
    outline = enrolment.release.outline
    unit = outline.get_unit(attempt.unit_key)
    if outline.assessment is None:
        raise LookupError(attempt.unit_key)
    questions = list_questions(release=attempt.release, key=attempt.unit_key)
    graded, grade = submit_attempt(attempt_id=attempt.pk, rule=outline.assessment, questions=questions, at=at)
    speaker = speaker_for(enrolment=enrolment, person=enrolment.person, outline=outline, platform=platform)
    told = say.attempt_graded(speaker=speaker, unit=unit, attempt=graded, right=dict(grade.right))
    finished: Finished | None = None
    if grade.passed:
        finished = record_finished(
            enrolment=enrolment, outline=outline, unit=unit, source="web", assurance=Assurance.A,
            platform=platform, at=at, also=tuple(told),
        )  # fmt: skip
    else:
        store_statements(statements=told, platform=platform)
    return graded, grade, finished.completion if finished else None
