"""The one way a plan, a commitment, a milestone or a goal is written: with a line of history."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from lms.plan.models import ActionPlan, Commitment, PlanChange

Subject, Kind = PlanChange.Subject, PlanChange.Kind


class ChangedMeanwhileError(Exception):
    """Somebody else changed the row since it was read; the argument are the names of the fields."""


def lock_plan(*, plan_id: int) -> ActionPlan:
    """The plan, for this transaction alone; rows that refer to it can be written meanwhile."""
    return ActionPlan.objects.select_for_update(no_key=True).get(pk=plan_id)


def lock_commitment(*, commitment_id: int) -> Commitment:
    """The commitment with its plan, for this transaction alone."""
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True).select_related("plan")
    return rows.get(pk=commitment_id)


def refuse_unseen(
    *, subject: PlanChange.Subject, row: models.Model, seen: int | None, written: Collection[str]
) -> None:
    """``seen``: the version that whoever writes has read, of the plan or commitment; ``None`` does not ask.

    Only changes of fields that are ``written`` now count: statuses come from reports. What was reported
    of a commitment changes none of its fields. One query, behind the lock.

    Raises:
        ChangedMeanwhileError: see there.
    """
    if seen is None:
        return
    rows = PlanChange.objects.filter(subject=subject, object_id=row.pk, version__gt=seen)
    rows = rows.exclude(Q(kind=Kind.REPORTED) & Q(subject=Subject.COMMITMENT))
    if names := {name for after in rows.values_list("after", flat=True) for name in after} & set(written):
        raise ChangedMeanwhileError(names)


def write_row(*, row: models.Model, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Saves what differs; returns ``{field: (before, after)}``, empty where nothing does."""
    changed = {
        name: (getattr(row, name), after) for name, after in values.items() if getattr(row, name) != after
    }
    for name, (_before, after) in changed.items():
        setattr(row, name, after)
    if changed:
        row.save(update_fields=list(changed))
    return changed


def record_change(
    *,
    plan: ActionPlan,
    commitment: Commitment | None,
    subject: PlanChange.Subject,
    row: models.Model,
    label: str,
    kind: PlanChange.Kind,
    changed_by_id: int | None,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    from_pack: bool = False,
) -> PlanChange:
    """One line of history in the transaction of the change; the version goes up by one.

    The caller holds the lock of ``commitment``, or of ``plan`` where there is none.
    """
    owner: ActionPlan | Commitment = commitment or plan
    owner.version += 1
    owner.save(update_fields=["version"])
    return PlanChange.objects.create(
        plan=plan,
        commitment=commitment,
        subject=subject,
        object_id=row.pk,
        label=label[:300],
        kind=kind,
        changed_by_id=changed_by_id,
        changed_at=at,
        reason=reason,
        from_pack=from_pack,
        before=plain(before or {}),
        after=plain(after or {}),
        version=owner.version,
    )


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON has them: dates as ``year-month-day``, amounts as text."""
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
