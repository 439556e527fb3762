"""Reading attempts: what was drawn, what is answered, whether their time is over."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from courses.quizzes.rules import DrawnQuestion
from lms.progress.models import AnswerEvent, AssessmentAttempt, TimeAllowance

LARGEST_DENOMINATOR = 5000
"""Scores are fractions of small numbers; eight decimals tell all of these apart (4e-8 at least)."""


def drawn_of(attempt: AssessmentAttempt) -> tuple[DrawnQuestion, ...]:
    """The questions of the attempt, in its order. No query."""
    return tuple(DrawnQuestion(item["key"], list(item["order"])) for item in attempt.drawn)


def current_answers(*, attempt: AssessmentAttempt) -> dict[str, AnswerEvent]:
    """The answer that counts of each question answered. One query, none where the events are fetched."""
    return {event.question_key: event for event in attempt.events.all() if not event.is_late}


def late_answers(*, attempt: AssessmentAttempt) -> dict[str, AnswerEvent]:
    """The last answer of each question that came too late. One query, none where events are fetched."""
    return {event.question_key: event for event in attempt.events.all() if event.is_late}


def current_scores(*, attempt: AssessmentAttempt) -> dict[str, Fraction | None]:
    """The points that count of each question, 0 to 1, in the attempt's order.

    ``None`` while a question waits for a person. Empty before it is handed in. One query, none where
    the marks are fetched.
    """
    found = {mark.question_key: mark.score for mark in attempt.marks.all()}
    return {item["key"]: to_fraction(found[item["key"]]) for item in attempt.drawn if item["key"] in found}


def to_fraction(score: Decimal | None) -> Fraction | None:
    """The exact score of which eight decimals are stored."""
    return None if score is None else Fraction(score).limit_denominator(LARGEST_DENOMINATOR)


def is_over(*, attempt: AssessmentAttempt, at: datetime) -> bool:
    """Whether its time has run out."""
    return attempt.deadline_at is not None and at > attempt.deadline_at


def find_time_allowance(*, person_id: int) -> TimeAllowance | None:
    """The one in force. One query."""
    return TimeAllowance.objects.filter(person_id=person_id, ended_at=None).first()


def time_percent(*, person_id: int) -> int:
    """How much time the person has, 100 being what everybody has. One query."""
    allowance = find_time_allowance(person_id=person_id)
    return allowance.percent if allowance else 100
