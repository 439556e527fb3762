"""A question was graded with a wrong key: grade its answers again, tell what changed, lower nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from courses.models import CourseRelease
from courses.quizzes.rules import (
    DrawnQuestion,
    QuestionSpec,
    asks_the_same,
    grade_scores,
    score_answers,
)
from courses.selectors import list_wordings
from lms.journeys.conclude_attempt import conclude_attempt
from lms.progress.models import AssessmentAttempt, QuestionMark, Regrade
from lms.progress.selectors.attempts import current_answers, current_scores
from lms.progress.selectors.regrades import ROWS, before_release, list_to_regrade
from lms.progress.services.attempts import change_scores
from lms.progress.services.enrolments import lock_enrolment
from lms.progress.services.marking import settle_answer
from lms.progress.services.regrades import note_line, note_place
from lms.xapi.platform import Platform


@dataclass
class Preview:
    """What a regrade would do, in attempts. ``other``: the question was another one then.

    ``lowered``: would fall, and stay as they were told; what is still being marked was not told.
    """

    attempts: int = 0
    raised: int = 0
    passing: int = 0
    lowered: int = 0
    other: int = 0


class Regrading:
    """The new points of one question, attempt by attempt. Questions of each release are read once."""

    def __init__(self, regrade: Regrade) -> None:
        self.regrade = regrade
        self._wordings: dict[int, list[dict[str, QuestionSpec]]] = {}

    def questions(self, release: CourseRelease) -> dict[str, QuestionSpec]:
        """In the source language. One query for each release."""
        return self._read(release)[0]

    def score(self, attempt: AssessmentAttempt) -> Fraction | None:
        """What its answer is worth now; ``None`` where it answered another question, or was not asked it."""
        key = self.regrade.question_key
        if self.regrade.method == Regrade.Method.EVERYBODY:
            return Fraction(1)
        old = self.questions(attempt.release).get(key)
        new = self.questions(self.regrade.release).get(key)
        if old is None or new is None or not asks_the_same(old, new):
            return None
        event = current_answers(attempt=attempt).get(key)
        return score_answers(
            wordings=self._read(self.regrade.release),
            drawn=[DrawnQuestion(key, [])],
            answers={key: event.answer if event else None},
        )[key]

    def _read(self, release: CourseRelease) -> list[dict[str, QuestionSpec]]:
        if release.pk not in self._wordings:
            self._wordings[release.pk] = list_wordings(release=release, key=self.regrade.unit_key)
        return self._wordings[release.pk]


def preview_regrades(*, regrades: Sequence[Regrade], most: int) -> list[Preview]:
    """Of each of some unsaved regrades of one question, from the first ``most`` attempts that any takes.

    Queries: five for every 200 attempts, one for each regrade and release.
    """
    widest = max(regrades, key=lambda regrade: before_release(regrade=regrade))
    rows = list_to_regrade(regrade=widest).prefetch_related("marks")[:most]
    found = [(Preview(), Regrading(regrade)) for regrade in regrades]
    for attempt in rows.iterator(chunk_size=ROWS):
        for preview, work in found:
            if attempt.release.number < before_release(regrade=work.regrade):
                _look_ahead(preview, work, attempt)
    return [preview for preview, _work in found]


def _look_ahead(found: Preview, work: Regrading, attempt: AssessmentAttempt) -> None:
    found.attempts += 1
    key = work.regrade.question_key
    score, rule = work.score(attempt), attempt.enrolment.release.outline.assessment
    if score is None or rule is None:
        found.other += 1
        return
    now = current_scores(attempt=attempt)
    before = now.get(key)
    if before is None or score == before:
        return
    if score < before:
        found.lowered += attempt.state == AssessmentAttempt.State.SUBMITTED
        return
    found.raised += 1
    new = grade_scores(rule=rule, questions=work.questions(attempt.release), scores=now | {key: score})
    found.passing += new.passed and not attempt.passed and not new.waiting


def work_on_regrade(*, regrade: Regrade, platform: Platform, at: datetime, most: int) -> bool:
    """Go on for at most ``most`` attempts; True when all are done. May be interrupted and run again."""
    work = Regrading(regrade)
    attempts = list_to_regrade(regrade=regrade, after=regrade.cursor).iterator(chunk_size=ROWS)
    for count, attempt in enumerate(attempts, 1):
        regrade_attempt(work=work, attempt=attempt, platform=platform, at=at)
        if count == most:
            return False
    note_place(regrade=regrade, cursor=regrade.cursor, finished_at=at)
    return True


@transaction.atomic
def regrade_attempt(*, work: Regrading, attempt: AssessmentAttempt, platform: Platform, at: datetime) -> None:
    """Give the answer its new points, and tell the result anew where it rose.

    Where everybody gets the point, nobody has to mark the answer any more.
    """
    regrade = work.regrade
    score = work.score(attempt)
    enrolment = lock_enrolment(enrolment_id=attempt.enrolment_id)
    rule = enrolment.release.outline.assessment
    note_place(regrade=regrade, cursor=attempt.pk)
    if score is None or rule is None:
        return
    change = change_scores(
        attempt_id=attempt.pk,
        scores={regrade.question_key: score},
        source=QuestionMark.Source.REGRADE,
        rule=rule,
        questions=work.questions(attempt.release),
        at=at,
    )
    if regrade.method == Regrade.Method.EVERYBODY:
        settle_answer(attempt=attempt, question_key=regrade.question_key, at=at)
    if change.before.scores.get(regrade.question_key) == score:
        return
    note_line(regrade=regrade, change=change)
    if change.is_applied:
        conclude_attempt(
            enrolment=enrolment, attempt=change.attempt, grade=change.after, source="regrade",
            platform=platform, at=at,
        )  # fmt: skip
