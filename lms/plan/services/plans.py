"""Writing plans and their tables. Nothing of a public plan is deleted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from lms.plan.models import ActionPlan, PlanChange, ThematicTable
from lms.plan.services.changes import lock_plan, record_change, refuse_unseen, write_row

Subject, Kind = PlanChange.Subject, PlanChange.Kind

RESERVED_CODES = frozenset(
    {
        "compromisos", "datos", "diagnosticos", "gestion", "hitos", "indicadores", "informar", "insertar",
        "metodo", "participacion", "planes", "seguir",
    }
)  # fmt: skip
"""Words that addresses below ``/plan/`` begin with: no plan is called so."""


class PlanCodeTakenError(ValueError):
    """Another plan has that code, or an address of the site begins with it."""


class TotalTooSmallError(ValueError):
    """The plan has a commitment with a higher number; the argument is the highest."""


class DraftPlanError(ValueError):
    """A draft is seen by its team alone."""


class LocalPlanLoopError(ValueError):
    """A plan cannot adhere to or follow itself, directly or through others."""


@dataclass(frozen=True, kw_only=True)
class PlanValues:
    """What a plan says. ``None`` and empty mean that it is not published."""

    title: str
    level: str
    country: str
    period: str
    total_commitments: int
    cycle: int | None = None
    institution_id: int | None = None
    adheres_to_id: int | None = None
    follows_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    design_text: str = ""
    monitoring_text: str = ""


@transaction.atomic
def create_plan(
    *, code: str, values: PlanValues, tables: Sequence[str] = (), changed_by_id: int | None, at: datetime
) -> ActionPlan:
    """A new draft, which only its team sees.

    Raises:
        PlanCodeTakenError: see there.
    """
    if code in RESERVED_CODES or ActionPlan.objects.filter(code=code).exists():
        raise PlanCodeTakenError(code)
    try:
        with transaction.atomic():
            plan = ActionPlan.objects.create(
                code=code, status=ActionPlan.Status.DRAFT, installed_at=at, **asdict(values)
            )
    except IntegrityError:  # somebody took the code a moment ago
        raise PlanCodeTakenError(code) from None
    write_tables(plan=plan, names=tables)
    after = asdict(values) | {"code": code, "status": plan.status, "tables": list(tables)}
    _record_plan(plan=plan, kind=Kind.CREATED, changed_by_id=changed_by_id, at=at, after=after)
    return plan


@transaction.atomic
def edit_plan(
    *,
    plan_id: int,
    values: PlanValues,
    tables: Sequence[str],
    changed_by_id: int | None,
    at: datetime,
    seen: int | None = None,
) -> bool:
    """Whether anything changed. Tables that stay keep their commitments. ``seen``: :func:`refuse_unseen`.

    Raises:
        ActionPlan.DoesNotExist: no such plan.
        ChangedMeanwhileError, LocalPlanLoopError, TotalTooSmallError: see there.
    """
    plan = lock_plan(plan_id=plan_id)
    refuse_unseen(subject=Subject.PLAN, row=plan, seen=seen, written={*asdict(values), "tables"})
    _refuse_small_total(plan=plan, total=values.total_commitments)
    _refuse_loops(plan=plan, values=values)
    changed = write_row(row=plan, values=asdict(values))
    before = [table.name for table in plan.tables.all()]
    if before != list(tables):
        write_tables(plan=plan, names=tables)
        changed["tables"] = (before, list(tables))
    if changed:
        _record_plan(
            plan=plan,
            kind=Kind.EDITED,
            changed_by_id=changed_by_id,
            at=at,
            before={name: old for name, (old, _new) in changed.items()},
            after={name: new for name, (_old, new) in changed.items()},
        )
    return bool(changed)


@transaction.atomic
def set_plan_status(*, plan_id: int, status: str, changed_by_id: int | None, at: datetime) -> bool:
    """Draft, in consultation, active, closed, in any direction; whether it changed."""
    plan = lock_plan(plan_id=plan_id)
    if not (changed := write_row(row=plan, values={"status": status})):
        return False
    before, after = changed["status"]
    _record_plan(
        plan=plan,
        kind=Kind.EDITED,
        changed_by_id=changed_by_id,
        at=at,
        before={"status": before},
        after={"status": after},
    )
    return True


@transaction.atomic
def make_current(*, plan_id: int, changed_by_id: int | None, at: datetime) -> bool:
    """The plan is the one that ``/plan/`` shows from now on; whether it was not before.

    Raises:
        DraftPlanError: nobody would see it.
    """
    # All of them in one order: two who choose at once wait for one another.
    plans = {plan.pk: plan for plan in ActionPlan.objects.select_for_update(no_key=True).order_by("pk")}
    plan = plans[plan_id]
    if plan.is_current:
        return False
    if not plan.is_public:
        raise DraftPlanError
    for other in plans.values():
        if other.is_current:
            write_row(row=other, values={"is_current": False})
            _record_plan(
                plan=other, kind=Kind.EDITED, changed_by_id=changed_by_id, at=at,
                before={"is_current": True}, after={"is_current": False},
            )  # fmt: skip
    write_row(row=plan, values={"is_current": True})
    _record_plan(
        plan=plan, kind=Kind.EDITED, changed_by_id=changed_by_id, at=at,
        before={"is_current": False}, after={"is_current": True},
    )  # fmt: skip
    return True


def make_room(*, plan: ActionPlan, number: int, changed_by_id: int | None, at: datetime) -> None:
    """The total of a plan grows where it is too small for a commitment; the plan is locked."""
    before = plan.total_commitments
    if number <= before:
        return
    write_row(row=plan, values={"total_commitments": number})
    _record_plan(
        plan=plan, kind=Kind.EDITED, changed_by_id=changed_by_id, at=at,
        before={"total_commitments": before}, after={"total_commitments": number},
    )  # fmt: skip


def _refuse_small_total(*, plan: ActionPlan, total: int) -> None:
    """Numbers and the count of commitments may differ: both must fit."""
    found = plan.commitments.aggregate(highest=Max("number"), count=Count("pk"))
    needed = max(found["highest"] or 0, found["count"])
    if total < needed:
        raise TotalTooSmallError(needed)


def _refuse_loops(*, plan: ActionPlan, values: PlanValues) -> None:
    for name in ("adheres_to_id", "follows_id"):
        seen = {plan.pk}
        above = getattr(values, name)
        while above:
            if above in seen:
                raise LocalPlanLoopError(name)
            seen.add(above)
            above = getattr(ActionPlan.objects.get(pk=above), name)


def write_tables(*, plan: ActionPlan, names: Sequence[str]) -> None:
    """Makes the tables those of ``names``, in that order.

    A name that stays keeps its row; a new one takes the row that stood in its place, if that one's name
    went: a table that is called otherwise keeps its commitments.
    """
    rows = list(plan.tables.all())
    known = {table.name: table for table in rows}
    gone = {table.order: table for table in rows if table.name not in names}
    # Orders are unique: all move out of the way first.
    for table in rows:
        table.order += 1000
        table.save(update_fields=["order"])
    for order, name in enumerate(names, start=1):
        found = known.get(name) or gone.pop(order, None)
        if found is None:
            ThematicTable.objects.create(plan=plan, order=order, name=name)
            continue
        found.order, found.name = order, name
        found.save(update_fields=["order", "name"])
    plan.tables.filter(pk__in=[table.pk for table in gone.values()]).delete()


def _record_plan(*, plan: ActionPlan, **change: Any) -> None:
    record_change(plan=plan, commitment=None, subject=Subject.PLAN, row=plan, label=plan.title, **change)
