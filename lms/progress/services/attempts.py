"""Writing attempts at assessments."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from courses.models import CourseRelease
from courses.outline import AssessmentRule
from courses.quizzes.rules import (
    Grade,
    QuestionSpec,
    draw_questions,
    grade_scores,
    score_answers,
)
from lms.progress.models import AnswerEvent, AssessmentAttempt, Enrolment, QuestionMark
from lms.progress.selectors.attempts import current_answers, current_scores, drawn_of, is_over
from lms.progress.services.queueing import queue_answers

State = AssessmentAttempt.State
LONGEST_WAIT = timedelta(hours=1)


class AttemptClosedError(Exception):
    """The attempt was handed in before: its answers no longer change."""


class UnknownQuestionError(LookupError):
    """The attempt does not contain that question."""


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
    deadline_at: datetime | None = None,
) -> AssessmentAttempt:
    """Draw and start the next attempt; the caller has asked the rules. An open one is returned as it is."""
    current = enrolment.attempts.filter(unit_key=unit_key, state=State.OPEN).first()
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
        deadline_at=deadline_at,
    )


@transaction.atomic
def save_answer(
    *,
    attempt_id: int,
    question: QuestionSpec | None,
    answer: Any,
    is_flagged: bool,
    at: datetime,
    client_key: UUID | None = None,
    waited: timedelta = timedelta(0),
) -> AnswerEvent:
    """Keep an answer. The same again, or the same sent twice, is one event.

    Args:
        waited: how long it was kept by a browser without network, at most an hour: what was answered
            on another device since is newer.

    One that comes after the hand-in or the deadline is kept as ``is_late`` and does not count.

    Raises:
        UnknownQuestionError: not a question of this attempt.
        courses.quizzes.rules.AnswerError: it does not belong to the question.
    """
    attempt = AssessmentAttempt.objects.select_for_update().get(pk=attempt_id)
    if question is None or question.key not in {item["key"] for item in attempt.drawn}:
        raise UnknownQuestionError
    if client_key is not None:
        sent = attempt.events.filter(client_key=client_key).first()
        if sent:
            return sent
    given = question.check(answer)
    is_late = attempt.state != State.OPEN or is_over(attempt=attempt, at=at)
    last = attempt.events.filter(question_key=question.key).last()
    if last and (last.answer, last.is_flagged, last.is_late) == (given, is_flagged, is_late):
        return last
    return AnswerEvent.objects.create(
        attempt=attempt,
        question_key=question.key,
        answer=given,
        is_flagged=is_flagged,
        is_late=is_late,
        saved_at=at,
        given_at=at - min(max(waited, timedelta(0)), LONGEST_WAIT),
        **({"client_key": client_key} if client_key else {}),
    )


@transaction.atomic
def submit_attempt(
    *,
    attempt_id: int,
    rule: AssessmentRule,
    wordings: Sequence[Mapping[str, QuestionSpec]],
    at: datetime,
    given: Collection[str] = (),
) -> tuple[AssessmentAttempt, Grade]:
    """Hand in and grade; where a person has to mark something, it waits. Only the first hand-in counts.

    Args:
        wordings: the questions in each language, the source first.
        given: keys of questions whose point everybody gets.

    Raises:
        AttemptClosedError: handed in already.
    """
    attempt = (
        AssessmentAttempt.objects.select_for_update(of=("self",)).select_related("release").get(pk=attempt_id)
    )
    if attempt.state != State.OPEN:
        raise AttemptClosedError
    answers = {key: event.answer for key, event in current_answers(attempt=attempt).items()}
    scores = score_answers(wordings=wordings, drawn=drawn_of(attempt), answers=answers)
    scores |= {key: Fraction(1) for key in scores if key in given}
    add_marks(attempt=attempt, scores=scores, source=QuestionMark.Source.AUTOMATIC, at=at)
    grade = grade_scores(rule=rule, questions=wordings[0], scores=scores)
    attempt.submitted_at = min(filter(None, (at, attempt.deadline_at)))
    settle_attempt(attempt=attempt, grade=grade)
    queue_answers(attempt=attempt, keys=grade.waiting)
    return attempt, grade


@dataclass(frozen=True)
class Change:
    """What other points for some questions make of an attempt. ``is_applied``: its result changed."""

    attempt: AssessmentAttempt
    before: Grade
    after: Grade
    is_applied: bool


@transaction.atomic
def change_scores(
    *,
    attempt_id: int,
    scores: Mapping[str, Fraction],
    source: str,
    rule: AssessmentRule,
    questions: Mapping[str, QuestionSpec],
    at: datetime,
) -> Change:
    """Give questions of an attempt other points. A result that was told is never lowered.

    While the attempt is being marked nothing was told, and the points are what they are.
    """
    attempt = (
        AssessmentAttempt.objects.select_for_update(of=("self",)).select_related("release").get(pk=attempt_id)
    )
    now = current_scores(attempt=attempt)
    new = {key: scores.get(key, score) for key, score in now.items()}
    before = grade_scores(rule=rule, questions=questions, scores=now)
    after = grade_scores(rule=rule, questions=questions, scores=new)
    is_applied = after.points > before.points or (attempt.state == State.MARKING and new != now)
    if is_applied:
        changed = {key: score for key, score in new.items() if score != now[key]}
        add_marks(attempt=attempt, scores=changed, source=source, at=at)
        settle_attempt(attempt=attempt, grade=after)
    return Change(attempt, before, after, is_applied)


def add_marks(
    *, attempt: AssessmentAttempt, scores: Mapping[str, Fraction | None], source: str, at: datetime
) -> None:
    """Append the points of some questions. One query."""
    QuestionMark.objects.bulk_create(
        QuestionMark(
            attempt=attempt,
            question_key=key,
            score=None if score is None else to_decimal(score, places=8),
            source=source,
            marked_at=at,
        )
        for key, score in scores.items()
    )


def settle_attempt(*, attempt: AssessmentAttempt, grade: Grade) -> None:
    """Write a grade into its attempt, whose row the caller has locked. A pass that was told stays."""
    attempt.state = State.MARKING if grade.waiting else State.SUBMITTED
    attempt.correct = to_decimal(grade.points, places=4)
    attempt.passed = None if grade.waiting else (grade.passed or bool(attempt.passed))
    attempt.competences = [
        {"competence": row.competence, "correct": to_number(row.points), "total": row.total}
        for row in grade.competences
    ]
    attempt.save(update_fields=["state", "submitted_at", "correct", "passed", "competences"])


def note_told(*, attempt: AssessmentAttempt) -> None:
    """Its result was stated once more."""
    attempt.told += 1
    attempt.save(update_fields=["told"])


def to_decimal(value: Fraction, *, places: int) -> Decimal:
    """Cut off after so many decimals: never more than is true."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)


def to_number(value: Fraction) -> int | float:
    """For JSON: whole where it is, else cut off after four decimals."""
    return value.numerator if value.denominator == 1 else float(to_decimal(value, places=4))
