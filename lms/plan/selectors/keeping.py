"""What whoever keeps a plan has to look after: late, stale, without evidence, below target, waiting."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lms.plan.models import ActionPlan, Commitment, Evidence, ProgressUpdate
from lms.plan.rules.progress import Freshness, ShownStatus
from lms.plan.selectors.progress import (
    MilestoneCounts,
    MilestoneRow,
    count_milestones,
    freshness_of,
    list_plan_milestones,
    public_evidence,
)
from lms.plan.selectors.snapshots import GoalCoverage, list_goal_coverage


@dataclass(frozen=True)
class KeptCommitment:
    """A commitment as its keepers see it. ``open_update``: what is being written, or waits."""

    commitment: Commitment
    counts: MilestoneCounts
    freshness: Freshness
    open_update: ProgressUpdate | None = None
    lacks_reporters: bool = False


@dataclass(frozen=True)
class PlanDesk:
    """All that needs attention in one plan."""

    plan: ActionPlan
    commitments: Sequence[KeptCommitment]
    late: Sequence[MilestoneRow] = field(default=())
    without_evidence: Sequence[MilestoneRow] = field(default=())
    not_reported: Sequence[MilestoneRow] = field(default=())
    dead_links: Sequence[Evidence] = field(default=())
    below_target: Sequence[GoalCoverage] = field(default=())
    waiting: Sequence[ProgressUpdate] = field(default=())

    @property
    def stale(self) -> list[KeptCommitment]:
        return [item for item in self.commitments if item.freshness.is_stale]


def plan_desk(*, plan: ActionPlan, today: date) -> PlanDesk:
    """Nine queries, however many commitments, milestones and people there are."""
    commitments = list(plan.commitments.prefetch_related("reporting_institutions"))
    rows = list_plan_milestones(plan=plan, today=today)
    by_commitment: dict[int, list[MilestoneRow]] = {}
    for row in rows:
        by_commitment.setdefault(row.milestone.commitment_id, []).append(row)
    updates = list(
        ProgressUpdate.objects.filter(commitment__plan=plan)
        .exclude(state=ProgressUpdate.State.APPROVED)
        .select_related("commitment")
        .order_by("submitted_at", "pk")
    )
    open_updates = {update.commitment_id: update for update in updates}
    goals = list_goal_coverage(plan_id=plan.pk)
    dead = public_evidence().filter(milestone__commitment__plan=plan, dead_since__isnull=False)
    return PlanDesk(
        plan=plan,
        commitments=[
            KeptCommitment(
                commitment=commitment,
                counts=count_milestones(rows=by_commitment.get(commitment.pk, ())),
                freshness=freshness_of(commitment=commitment, plan=plan, today=today),
                open_update=open_updates.get(commitment.pk),
                lacks_reporters=not commitment.reporting_institutions.all(),
            )
            for commitment in commitments
        ],
        late=[row for row in rows if row.is_late],
        without_evidence=[row for row in rows if row.shown == ShownStatus.NO_EVIDENCE],
        not_reported=[row for row in rows if row.shown == ShownStatus.NOT_REPORTED],
        dead_links=[found for found in dead.select_related("milestone__commitment") if found.is_dead],
        below_target=[goal for goal in goals if is_below_target(goal=goal)],
        waiting=[update for update in updates if update.state == ProgressUpdate.State.PENDING],
    )


def is_below_target(*, goal: GoalCoverage) -> bool:
    """Certainly below: of a range its upper end counts; without a target or a percentage it is not said."""
    target = goal.goal.target_percent
    return target is not None and goal.span is not None and goal.span[1] < target
