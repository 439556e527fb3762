"""Reading computed coverage. No function here costs more when there are more people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import FilteredRelation, Max, Q

from lms.plan.models import Commitment, CoverageSnapshot, SealedSnapshot, TrainingGoal
from lms.plan.rules import PublishedCell, PublishedCube, cell_from_json, cube_from_json, percent_span


@dataclass(frozen=True)
class GoalCoverage:
    """A goal with its current snapshot; ``snapshot`` is ``None`` until what it counts is calculated."""

    goal: TrainingGoal
    snapshot: CoverageSnapshot | None

    @cached_property
    def total(self) -> PublishedCell | None:
        """The grand total as published; ``None`` without people or without a calculation."""
        if self.snapshot is None or self.snapshot.total is None:
            return None
        return cell_from_json(data=self.snapshot.total)

    @property
    def figures_day(self) -> date | None:
        """The day of the grand total: an earlier one where too few people changed since."""
        if self.snapshot is None:
            return None
        if self.total and self.total.as_of:
            return date.fromisoformat(self.total.as_of)
        return self.snapshot.cutoff_date

    @property
    def minimum_cell(self) -> int:
        return self.snapshot.minimum_cell if self.snapshot else 0

    @property
    def percent(self) -> int | None:
        """Whole per cent, only where it is published exactly."""
        return self.total.completed.percent if self.total else None

    @property
    def span(self) -> tuple[int, int] | None:
        """Between which percentages it lies as published: twice the same where exact."""
        return percent_span(figure=self.total.completed) if self.total else None

    @property
    def is_target_met(self) -> bool:
        """Certainly met: of a range its lower end counts."""
        return (
            self.span is not None
            and self.goal.target_percent is not None
            and self.span[0] >= self.goal.target_percent
        )


def latest_snapshot_at() -> datetime | None:
    """When coverage was last calculated. One query."""
    latest: datetime | None = CoverageSnapshot.objects.shown().aggregate(at=Max("computed_at"))["at"]
    return latest


def list_goal_coverage(*, plan_id: int, with_cubes: bool = False) -> list[GoalCoverage]:
    """Active goals of a plan with their totals, by commitment, the oldest first. Two queries.

    ``with_cubes``: their whole snapshots too, for papers.
    """
    goals = TrainingGoal.objects.filter(commitment__plan_id=plan_id, is_active=True)
    goals = goals.select_related("commitment__plan").order_by("commitment__number", "pk")
    return _with_snapshots(goals, with_cubes=with_cubes)


def list_all_goal_coverage() -> list[GoalCoverage]:
    """Active goals of the current plan with their totals. Two queries."""
    return _with_snapshots(
        TrainingGoal.objects.filter(commitment__plan__is_current=True, is_active=True).select_related(
            "commitment__plan"
        )
    )


def _with_snapshots(goals: Iterable[TrainingGoal], *, with_cubes: bool = False) -> list[GoalCoverage]:
    goals = list(goals)
    current = CoverageSnapshot.objects.shown().filter(goal__in=goals)
    if not with_cubes:
        current = current.defer("published", "institution_names")
    by_goal = {snapshot.goal_id: snapshot for snapshot in current}
    return [GoalCoverage(goal, by_goal.get(goal.pk)) for goal in goals]


def find_current_snapshot(*, goal_id: int) -> CoverageSnapshot | None:
    """The whole current snapshot with its cube, unless it is outdated. One query."""
    return CoverageSnapshot.objects.shown().filter(goal_id=goal_id).first()


def list_whole_goals(*, commitment: Commitment) -> list[GoalCoverage]:
    """The goals of a commitment in force, each with its whole current snapshot. One query.

    The oldest is the first: a goal that is added does not take its place.
    """
    current = FilteredRelation(
        "snapshots",
        condition=Q(snapshots__kind=CoverageSnapshot.Kind.CURRENT, snapshots__is_outdated=False),
    )
    goals: Any = commitment.goals.filter(is_active=True).annotate(current=current)
    rows = list(goals.select_related("current").order_by("pk"))
    for goal in rows:
        goal.commitment = commitment
    return [GoalCoverage(goal, getattr(goal, "current", None)) for goal in rows]


def list_whole_snapshots(*, goal_ids: Iterable[int]) -> list[tuple[TrainingGoal, CoverageSnapshot]]:
    """Goals with their whole current snapshots, by commitment. One query."""
    rows = CoverageSnapshot.objects.shown().filter(goal_id__in=list(goal_ids))
    rows = rows.select_related("goal__commitment").order_by("goal__commitment__number", "goal__code")
    return [(snapshot.goal, snapshot) for snapshot in rows]


def cube_of(*, snapshot: CoverageSnapshot) -> PublishedCube:
    """The published cube of a snapshot."""
    return cube_from_json(data=snapshot.published)


@dataclass(frozen=True)
class HistoryPoint:
    """The grand total on one past date; ``percent`` is ``None`` where it was not published exactly."""

    cutoff_date: date
    total: PublishedCell | None

    @property
    def percent(self) -> int | None:
        return self.total.completed.percent if self.total else None


def total_name(*, goal_id: int) -> str:
    """How ``SealedSnapshot.totals`` calls a goal; a bare number would be taken for a place in a list."""
    return f"goal_{goal_id}"


def list_history(*, goal: TrainingGoal, most: int = 60) -> list[HistoryPoint]:
    """The latest sealed totals since the goal counts what it counts now, oldest first. One query."""
    name = total_name(goal_id=goal.pk)
    seals = SealedSnapshot.objects.filter(plan_id=goal.commitment.plan_id, totals__has_key=name)
    if goal.counted_since:
        seals = seals.filter(sealed_at__gte=goal.counted_since)
    rows = seals.order_by("-cutoff_date").values_list("cutoff_date", f"totals__{name}")[:most]
    return [HistoryPoint(day, cell_from_json(data=total) if total else None) for day, total in reversed(rows)]
