"""What a person's record holds, line by line: for the person and for those who answer for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courses.outline import CourseOutline
from lms.progress.models import (
    AssignedTraining,
    Completion,
    CompletionEvidence,
    CompletionVoid,
    Exemption,
    LearningContext,
    RegradeLine,
    RequirementVersion,
    TrainingRequirement,
)
from lms.progress.rules.requirements import RequirementSpec
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.regrades import read_regrades_of

READ_WITH = (
    "course", "release__course", "enrolment__posting__institution",
    "evidence__file", "evidence__institution", "void__institution",
)  # fmt: skip
"""What a completion has to be read with to become a :class:`CompletionLine` without another query."""


@dataclass(frozen=True)
class CompletionLine:
    """A completed course with on what it rests and what became of it. ``replaced_by``: in its place.

    ``regrades``: how its result rose since it was told.
    """

    completion: Completion
    evidence: CompletionEvidence | None
    void: CompletionVoid | None
    replaced_by: Completion | None
    regrades: tuple[RegradeLine, ...] = ()

    @property
    def outline(self) -> CourseOutline:
        return self.completion.release.outline

    @property
    def is_at_work(self) -> bool:
        return self.completion.context == LearningContext.EMPLOYEE

    @property
    def institution_id(self) -> int | None:
        """Where the person worked then; nowhere for what it learned on its own."""
        posting = self.completion.enrolment.posting
        return posting.institution_id if posting else None


@dataclass(frozen=True)
class AskedTraining:
    """One requirement of a person: what it asks, the days so far and, where there is one, today's."""

    requirement: TrainingRequirement
    spec: RequirementSpec
    days: list[AssignedTraining]
    today: AssignedTraining | None

    @property
    def standing(self) -> Standing | None:
        return Standing(self.today.standing) if self.today else None


def list_completions(*, person_id: int, at_work_only: bool = False) -> list[CompletionLine]:
    """All completions of the person, the latest first, with what was graded again. Two queries."""
    rows = Completion.objects.filter(person_id=person_id)
    if at_work_only:
        rows = rows.filter(context=LearningContext.EMPLOYEE)
    rows = rows.select_related(*READ_WITH).order_by("-completed_on", "-pk")
    return to_completion_lines(rows, regrades=read_regrades_of(person_id=person_id))


def to_completion_lines(
    rows: Iterable[Completion], *, regrades: Mapping[int, tuple[RegradeLine, ...]] | None = None
) -> list[CompletionLine]:
    """The same of rows that are read with ``READ_WITH``; ``regrades`` by enrolment. No query of its own."""
    rows = list(rows)
    evidence: dict[int, CompletionEvidence | None] = {row.pk: getattr(row, "evidence", None) for row in rows}
    replacing: dict[UUID, Completion] = {
        proof.replaces_id: row for row in rows if (proof := evidence[row.pk]) and proof.replaces_id
    }
    return [
        CompletionLine(
            completion=row,
            evidence=evidence[row.pk],
            void=getattr(row, "void", None),
            replaced_by=replacing.get(row.public_id),
            regrades=(regrades or {}).get(row.enrolment_id, ()),
        )
        for row in rows
    ]


def list_asked_training(*, person_id: int, day: date) -> list[AskedTraining]:
    """What the person is or was asked, with its days up to ``day``, by title. At most two queries."""
    rows: dict[int, list[AssignedTraining]] = {}
    for row in (
        AssignedTraining.objects.filter(person_id=person_id, first_day__lte=day)
        .select_related("institution")
        .order_by("first_day")
    ):
        rows.setdefault(row.requirement_id, []).append(row)
    if not rows:
        return []
    versions = RequirementVersion.objects.filter(requirement__in=rows).select_related("requirement")
    latest = {v.requirement_id: v for v in versions.order_by("requirement__title", "requirement", "number")}
    return [
        AskedTraining(
            requirement=version.requirement,
            spec=version.read_spec(),
            days=rows[pk],
            today=next((row for row in rows[pk] if row.last_day >= day), None),
        )
        for pk, version in latest.items()
    ]


def list_exemptions(*, person_id: int) -> list[Exemption]:
    """Every exemption of the person, the latest first. One query."""
    return list(Exemption.objects.filter(person_id=person_id).select_related("requirement"))
