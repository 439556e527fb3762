"""Writing milestones. Their status is not written here: it comes with an approved update."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import transaction

from lms.plan.models import Commitment, Milestone, PlanChange, Replanning
from lms.plan.services.changes import lock_commitment, record_change, refuse_unseen, write_row

Kind = PlanChange.Kind


class ReasonMissingError(ValueError):
    """Another deadline, or a milestone withdrawn, needs a reason that everybody can read."""


@dataclass(frozen=True, kw_only=True)
class MilestoneValues:
    """What a milestone says; dates are ``None`` where no source publishes them."""

    label: str
    description: str = ""
    unit: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    source_text: str = ""
    source_url: str = ""


@transaction.atomic
def add_milestone(
    *, commitment_id: int, values: MilestoneValues, changed_by_id: int | None, at: datetime
) -> Milestone:
    """A new milestone after the others; its code (``h1``, ``h2``…) stays.

    Raises:
        Commitment.DoesNotExist: no such commitment.
    """
    commitment = lock_commitment(commitment_id=commitment_id)
    taken = set(commitment.milestones.values_list("code", flat=True))
    number = next(n for n in count(len(taken) + 1) if f"h{n}" not in taken)
    milestone = Milestone.objects.create(
        commitment=commitment, code=f"h{number}", order=number, **asdict(values)
    )
    _record(
        milestone=milestone, commitment=commitment, kind=Kind.CREATED,
        changed_by_id=changed_by_id, at=at, after=asdict(values),
    )  # fmt: skip
    return milestone


@transaction.atomic
def edit_milestone(
    *,
    milestone_id: int,
    values: MilestoneValues,
    changed_by_id: int | None,
    at: datetime,
    reason: str = "",
    seen: int | None = None,
) -> bool:
    """Whether anything changed; another deadline is a replanning and needs its reason.

    ``seen``: the commitment's version, see :func:`refuse_unseen`.

    Raises:
        Milestone.DoesNotExist: no such milestone.
        ChangedMeanwhileError, ReasonMissingError: see there.
    """
    milestone, commitment = lock_milestone(milestone_id=milestone_id)
    refuse_unseen(subject=PlanChange.Subject.MILESTONE, row=milestone, seen=seen, written=asdict(values))
    changed = write_row(row=milestone, values=asdict(values))
    if not changed:
        return False
    if is_replanned := "due_on" in changed and changed["due_on"][0] is not None:
        _replan(milestone=milestone, dates=changed["due_on"], reason=reason, at=at)
    _record(
        milestone=milestone,
        commitment=commitment,
        kind=Kind.REPLANNED if is_replanned else Kind.EDITED,
        changed_by_id=changed_by_id,
        at=at,
        before={name: old for name, (old, _new) in changed.items()},
        after={name: new for name, (_old, new) in changed.items()},
        reason=reason,
    )
    return True


@transaction.atomic
def set_milestone_active(
    *, milestone_id: int, is_active: bool, reason: str, changed_by_id: int | None, at: datetime
) -> bool:
    """Withdraws a milestone or puts it back; whether it changed.

    Raises:
        Milestone.DoesNotExist: no such milestone.
        ReasonMissingError: see there.
    """
    milestone, commitment = lock_milestone(milestone_id=milestone_id)
    if milestone.is_active == is_active:
        return False
    if not reason.strip():
        raise ReasonMissingError
    write_row(row=milestone, values={"is_active": is_active})
    _record(
        milestone=milestone,
        commitment=commitment,
        kind=Kind.RESTORED if is_active else Kind.RETIRED,
        changed_by_id=changed_by_id,
        at=at,
        before={"is_active": not is_active},
        after={"is_active": is_active},
        reason=reason,
    )
    return True


def lock_milestone(*, milestone_id: int) -> tuple[Milestone, Commitment]:
    """The milestone and its commitment, locked in the order in which everybody locks them."""
    commitment_id = Milestone.objects.values_list("commitment_id", flat=True).get(pk=milestone_id)
    commitment = lock_commitment(commitment_id=commitment_id)
    return Milestone.objects.select_for_update(no_key=True).get(pk=milestone_id), commitment


def report_milestone(
    *,
    milestone: Milestone,
    commitment: Commitment,
    status: str | None,
    due_after: date | None,
    reason: str,
    on: date,
    changed_by_id: int | None,
    at: datetime,
) -> bool:
    """What an approved update says of a milestone; only the approval calls this, with both locked."""
    values: dict[str, Any] = {}
    # The day of a status is that on which it was reported first: evidence since then shows it.
    if status is not None and status != milestone.status:
        values |= {"status": status, "status_on": on}
    if due_after is not None:
        values["due_on"] = due_after
    changed = write_row(row=milestone, values=values)
    if not changed:
        return False
    if "due_on" in changed:
        _replan(milestone=milestone, dates=changed["due_on"], reason=reason, at=at)
    _record(
        milestone=milestone,
        commitment=commitment,
        kind=Kind.REPORTED,
        changed_by_id=changed_by_id,
        at=at,
        before={name: old for name, (old, _new) in changed.items()},
        after={name: new for name, (_old, new) in changed.items()},
        reason=reason,
    )
    return True


def _replan(
    *, milestone: Milestone, dates: tuple[date | None, date | None], reason: str, at: datetime
) -> None:
    before, after = dates
    if not reason.strip():
        raise ReasonMissingError
    Replanning.objects.create(
        milestone=milestone, due_before=before, due_after=after, reason=reason.strip(), decided_at=at
    )


def _record(*, milestone: Milestone, commitment: Commitment, **change: Any) -> None:
    record_change(
        plan=commitment.plan,
        commitment=commitment,
        subject=PlanChange.Subject.MILESTONE,
        row=milestone,
        label=milestone.label,
        **change,
    )
