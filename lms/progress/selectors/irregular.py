"""Attempts at which a person should look: late answers, and signs of another kind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from lms.progress.models import AnswerEvent, AssessmentAttempt, AttemptSign
from lms.progress.rules.signs import NEAR_START, Timed

ROWS = 500


def list_late(*, course_code: str, person_id: int | None = None) -> QuerySet[AssessmentAttempt]:
    """Attempts handed in, with late answers on which nobody decided, oldest first.

    Args:
        person_id: who looks, and finds none of its own.

    With ``late_count`` and ``last_late_at``. One query when read.
    """
    is_late = Q(events__is_late=True)
    rows = _handed_in(course_code).filter(late_decision=None)
    if person_id:
        rows = rows.exclude(enrolment__person_id=person_id)
    return (
        rows.annotate(
            late_count=Count("events__question_key", filter=is_late, distinct=True),
            last_late_at=Max("events__saved_at", filter=is_late),
        )
        .filter(late_count__gt=0)
        .order_by("submitted_at", "pk")
    )


def list_signs(*, course_code: str, person_id: int | None = None) -> QuerySet[AttemptSign]:
    """Signs at which nobody looked yet, newest first. One query when read.

    Args:
        person_id: who looks, and finds none in which it has a part.
    """
    rows = AttemptSign.objects.filter(
        state=AttemptSign.State.NEW, attempt__enrolment__course__code=course_code
    ).select_related("attempt", "other")
    return rows.exclude(_sign_of(person_id)) if person_id else rows


def count_to_review(*, course_codes: frozenset[str] | None, person_id: int | None = None) -> dict[str, int]:
    """Late attempts and signs waiting in each course, by code; ``None``: all courses. Two queries.

    Args:
        person_id: as in :func:`list_late` and :func:`list_signs`.
    """
    late = AssessmentAttempt.objects.filter(
        ~Q(state=AssessmentAttempt.State.OPEN), events__is_late=True, late_decision=None
    )
    signs = AttemptSign.objects.filter(state=AttemptSign.State.NEW)
    if person_id:
        late, signs = late.exclude(enrolment__person_id=person_id), signs.exclude(_sign_of(person_id))
    counts: dict[str, int] = {}
    for rows, name in (
        (late, "enrolment__course__code"),
        (signs, "attempt__enrolment__course__code"),
    ):
        if course_codes is not None:
            rows = rows.filter(**{f"{name}__in": course_codes})
        for code, n in rows.values_list(name).annotate(n=Count("pk", distinct=True)).order_by():
            counts[code] = counts.get(code, 0) + n
    return counts


def read_timed(
    *, since: datetime, until: datetime
) -> Mapping[tuple[int, str], tuple[list[Timed], frozenset[int]]]:
    """Attempts handed in from ``since`` to before ``until``, with those that began beside them.

    By course id and unit: the attempts, and the ids of the new ones. Two queries, one for every 500 attempts.
    """
    fresh = list(
        AssessmentAttempt.objects.filter(
            state=AssessmentAttempt.State.SUBMITTED, submitted_at__gte=since, submitted_at__lt=until
        ).values_list("pk", "enrolment__course_id", "unit_key", "started_at")
    )
    if not fresh:
        return {}
    new = frozenset(row[0] for row in fresh)
    first = min(row[3] for row in fresh) - NEAR_START
    last = max(row[3] for row in fresh) + NEAR_START
    beside = AssessmentAttempt.objects.filter(
        state=AssessmentAttempt.State.SUBMITTED,
        started_at__range=(first, last),
        enrolment__course_id__in={row[1] for row in fresh},
    ).select_related("enrolment")
    groups: dict[tuple[int, str], tuple[list[Timed], frozenset[int]]] = {}
    rows = list(beside)
    for start in range(0, len(rows), ROWS):
        batch = rows[start : start + ROWS]
        answers = _answers([attempt.pk for attempt in batch])
        for attempt in batch:
            group = groups.setdefault((attempt.enrolment.course_id, attempt.unit_key), ([], new))
            group[0].append(
                Timed(
                    attempt.pk,
                    attempt.enrolment.person_id,
                    attempt.started_at,
                    answers.get(attempt.pk, {}),
                    bool(attempt.passed),
                )
            )
    return groups


def _answers(ids: list[int]) -> dict[int, dict[str, tuple[Any, datetime]]]:
    found: dict[int, dict[str, tuple[Any, datetime]]] = {}
    rows = AnswerEvent.objects.filter(attempt__in=ids, is_late=False)
    for pk, key, answer, given_at in rows.values_list("attempt_id", "question_key", "answer", "given_at"):
        found.setdefault(pk, {})[key] = (answer, given_at)
    return found


def _sign_of(person_id: int) -> Q:
    """Of the person's attempt, or of another that is like it."""
    return Q(attempt__enrolment__person_id=person_id) | Q(other__enrolment__person_id=person_id)


def _handed_in(course_code: str) -> QuerySet[AssessmentAttempt]:
    return AssessmentAttempt.objects.filter(enrolment__course__code=course_code).exclude(
        state=AssessmentAttempt.State.OPEN
    )
