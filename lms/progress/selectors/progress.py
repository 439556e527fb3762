"""Where a person stands."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from courses.outline import CourseOutline, UnitSpec
from courses.selectors import outline_in, outlines_in
from lms.progress.models import (
    AssessmentAttempt,
    Completion,
    Enrolment,
    LearningContext,
)
from lms.progress.rules import (
    AttemptFact,
    CompletionDecision,
    decide_completion,
    next_unit,
    progress_percent,
)
from lms.progress.rules.why import Held


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
    attempts: tuple[AttemptFact, ...] = ()

    @property
    def lessons_done(self) -> int:
        return sum(1 for unit in self.outline.lessons if unit.key in self.finished)

    @property
    def lessons_total(self) -> int:
        return len(self.outline.lessons)

    @property
    def all_lessons_done(self) -> bool:
        return self.lessons_done == self.lessons_total


def find_enrolment(
    *, person_id: int, course_code: str, context: str | None = None, **also: Any
) -> Enrolment | None:
    """The person's enrolment in a course: at work first, where it learns here, the latest. One query.

    Args:
        also: what else is asked of it on the way, by the name of the attribute that gets it.
    """
    rows = Enrolment.objects.filter(person_id=person_id, course__code=course_code)
    if context:
        rows = rows.filter(context=context)
    asked: Any = rows.select_related("release__course", "completion").learned_here_first()
    found: Enrolment | None = asked.annotate(**also).first()
    return found


def get_standing(*, enrolment: Enrolment, language: str = "") -> Standing:
    """Two queries beside the enrolment's own, three in a translation."""
    outline = outline_in(release=enrolment.release, language=language)
    finished = frozenset(enrolment.unit_results.values_list("unit_key", flat=True))
    return build_standing(
        enrolment=enrolment,
        outline=outline,
        finished=finished,
        attempts=attempt_facts(enrolment.attempts.all()),
    )


def build_standing(
    *,
    enrolment: Enrolment,
    outline: CourseOutline,
    finished: frozenset[str],
    attempts: Sequence[AttemptFact] = (),
) -> Standing:
    """A standing from facts at hand; no query."""
    assessment_passed = any(attempt.passed for attempt in attempts)
    return Standing(
        enrolment=enrolment,
        outline=outline,
        finished=finished,
        decision=decide_completion(outline=outline, finished=finished, assessment_passed=assessment_passed),
        completion=getattr(enrolment, "completion", None),
        next_unit=next_unit(outline=outline, finished=finished),
        percent=progress_percent(outline=outline, finished=finished),
        attempts=tuple(attempts),
    )


def held_of(completion: Completion | None) -> Held | None:
    """A completion as the rules read it. No query."""
    if completion is None:
        return None
    return Held(completion.completed_on, completion.valid_until, completion.counts)


def list_standings(*, person_id: int, language: str = "") -> list[Standing]:
    """All enrolments of a person, latest first. Three queries, four in a translation, for any number."""
    enrolments = (
        Enrolment.objects.filter(person_id=person_id)
        .select_related("release__course", "completion")
        .prefetch_related("unit_results", "attempts")
        .order_by("-started_at")
    )
    outlines = outlines_in(releases=[enrolment.release for enrolment in enrolments], language=language)
    return [
        build_standing(
            enrolment=enrolment,
            outline=outlines[enrolment.release_id],
            finished=frozenset(result.unit_key for result in enrolment.unit_results.all()),
            attempts=attempt_facts(enrolment.attempts.all()),
        )
        for enrolment in enrolments
    ]


def count_units_done(*, person_ids: Collection[int], course_ids: Collection[int]) -> dict[int, int]:
    """Units finished at work by person, in the latest cycle of each of the courses. One query."""
    rows = (
        Enrolment.objects.filter(
            person_id__in=person_ids, course_id__in=course_ids, context=LearningContext.EMPLOYEE
        )
        .order_by("cycle")
        .values_list("person_id", "course_id", "cycle")
        .annotate(units=Count("unit_results"))
    )
    latest = {(person_id, course_id): units for person_id, course_id, _cycle, units in rows}
    done: dict[int, int] = {}
    for (person_id, _course), units in latest.items():
        done[person_id] = done.get(person_id, 0) + units
    return done


def has_passed_assessment(*, enrolment: Enrolment) -> int | None:
    """The best per cent among passed attempts, or ``None``. One query."""
    passed = enrolment.attempts.filter(passed=True)
    return max((attempt.percent for attempt in passed), default=None)


def list_attempts(*, enrolment: Enrolment, unit_key: str) -> list[AssessmentAttempt]:
    """Attempts at one assessment, oldest first. One query."""
    return list(enrolment.attempts.filter(unit_key=unit_key).order_by("number"))


def attempt_facts(attempts: Iterable[AssessmentAttempt]) -> list[AttemptFact]:
    """Attempts as the rules read them."""
    return [AttemptFact(a.number, a.submitted_at, a.passed) for a in attempts]


def latest_change(*, before: datetime | None = None) -> tuple[int, int]:
    """A mark that moves whenever coverage may have: ``(last enrolment id, last completion id)``."""
    last_enrolment = Enrolment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    last_completion = Completion.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return last_enrolment, last_completion
