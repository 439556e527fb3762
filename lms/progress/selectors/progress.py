"""Where a person stands."""

from dataclasses import dataclass
from datetime import datetime

from courses.outline import CourseOutline, UnitSpec
from lms.progress.models import AssessmentAttempt, CheckAnswer, Completion, DilemmaTally, Enrolment
from lms.progress.rules import (
    AttemptFact,
    CompletionDecision,
    decide_completion,
    next_unit,
    progress_percent,
)


@dataclass(frozen=True)
class Standing:
    """One enrolment as screens show it."""

    enrolment: Enrolment
    outline: CourseOutline
    finished: frozenset[str]
    decision: CompletionDecision
    completion: Completion | None
    next_unit: UnitSpec | None
    percent: int

    @property
    def lessons_done(self) -> int:
        return sum(1 for unit in self.outline.lessons if unit.key in self.finished)

    @property
    def lessons_total(self) -> int:
        return len(self.outline.lessons)

    @property
    def all_lessons_done(self) -> bool:
        return self.lessons_done == self.lessons_total


def find_enrolment(*, person_id: int, course_code: str, context: str | None = None) -> Enrolment | None:
    """The person's enrolment in a course: the employee one first, the latest cycle. One query."""
    rows = Enrolment.objects.filter(person_id=person_id, course__code=course_code)
    if context:
        rows = rows.filter(context=context)
    return (
        rows.select_related("release__course", "person", "posting", "completion")
        .order_by("-context", "-cycle")
        .first()
    )


def get_standing(*, enrolment: Enrolment) -> Standing:
    """Two queries beside the enrolment's own."""
    outline = enrolment.release.outline
    finished = frozenset(enrolment.unit_results.values_list("unit_key", flat=True))
    return build_standing(
        enrolment=enrolment,
        outline=outline,
        finished=finished,
        assessment_passed=has_passed_assessment(enrolment=enrolment) is not None,
    )


def build_standing(
    *, enrolment: Enrolment, outline: CourseOutline, finished: frozenset[str], assessment_passed: bool
) -> Standing:
    """A standing from facts at hand; no query."""
    return Standing(
        enrolment=enrolment,
        outline=outline,
        finished=finished,
        decision=decide_completion(outline=outline, finished=finished, assessment_passed=assessment_passed),
        completion=getattr(enrolment, "completion", None),
        next_unit=next_unit(outline=outline, finished=finished),
        percent=progress_percent(outline=outline, finished=finished),
    )


def list_standings(*, person_id: int) -> list[Standing]:
    """All enrolments of a person, latest first. Two queries, however many courses."""
    enrolments = (
        Enrolment.objects.filter(person_id=person_id)
        .select_related("release__course", "completion")
        .prefetch_related("unit_results", "attempts")
        .order_by("-started_at")
    )
    return [
        build_standing(
            enrolment=enrolment,
            outline=enrolment.release.outline,
            finished=frozenset(result.unit_key for result in enrolment.unit_results.all()),
            assessment_passed=any(attempt.passed for attempt in enrolment.attempts.all()),
        )
        for enrolment in enrolments
    ]


def has_passed_assessment(*, enrolment: Enrolment) -> int | None:
    """The best per cent among passed attempts, or ``None``. One query."""
    passed = enrolment.attempts.filter(passed=True)
    return max((attempt.percent for attempt in passed), default=None)


def list_attempts(*, enrolment: Enrolment, unit_key: str) -> list[AssessmentAttempt]:
    """Attempts at one assessment, oldest first. One query."""
    return list(enrolment.attempts.filter(unit_key=unit_key).order_by("number"))


def attempt_facts(attempts: list[AssessmentAttempt]) -> list[AttemptFact]:
    """Attempts as the rules read them."""
    return [AttemptFact(a.number, a.submitted_at, a.passed) for a in attempts]


def check_answers(*, enrolment: Enrolment) -> dict[str, CheckAnswer]:
    """The person's latest practice answers, by question. One query."""
    return {answer.check_key: answer for answer in enrolment.check_answers.all()}


def dilemma_shares(*, course_id: int, dilemma: str, scene: str, group: int) -> tuple[int, dict[str, float]]:
    """``(people, {choice: share 0–1})`` of one scene; ``(0, {})`` until a whole group has decided."""
    rows = DilemmaTally.objects.filter(course_id=course_id, dilemma=dilemma, scene=scene, shown__gt=0)
    counts = dict(rows.values_list("choice", "shown"))
    total = sum(counts.values())
    if total < group:
        return 0, {}
    return total, {choice: count / total for choice, count in counts.items()}


def latest_change(*, before: datetime | None = None) -> tuple[int, int]:
    """A mark that moves whenever coverage may have: ``(last enrolment id, last completion id)``."""
    last_enrolment = Enrolment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    last_completion = Completion.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return last_enrolment, last_completion
