"""The plan and its commitments as screens show them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.plan.models import ActionPlan, Commitment, CoverageSnapshot, ExternalCoding
from lms.plan.selectors.progress import MilestoneCounts
from lms.plan.selectors.snapshots import (
    GoalCoverage,
    HistoryPoint,
    list_goal_coverage,
    list_history,
    list_whole_goals,
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
    def goal_code(self) -> str:
        return self.coverage.goal.code if self.coverage else ""

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
    """All that the page of one commitment shows. ``row`` and ``snapshot`` are of the goal looked at."""

    plan: ActionPlan
    row: CommitmentRow
    goals: Sequence[GoalCoverage]
    codings: Sequence[ExternalCoding]
    snapshot: CoverageSnapshot | None
    history: Sequence[HistoryPoint] = field(default=())
    related: Sequence[Commitment] = field(default=())
    previous: Commitment | None = None
    next: Commitment | None = None

    @property
    def goal_rows(self) -> list[CommitmentRow]:
        """A row for each goal, where there are several to choose from."""
        rows = [CommitmentRow(self.row.commitment, coverage) for coverage in self.goals]
        return rows if len(rows) > 1 else []


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


def get_commitment_page(*, plan: ActionPlan, number: int, goal_code: str = "") -> CommitmentPage:
    """Four queries, however many people and institutions there are.

    Args:
        goal_code: the goal whose coverage is looked at; without it, or without such a goal, the first.

    Raises:
        CommitmentNotFoundError: no such number in the plan.
    """
    commitments, related = _list_with_related(plan=plan, number=number)
    index = next((i for i, commitment in enumerate(commitments) if commitment.number == number), None)
    if index is None:
        raise CommitmentNotFoundError(number)
    commitment = commitments[index]
    goals = list_whole_goals(commitment=commitment)
    chosen = next((one for one in goals if one.goal.code == goal_code), goals[0] if goals else None)
    return CommitmentPage(
        plan=plan,
        row=CommitmentRow(commitment, chosen),
        goals=goals,
        codings=list(commitment.codings.order_by("pk")),
        snapshot=chosen.snapshot if chosen else None,
        history=list_history(goal=chosen.goal) if chosen else (),
        related=related,
        previous=commitments[index - 1] if index else None,
        next=commitments[index + 1] if index + 1 < len(commitments) else None,
    )


def _list_with_related(*, plan: ActionPlan, number: int) -> tuple[list[Commitment], list[Commitment]]:
    """The plan's commitments by number, and those that one is related to, of public plans. One query."""
    links = Commitment.related.through.objects.filter(
        from_commitment__plan=plan, from_commitment__number=number
    )
    is_related = Exists(links.filter(to_commitment=OuterRef("pk")))
    rows: Any = Commitment.objects.filter(Q(plan=plan) | Q(pk__in=links.values("to_commitment")))
    rows = rows.annotate(is_related=is_related).select_related("plan", "table")
    rows = list(rows.order_by("plan__title", "number"))
    own = [row for row in rows if row.plan_id == plan.pk]
    for row in own:
        row.plan = plan
    return own, [row for row in rows if row.is_related and row.plan.is_public]


def list_other_plans(*, plan: ActionPlan | None) -> list[ActionPlan]:
    """Public plans beside this one, those that adhere to it first. One query."""
    found = ActionPlan.objects.public().exclude(pk=plan.pk if plan else 0).select_related("institution")
    return sorted(found, key=lambda one: (plan is None or one.adheres_to_id != plan.pk, one.title))
