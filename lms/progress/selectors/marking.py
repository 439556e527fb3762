"""Open answers that wait for somebody to mark them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from lms.progress.models import AnswerEvent, AnswerToMark, AssessmentAttempt, RubricMark
from lms.progress.selectors.attempts import current_answers, late_answers


@dataclass(frozen=True)
class QueueFigures:
    """``waiting``: answers without points; ``mine``: those that the asking account may mark."""

    waiting: int
    mine: int
    oldest: AnswerToMark | None


def list_markable(*, course_code: str, user_id: int, person_id: int | None) -> QuerySet[AnswerToMark]:
    """What the account may mark, oldest first: not its own, and nothing that it marked before."""
    rows = _waiting(course_code).exclude(
        Exists(
            RubricMark.objects.filter(answer=OuterRef("pk"), is_late=OuterRef("is_late"), marked_by=user_id)
        )
    )
    return rows.exclude(attempt__enrolment__person_id=person_id) if person_id else rows


def queue_figures(*, course_code: str, user_id: int, person_id: int | None) -> QueueFigures:
    """Three queries."""
    mine = list_markable(course_code=course_code, user_id=user_id, person_id=person_id)
    return QueueFigures(_waiting(course_code).count(), mine.count(), _waiting(course_code).first())


def find_claimed(*, public_id: UUID, course_code: str, user_id: int) -> AnswerToMark | None:
    """The answer that the account has in front of it. Two queries: its attempt's events come along."""
    rows = _waiting(course_code).filter(public_id=public_id, claimed_by=user_id)
    return (
        rows.select_related("attempt__release", "attempt__enrolment__release")
        .prefetch_related("attempt__events")
        .first()
    )


def find_text(*, answer: AnswerToMark) -> AnswerEvent | None:
    """What was written, as it is to be read. One query, none where the attempt's events are fetched."""
    events = (late_answers if answer.is_late else current_answers)(attempt=answer.attempt)
    return events.get(answer.question_key)


def count_waiting(*, course_codes: frozenset[str] | None) -> dict[str, int]:
    """How many answers wait in each course, by code; ``None`` means all courses. One query."""
    rows = AnswerToMark.objects.filter(settled_at=None)
    if course_codes is not None:
        rows = rows.filter(attempt__enrolment__course__code__in=course_codes)
    counts = rows.values_list("attempt__enrolment__course__code").annotate(n=Count("pk"))
    return dict(counts.order_by())


def _waiting(course_code: str) -> QuerySet[AnswerToMark]:
    return AnswerToMark.objects.filter(
        settled_at=None, attempt__enrolment__course__code=course_code
    ).order_by("handed_in_at", "pk")


def comments_of(*, attempt: AssessmentAttempt) -> dict[str, list[str]]:
    """What markers wrote to the learner, by question, of answers that have their points. One query."""
    found: dict[str, list[str]] = {}
    rows = RubricMark.objects.filter(answer__attempt=attempt, answer__settled_at__isnull=False)
    for key, comment in rows.exclude(comment="").values_list("answer__question_key", "comment"):
        found.setdefault(key, []).append(comment)
    return found
