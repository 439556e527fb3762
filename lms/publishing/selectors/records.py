"""All that is known of commitments, read at once for papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from lms.plan.models import (
    ActionPlan,
    Commitment,
    Evidence,
    ExternalCoding,
    ProgressUpdate,
    Replanning,
    UpdateLine,
)
from lms.plan.selectors.snapshots import GoalCoverage, list_goal_coverage
from lms.publishing.selectors.statuses import milestones_with_counts


@dataclass(frozen=True)
class CommitmentRecord:
    """A commitment with what was reported and approved of it, and what others say.

    ``milestones`` carry ``evidence_count``, ``shown_evidence`` and ``moves`` (oldest first); withdrawn
    ones are among them. ``codings``: oldest first. ``updates``: approved ones, oldest first,
    with ``worded_lines``: what they say of milestones in words.
    """

    commitment: Commitment
    milestones: Sequence[Any]
    codings: Sequence[ExternalCoding]
    coverage: Sequence[GoalCoverage]
    updates: Sequence[Any]


def list_records(*, plan: ActionPlan, number: int | None = None) -> list[CommitmentRecord]:
    """By number; of one commitment where its number is given. Ten queries, however many there are."""
    rows = plan.commitments.select_related("table").prefetch_related(
        Prefetch("milestones", _milestones(), to_attr="all_milestones"),
        Prefetch("codings", ExternalCoding.objects.order_by("pk")),
        Prefetch("updates", _approved(), to_attr="approved_updates"),
        "related",
    )
    if number is not None:
        rows = rows.filter(number=number) if number < 2**15 else rows.none()
    coverage = list_goal_coverage(plan_id=plan.pk, with_cubes=True)
    return [_record(plan, commitment, coverage) for commitment in rows]


def _record(plan: ActionPlan, commitment: Any, coverage: Sequence[GoalCoverage]) -> CommitmentRecord:
    commitment.plan = plan
    return CommitmentRecord(
        commitment=commitment,
        milestones=commitment.all_milestones,
        codings=list(commitment.codings.all()),
        coverage=[one for one in coverage if one.goal.commitment_id == commitment.pk],
        updates=commitment.approved_updates,
    )


def _milestones() -> Any:
    shown = Evidence.objects.filter(published_at__isnull=False, retired_at__isnull=True)
    moves = Replanning.objects.order_by("decided_at", "pk")
    return (
        milestones_with_counts()
        .order_by("order", "pk")
        .prefetch_related(
            Prefetch("evidence", shown, to_attr="shown_evidence"),
            Prefetch("replannings", moves, to_attr="moves"),
        )
    )


def _approved() -> Any:
    updates = ProgressUpdate.objects.filter(state=ProgressUpdate.State.APPROVED).order_by("approved_at", "pk")
    lines = UpdateLine.objects.exclude(text="").select_related("milestone")
    return updates.prefetch_related(Prefetch("lines", lines, to_attr="worded_lines"))
