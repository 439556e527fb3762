"""What counts as finished, completed, allowed, due. Pure: dates and facts come in, decisions go out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from courses.outline import AssessmentRule, CourseOutline, UnitKind, UnitSpec


class Condition(StrEnum):
    LESSONS = "lessons"
    ASSESSMENT = "assessment"
    DILEMMAS = "dilemmas"


@dataclass(frozen=True)
class ConditionState:
    """One condition of the certificate: how much of it is done. ``done`` of ``needed``."""

    condition: Condition
    done: int
    needed: int

    @property
    def is_met(self) -> bool:
        return self.done >= self.needed


@dataclass(frozen=True)
class CompletionDecision:
    conditions: tuple[ConditionState, ...]

    @property
    def is_complete(self) -> bool:
        return all(condition.is_met for condition in self.conditions)


@dataclass(frozen=True)
class AttemptFact:
    """A past or open attempt, as the rules need it. Handed in without ``passed``: it is being marked."""

    number: int
    submitted_at: datetime | None
    passed: bool | None


class AttemptRefusal(StrEnum):
    LESSONS_MISSING = "lessons_missing"
    NONE_LEFT = "none_left"
    TOO_SOON = "too_soon"
    ALREADY_PASSED = "already_passed"
    BEING_MARKED = "being_marked"


@dataclass(frozen=True)
class AttemptDecision:
    """Whether a new attempt may start; ``open_number`` when one is under way and goes on."""

    refusal: AttemptRefusal | None
    open_number: int | None = None
    attempts_left: int | None = None
    not_before: datetime | None = None

    @property
    def is_allowed(self) -> bool:
        return self.refusal is None


class UnitRefusal(StrEnum):
    CHECKS_MISSING = "checks_missing"
    DILEMMA_MISSING = "dilemma_missing"
    IS_ASSESSMENT = "is_assessment"


def decide_completion(
    *, outline: CourseOutline, finished: Collection[str], assessment_passed: bool
) -> CompletionDecision:
    """Whether the course is completed under the rule of its release, and what is missing."""
    rule, done = outline.completion, set(finished)
    conditions = []
    if rule.require_all_lessons:
        lessons = outline.lessons
        conditions.append(
            ConditionState(Condition.LESSONS, sum(1 for u in lessons if u.key in done), len(lessons))
        )
    if rule.require_assessment:
        conditions.append(ConditionState(Condition.ASSESSMENT, int(assessment_passed), 1))
    if rule.require_dilemmas:
        dilemmas = sum(1 for u in outline.units if u.kind == UnitKind.DILEMMA and u.key in done)
        conditions.append(ConditionState(Condition.DILEMMAS, dilemmas, rule.require_dilemmas))
    return CompletionDecision(tuple(conditions))


def progress_percent(*, outline: CourseOutline, finished: Collection[str]) -> int:
    """Whole per cent of units finished, rounded down: 100 only when all are."""
    total = len(outline.units)
    return sum(1 for unit in outline.units if unit.key in set(finished)) * 100 // total if total else 0


def next_unit(*, outline: CourseOutline, finished: Collection[str]) -> UnitSpec | None:
    """The first unit that is not finished: where one left off."""
    done = set(finished)
    return next((unit for unit in outline.units if unit.key not in done), None)


def decide_unit(
    *, unit: UnitSpec, answered_checks: Collection[str], dilemma_done: bool
) -> UnitRefusal | None:
    """Why a lesson cannot be finished yet, or ``None``.

    A lesson asks for its practice questions to be answered, rightly or not; a dilemma for one way
    to be gone to its end. An assessment finishes itself.
    """
    if unit.kind == UnitKind.ASSESSMENT:
        return UnitRefusal.IS_ASSESSMENT
    if unit.dilemma and not dilemma_done:
        return UnitRefusal.DILEMMA_MISSING
    if set(unit.checks) - set(answered_checks):
        return UnitRefusal.CHECKS_MISSING
    return None


def decide_attempt(
    *, rule: AssessmentRule, attempts: Sequence[AttemptFact], lessons_finished: bool, at: datetime
) -> AttemptDecision:
    """Whether an attempt may start (or an open one go on) at ``at``.

    The wait runs from the hour at which the last attempt was handed in.
    """
    left = max(rule.attempts - len(attempts), 0) if rule.attempts else None
    open_attempt = next((attempt for attempt in attempts if attempt.submitted_at is None), None)
    if open_attempt:
        return AttemptDecision(None, open_number=open_attempt.number, attempts_left=left)
    if any(attempt.passed for attempt in attempts):
        return AttemptDecision(AttemptRefusal.ALREADY_PASSED, attempts_left=left)
    if any(attempt.passed is None for attempt in attempts):
        return AttemptDecision(AttemptRefusal.BEING_MARKED, attempts_left=left)
    if not lessons_finished:
        return AttemptDecision(AttemptRefusal.LESSONS_MISSING, attempts_left=left)
    if left == 0:
        return AttemptDecision(AttemptRefusal.NONE_LEFT, attempts_left=0)
    handed_in = [attempt.submitted_at for attempt in attempts if attempt.submitted_at]
    if handed_in:
        not_before = max(handed_in) + timedelta(hours=rule.wait_hours)
        if at < not_before:
            return AttemptDecision(AttemptRefusal.TOO_SOON, attempts_left=left, not_before=not_before)
    return AttemptDecision(None, attempts_left=left)
