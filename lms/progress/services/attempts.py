"""Writing attempts at assessments."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from random import Random

from django.db import transaction

from courses.models import CourseRelease
from courses.outline import AssessmentRule
from courses.quizzes.rules import (
    DrawnQuestion,
    Grade,
    QuestionSpec,
    check_answer,
    draw_questions,
    grade_attempt,
)
from lms.progress.models import AssessmentAttempt, AttemptAnswer, Enrolment


class AttemptClosedError(Exception):
    """The attempt was handed in before: its answers no longer change."""


class UnknownQuestionError(LookupError):
    """The attempt does not contain that question."""


def drawn_of(attempt: AssessmentAttempt) -> tuple[DrawnQuestion, ...]:
    """The questions of the attempt, in its order."""
    return tuple(DrawnQuestion(item["key"], tuple(item["order"])) for item in attempt.drawn)


@transaction.atomic
def open_attempt(
    *,
    enrolment: Enrolment,
    release: CourseRelease,
    unit_key: str,
    rule: AssessmentRule,
    bank: Sequence[QuestionSpec],
    chance: Random,
    at: datetime,
) -> AssessmentAttempt:
    """Draw and start the next attempt; the caller has asked the rules. An open one is returned as it is."""
    current = enrolment.attempts.filter(unit_key=unit_key, state=AssessmentAttempt.State.OPEN).first()
    if current:
        return current
    drawn = draw_questions(rule=rule, bank=bank, chance=chance)
    return AssessmentAttempt.objects.create(
        enrolment=enrolment,
        release=release,
        unit_key=unit_key,
        number=enrolment.attempts.filter(unit_key=unit_key).count() + 1,
        drawn=[asdict(item) for item in drawn],
        total=len(drawn),
        started_at=at,
    )


@transaction.atomic
def save_answer(
    *,
    attempt_id: int,
    question: QuestionSpec | None,
    chosen: Sequence[int],
    is_flagged: bool,
    at: datetime,
) -> AttemptAnswer:
    """Keep an answer of an open attempt.

    Raises:
        AttemptClosedError: handed in already.
        UnknownQuestionError: not a question of this attempt.
        courses.quizzes.rules.AnswerError: an option that does not exist.
    """
    attempt = AssessmentAttempt.objects.select_for_update().get(pk=attempt_id)
    if attempt.state != AssessmentAttempt.State.OPEN:
        raise AttemptClosedError
    if question is None or question.key not in {item["key"] for item in attempt.drawn}:
        raise UnknownQuestionError
    answer, _created = AttemptAnswer.objects.update_or_create(
        attempt=attempt,
        question_key=question.key,
        defaults={
            "chosen": list(check_answer(question=question, chosen=chosen)),
            "is_flagged": is_flagged,
            "saved_at": at,
        },
    )
    return answer


@transaction.atomic
def submit_attempt(
    *, attempt_id: int, rule: AssessmentRule, questions: Mapping[str, QuestionSpec], at: datetime
) -> tuple[AssessmentAttempt, Grade]:
    """Hand in and grade. Only the first of two hand-ins counts.

    Raises:
        AttemptClosedError: handed in already.
    """
    attempt = (
        AssessmentAttempt.objects.select_for_update(of=("self",)).select_related("release").get(pk=attempt_id)
    )
    if attempt.state != AssessmentAttempt.State.OPEN:
        raise AttemptClosedError
    answers = {answer.question_key: answer.chosen for answer in attempt.answers.all()}
    grade = grade_attempt(rule=rule, questions=questions, drawn=drawn_of(attempt), answers=answers)
    attempt.state = AssessmentAttempt.State.SUBMITTED
    attempt.submitted_at = at
    attempt.correct, attempt.passed = grade.correct, grade.passed
    attempt.competences = [asdict(item) for item in grade.competences]
    attempt.save(update_fields=["state", "submitted_at", "correct", "passed", "competences"])
    return attempt, grade
