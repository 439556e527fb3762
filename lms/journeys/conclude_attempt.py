"""An attempt has its points: tell its result, and finish the unit and the course where it suffices."""

from datetime import datetime
from fractions import Fraction

from courses.quizzes.rules import Grade
from lms.journeys.finish_unit import record_finished
from lms.journeys.speaking import speaker_for
from lms.progress import statements as say
from lms.progress.models import AssessmentAttempt, Assurance, Completion, Enrolment
from lms.progress.services.attempts import note_told, to_number
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements


def conclude_attempt(
    *,
    enrolment: Enrolment,
    attempt: AssessmentAttempt,
    grade: Grade,
    source: str,
    platform: Platform,
    at: datetime,
) -> Completion | None:
    """The new completion, if there is one. Inside the caller's transaction, with the enrolment locked.

    While a person has to mark something, nothing is told. What was passed counts from the hand-in on,
    however long marking took; a completion that there is stays as it is.
    """
    if grade.waiting:
        return None
    outline = enrolment.release.outline
    unit = outline.get_unit(attempt.unit_key)
    speaker = speaker_for(enrolment=enrolment, person=enrolment.person, outline=outline, platform=platform)
    scores = {key: to_number(score or Fraction(0)) for key, score in grade.scores.items()}
    told = say.attempt_graded(speaker=speaker, unit=unit, attempt=attempt, scores=scores)
    note_told(attempt=attempt)
    if not attempt.passed:
        store_statements(statements=told, platform=platform)
        return None
    return record_finished(
        enrolment=enrolment,
        outline=outline,
        unit=unit,
        source=source,
        assurance=Assurance.A,
        platform=platform,
        at=at,
        also=tuple(told),
        done_at=attempt.submitted_at,
    ).completion
