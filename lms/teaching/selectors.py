"""Attempts at an assessment as plain data, without persons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from courses.models import Course, CourseRelease
from courses.quizzes.rules import QuestionSpec
from courses.quizzes.rules.analysis import OF_OPTIONS, Attempt, TakenQuestion
from courses.selectors import list_questions
from lms.progress.models import AnswerEvent, AssessmentAttempt, QuestionMark
from lms.progress.selectors.attempts import drawn_of

MOST_ATTEMPTS = 2000
ROWS = 500
LONGEST_ANSWER = timedelta(minutes=30)
"""A longer pause was spent elsewhere."""


@dataclass(frozen=True)
class Bank:
    """The assessment of the current release: its unit, and its questions with their keys."""

    course: Course
    release: CourseRelease
    unit_key: str
    questions: dict[str, QuestionSpec]


def find_bank(*, course_code: str) -> Bank | None:
    """Two queries; ``None`` where the course has no assessment now."""
    release = (
        CourseRelease.objects.filter(is_current=True, course__code=course_code)
        .select_related("course")
        .first()
    )
    unit = release.outline.assessment_unit if release else None
    if release is None or unit is None:
        return None
    return Bank(release.course, release, unit.key, list_questions(release=release, key=unit.key))


def read_attempts(*, bank: Bank) -> list[Attempt]:
    """The last attempts that were handed in, newest first; only questions at their present version.

    Queries: one, one for each release among them, and three for every 500 attempts.
    """
    attempts = list(
        AssessmentAttempt.objects.filter(
            enrolment__course=bank.course, unit_key=bank.unit_key, state=AssessmentAttempt.State.SUBMITTED
        ).order_by("-submitted_at", "-pk")[:MOST_ATTEMPTS]
    )
    releases = CourseRelease.objects.in_bulk({attempt.release_id for attempt in attempts})
    asked = {pk: list_questions(release=row, key=bank.unit_key) for pk, row in releases.items()}
    found: list[Attempt] = []
    for start in range(0, len(attempts), ROWS):
        found += _read(attempts[start : start + ROWS], bank, asked)
    return found


def _read(
    attempts: list[AssessmentAttempt], bank: Bank, asked: Mapping[int, Mapping[str, QuestionSpec]]
) -> Iterator[Attempt]:
    ids = [attempt.pk for attempt in attempts]
    scores: dict[tuple[int, str], float] = {}
    marks = QuestionMark.objects.filter(attempt__in=ids, score__isnull=False)
    for attempt_id, key, score in marks.values_list("attempt_id", "question_key", "score"):
        scores[attempt_id, key] = float(score or 0)
    events: dict[int, list[tuple[str, Any, datetime]]] = {pk: [] for pk in ids}
    rows = AnswerEvent.objects.filter(attempt__in=ids, is_late=False)
    for attempt_id, key, answer, given_at in rows.values_list(
        "attempt_id", "question_key", "answer", "given_at"
    ):
        events[attempt_id].append((key, answer, given_at))
    for attempt in attempts:
        yield _taken(attempt, bank, asked[attempt.release_id], scores, events[attempt.pk])


def _taken(
    attempt: AssessmentAttempt,
    bank: Bank,
    asked: Mapping[str, QuestionSpec],
    scores: Mapping[tuple[int, str], float],
    events: list[tuple[str, Any, datetime]],
) -> Attempt:
    seconds: dict[str, float] = {}
    answers: dict[str, Any] = {}
    before = attempt.started_at
    for key, answer, given_at in events:
        pause, before = given_at - before, max(given_at, before)
        if timedelta(0) <= pause <= LONGEST_ANSWER:
            seconds[key] = seconds.get(key, 0) + pause.total_seconds()
        answers[key] = answer
    return [
        TakenQuestion(
            item.key, scores[attempt.pk, item.key], _chosen(now, answers.get(item.key)), seconds.get(item.key)
        )
        for item in drawn_of(attempt)
        if (now := bank.questions.get(item.key))
        and now.version == asked[item.key].version
        and (attempt.pk, item.key) in scores
    ]


def _chosen(question: QuestionSpec, answer: Any) -> tuple[int, ...]:
    return tuple(answer) if question.kind in OF_OPTIONS and answer else ()
