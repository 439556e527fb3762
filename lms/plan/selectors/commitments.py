"""The plan and its commitments as screens show them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.plan.models import ActionPlan, Commitment, CoverageSnapshot, ExternalCoding
from lms.plan.selectors.progress import MilestoneCounts
from lms.plan.selectors.snapshots import (
    GoalCoverage,
    HistoryPoint,
    find_current_snapshot,
    list_goal_coverage,
    list_history,
)
from lms.plan.selectors.words import figure_words
from lms.ui.charts import Door, DoorState
from lms.ui.spelling import spell_number


class CommitmentNotFoundError(LookupError):
    """The plan has no commitment with that number."""


def commitment_url(*, commitment: Commitment) -> str:
    """The address of its public page; its plan should be loaded."""
    return reverse("plan:commitment", args=[commitment.plan.code, commitment.number])


@dataclass(frozen=True)
class CommitmentRow:
    """One commitment in a list with its first goal, if it has one, and how its milestones stand."""

    commitment: Commitment
    coverage: GoalCoverage | None
    milestones: MilestoneCounts = field(default_factory=MilestoneCounts)

    @property
    def url(self) -> str:
        return commitment_url(commitment=self.commitment)

    @property
    def percent(self) -> int | None:
        return self.coverage.percent if self.coverage else None

    @property
    def span(self) -> tuple[int, int] | None:
        """Between which percentages it lies as published: twice the same where exact."""
        return self.coverage.span if self.coverage else None

    @property
    def target_percent(self) -> int | None:
        return self.coverage.goal.target_percent if self.coverage else None

    @property
    def course_count(self) -> int:
        return len(self.coverage.goal.course_codes) if self.coverage else 0

    @property
    def words(self) -> str:
        """The coverage in words, whatever is published of it."""
        if self.coverage is None:
            return _("Sin cursos vinculados")
        if self.coverage.snapshot is None:
            return _("Aún sin calcular")
        if self.coverage.total is None:
            return _("Sin personas registradas")
        return figure_words(figure=self.coverage.total.completed, k=self.coverage.minimum_cell)

    @property
    def people(self) -> str:
        """``"1.840 de 2.875 personas"``, ``"2.875 personas"`` or empty."""
        total = self.coverage.total if self.coverage else None
        if total is None or total.headcount is None:
            return ""
        whole = spell_number(value=total.headcount)
        if total.completed.value is None:
            return _("%(whole)s personas") % {"whole": whole}
        return _("%(part)s de %(whole)s personas") % {
            "part": spell_number(value=total.completed.value),
            "whole": whole,
        }

    @property
    def door(self) -> Door:
        """The commitment in the arcade: as much of its share as is published, and the words for it."""
        low, high = self.span or (None, None)
        state = self._door_state()
        return Door(
            number=self.commitment.number,
            url=self.url,
            share_percent=low,
            up_to_percent=high,
            target_percent=self.target_percent,
            state=state,
            words=self.words if state in {"value", "not_published"} else "",
        )

    def _door_state(self) -> DoorState:
        if self.coverage is None:
            return "no_goal" if self.commitment.is_described else "no_information"
        if self.span is not None:
            return "value"
        return "not_published" if self.coverage.total is not None else "no_information"


@dataclass(frozen=True)
class CommitmentPage:
    """All that the page of one commitment shows. ``snapshot`` carries the cube of the first goal."""

    plan: ActionPlan
    row: CommitmentRow
    codings: Sequence[ExternalCoding]
    snapshot: CoverageSnapshot | None
    history: Sequence[HistoryPoint] = field(default=())
    previous: Commitment | None = None
    next: Commitment | None = None


def find_current_plan() -> ActionPlan | None:
    """The plan that ``/plan/`` shows, once it is public. One query."""
    return ActionPlan.objects.public().filter(is_current=True).select_related("institution").first()


def list_commitment_rows(*, plan: ActionPlan) -> list[CommitmentRow]:
    """All commitments by number, each with its first active goal. Three queries."""
    first_goals: dict[int, GoalCoverage] = {}
    for coverage in list_goal_coverage(plan_id=plan.pk):
        first_goals.setdefault(coverage.goal.commitment_id, coverage)
    return [
        CommitmentRow(commitment, first_goals.get(commitment.pk)) for commitment in plan.commitments.all()
    ]


def get_commitment_page(*, plan: ActionPlan, number: int) -> CommitmentPage:
    """Five queries, however many people and institutions there are.

    Raises:
        CommitmentNotFoundError: no such number in the plan.
    """
    commitments = list(plan.commitments.select_related("table"))
    index = next((i for i, commitment in enumerate(commitments) if commitment.number == number), None)
    if index is None:
        raise CommitmentNotFoundError(number)
    commitment = commitments[index]
    goal = commitment.goals.filter(is_active=True).order_by("code").first()
    snapshot = find_current_snapshot(goal_id=goal.pk) if goal else None
    if goal:
        goal.commitment = commitment
    return CommitmentPage(
        plan=plan,
        row=CommitmentRow(commitment, GoalCoverage(goal, snapshot) if goal else None),
        codings=list(commitment.codings.order_by("pk")),
        snapshot=snapshot,
        history=list_history(goal=goal) if goal else (),
        previous=commitments[index - 1] if index else None,
        next=commitments[index + 1] if index + 1 < len(commitments) else None,
    )


def list_related(*, commitment: Commitment) -> list[Commitment]:
    """Related commitments of public plans. One query."""
    found = commitment.related.exclude(plan__status=ActionPlan.Status.DRAFT).select_related("plan")
    return list(found.order_by("plan__title", "number"))


def list_other_plans(*, plan: ActionPlan | None) -> list[ActionPlan]:
    """Public plans beside this one, those that adhere to it first. One query."""
    found = ActionPlan.objects.public().exclude(pk=plan.pk if plan else 0).select_related("institution")
    return sorted(found, key=lambda one: (plan is None or one.adheres_to_id != plan.pk, one.title))
