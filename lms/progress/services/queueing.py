"""Putting open answers in front of those who mark them."""

from collections.abc import Iterable

from lms.progress.models import AnswerToMark, AssessmentAttempt


def queue_answers(*, attempt: AssessmentAttempt, keys: Iterable[str]) -> None:
    """Each of the questions once. One query, none without keys."""
    assert attempt.submitted_at is not None
    rows = [
        AnswerToMark(attempt=attempt, question_key=key, handed_in_at=attempt.submitted_at) for key in keys
    ]
    if rows:
        AnswerToMark.objects.bulk_create(rows, ignore_conflicts=True)
