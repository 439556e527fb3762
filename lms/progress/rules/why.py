"""Why a course is not complete, and the smallest next step. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from courses.outline import CourseOutline, UnitKind, UnitSpec
from lms.progress.rules.completion import (
    AttemptDecision,
    AttemptFact,
    AttemptRefusal,
    Condition,
    decide_attempt,
    decide_completion,
)


class Reason(StrEnum):
    """One word for each state in which a course can be."""

    COMPLETE = "complete"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"
    NOT_BEGUN = "not_begun"
    LESSONS_LEFT = "lessons_left"
    DILEMMAS_LEFT = "dilemmas_left"
    ATTEMPT_READY = "attempt_ready"
    ATTEMPT_OPEN = "attempt_open"
    BEING_MARKED = "being_marked"
    TOO_SOON = "too_soon"
    NONE_LEFT = "none_left"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class Held:
    """A completion as it stands: ``counts`` False where it was taken back. ``until`` None: no end."""

    on: date
    until: date | None
    counts: bool = True


@dataclass(frozen=True)
class Why:
    """The reason, and what its sentence needs to know.

    ``step``: the unit to open next. ``lessons_left`` and ``minutes_left``: of the lessons that are
    asked for. ``has_assessment``: it must be passed besides. ``on``, ``until``: of what was held.
    """

    reason: Reason
    step: UnitSpec | None = None
    lessons_left: int = 0
    minutes_left: int = 0
    dilemmas_left: int = 0
    has_assessment: bool = False
    attempts_left: int | None = None
    not_before: datetime | None = None
    on: date | None = None
    until: date | None = None

    @property
    def is_complete(self) -> bool:
        return self.reason == Reason.COMPLETE


def explain_course(
    *,
    outline: CourseOutline,
    finished: Collection[str],
    attempts: Sequence[AttemptFact],
    held: Held | None,
    day: date,
    at: datetime,
) -> Why:
    """Why the course of this outline is not complete on ``day``; ``at`` is the instant, for waits."""
    if held:
        return _explain_held(held, day)
    lessons = [unit for unit in outline.lessons if unit.key not in set(finished)]
    decision = decide_completion(
        outline=outline, finished=finished, assessment_passed=any(attempt.passed for attempt in attempts)
    )
    missing = {
        state.condition: state.needed - state.done for state in decision.conditions if not state.is_met
    }
    if lessons and missing.keys() & {Condition.LESSONS, Condition.ASSESSMENT}:
        return Why(
            Reason.LESSONS_LEFT if finished or attempts else Reason.NOT_BEGUN,
            step=lessons[0],
            lessons_left=len(lessons),
            minutes_left=sum(unit.minutes for unit in lessons),
            has_assessment=Condition.ASSESSMENT in missing,
        )
    if Condition.DILEMMAS in missing:
        dilemmas = [unit for unit in lessons if unit.kind == UnitKind.DILEMMA]
        return Why(
            Reason.DILEMMAS_LEFT,
            step=dilemmas[0] if dilemmas else None,
            dilemmas_left=missing[Condition.DILEMMAS],
        )
    if Condition.ASSESSMENT in missing and outline.assessment:
        found = decide_attempt(rule=outline.assessment, attempts=attempts, lessons_finished=True, at=at)
        return _explain_attempt(outline.assessment_unit, found)
    return Why(Reason.NOT_RECORDED)


def _explain_held(held: Held, day: date) -> Why:
    if not held.counts:
        return Why(Reason.TAKEN_BACK, on=held.on)
    is_over = held.until is not None and held.until < day
    return Why(Reason.EXPIRED if is_over else Reason.COMPLETE, on=held.on, until=held.until)


_REFUSED = {
    AttemptRefusal.NONE_LEFT: Reason.NONE_LEFT,
    AttemptRefusal.TOO_SOON: Reason.TOO_SOON,
    AttemptRefusal.BEING_MARKED: Reason.BEING_MARKED,
}


def _explain_attempt(unit: UnitSpec | None, found: AttemptDecision) -> Why:
    if found.refusal:
        return Why(
            _REFUSED[found.refusal], step=unit, attempts_left=found.attempts_left, not_before=found.not_before
        )
    reason = Reason.ATTEMPT_OPEN if found.open_number else Reason.ATTEMPT_READY
    return Why(reason, step=unit, attempts_left=found.attempts_left)
