"""Putting open answers in front of those who mark them."""

from collections.abc import Iterable

from lms.progress.models import AnswerToMark, AssessmentAttempt


def queue_answers(*, attempt: AssessmentAttempt, keys: Iterable[str]) -> None:
    """Each of the questions once. One query, none without keys."""
    AnswerToMark.objects.bulk_create(_rows(attempt, keys), ignore_conflicts=True)


def queue_late_answers(*, attempt: AssessmentAttempt, keys: Iterable[str]) -> None:
    """The same of answers that came too late and were accepted: they are read, though others were before.

    One query, none without keys.
    """
    AnswerToMark.objects.bulk_create(
        _rows(attempt, keys, is_late=True),
        update_conflicts=True,
        unique_fields=["attempt", "question_key"],
        update_fields=["is_late", "claimed_by", "claimed_at", "settled_at"],
    )


def _rows(attempt: AssessmentAttempt, keys: Iterable[str], *, is_late: bool = False) -> list[AnswerToMark]:
    assert attempt.submitted_at is not None
    return [
        AnswerToMark(attempt=attempt, question_key=key, handed_in_at=attempt.submitted_at, is_late=is_late)
        for key in keys
    ]
