"""Writing plans, their tables, commitments and external codings. Nothing of a public plan is deleted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from lms.plan.models import ActionPlan, Commitment, ExternalCoding, PlanChange, ThematicTable
from lms.plan.services.changes import lock_commitment, lock_plan, record_change, write_row

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


class NumberTakenError(ValueError):
    """The plan has a commitment with that number; the argument is the number."""


class TitleTakenError(ValueError):
    """The plan has a commitment of that title; the argument is the commitment's number."""


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


@dataclass(frozen=True, kw_only=True)
class CommitmentValues:
    """What a commitment says. ``None`` means that it is not published."""

    title: str
    ogp_id: str | None = None
    description: str | None = None
    problem: str | None = None
    ambition: str | None = None
    table_id: int | None = None
    lead: str | None = None
    supporting: list[str] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    sdg_targets: list[str] | None = None
    policy_areas: list[str] | None = None
    budget_amount: Decimal | None = None
    budget_currency: str | None = None
    notes: str | None = None


@dataclass(frozen=True)
class CommitmentLinks:
    """With whom and what a commitment goes: ids of institutions that report, of related commitments."""

    reporting_institutions: Sequence[int] = field(default=())
    related: Sequence[int] = field(default=())


@transaction.atomic
def create_plan(
    *, code: str, values: PlanValues, tables: Sequence[str] = (), changed_by_id: int | None, at: datetime
) -> ActionPlan:
    """A new draft, which only its team sees.

    Raises:
        PlanCodeTakenError, LocalPlanLoopError: see there.
    """
    if code in RESERVED_CODES or ActionPlan.objects.filter(code=code).exists():
        raise PlanCodeTakenError(code)
    plan = ActionPlan.objects.create(
        code=code, status=ActionPlan.Status.DRAFT, installed_at=at, **asdict(values)
    )
    write_tables(plan=plan, names=tables)
    after = asdict(values) | {"code": code, "status": plan.status, "tables": list(tables)}
    _record_plan(plan=plan, kind=Kind.CREATED, changed_by_id=changed_by_id, at=at, after=after)
    return plan


@transaction.atomic
def edit_plan(
    *, plan_id: int, values: PlanValues, tables: Sequence[str], changed_by_id: int | None, at: datetime
) -> bool:
    """Whether anything changed. Tables that stay keep their commitments.

    Raises:
        ActionPlan.DoesNotExist: no such plan.
        LocalPlanLoopError: see there.
    """
    plan = lock_plan(plan_id=plan_id)
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
    plans = {plan.pk: plan for plan in ActionPlan.objects.select_for_update().order_by("pk")}
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


@transaction.atomic
def create_commitment(
    *,
    plan_id: int,
    number: int,
    values: CommitmentValues,
    links: CommitmentLinks | None = None,
    sources: dict[str, dict[str, str]] | None = None,
    changed_by_id: int | None,
    at: datetime,
) -> Commitment:
    """A new commitment; the total of the plan grows where it was too small.

    Raises:
        ActionPlan.DoesNotExist: no such plan.
        NumberTakenError, TitleTakenError: see there.
    """
    plan = lock_plan(plan_id=plan_id)
    if plan.commitments.filter(number=number).exists():
        raise NumberTakenError(number)
    _refuse_same_title(plan=plan, title=values.title)
    if number > plan.total_commitments:
        before = plan.total_commitments
        write_row(row=plan, values={"total_commitments": number})
        _record_plan(
            plan=plan, kind=Kind.EDITED, changed_by_id=changed_by_id, at=at,
            before={"total_commitments": before}, after={"total_commitments": number},
        )  # fmt: skip
    commitment = Commitment.objects.create(
        plan=plan,
        number=number,
        is_described=bool(values.description),
        sources=sources or {},
        **asdict(values),
    )
    after = asdict(values) | {"number": number, "sources": sources or {}}
    after |= _write_links(commitment=commitment, links=links or CommitmentLinks())[1]
    _record_commitment(
        commitment=commitment, kind=Kind.CREATED, changed_by_id=changed_by_id, at=at, after=after
    )
    return commitment


@transaction.atomic
def edit_commitment(
    *,
    commitment_id: int,
    values: CommitmentValues,
    links: CommitmentLinks,
    sources: dict[str, dict[str, str]],
    changed_by_id: int | None,
    at: datetime,
    reason: str = "",
) -> bool:
    """Whether anything changed.

    Raises:
        Commitment.DoesNotExist: no such commitment.
        TitleTakenError: see there.
    """
    commitment = lock_commitment(commitment_id=commitment_id)
    _refuse_same_title(plan=commitment.plan, title=values.title, beside=commitment.pk)
    written = asdict(values) | {
        "sources": sources,
        "is_described": bool(values.description),
    }
    changed = write_row(row=commitment, values=written)
    before = {name: old for name, (old, _new) in changed.items()}
    after = {name: new for name, (_old, new) in changed.items()}
    links_before, links_after = _write_links(commitment=commitment, links=links)
    if not changed and not links_after:
        return False
    _record_commitment(
        commitment=commitment,
        kind=Kind.EDITED,
        changed_by_id=changed_by_id,
        at=at,
        before=before | links_before,
        after=after | links_after,
        reason=reason,
    )
    return True


@transaction.atomic
def add_coding(
    *,
    commitment_id: int,
    by: str,
    values: dict[str, str | None],
    source_url: str,
    retrieved_on: date | None,
    at: datetime,
    changed_by_id: int | None = None,
    from_pack: bool = False,
) -> ExternalCoding | None:
    """What an independent body says now; ``None`` where it says what it said. Earlier ones stay."""
    commitment = lock_commitment(commitment_id=commitment_id)
    latest = commitment.codings.filter(by=by, source_url=source_url).order_by("-pk").first()
    if latest and (latest.values, latest.retrieved_on) == (values, retrieved_on):
        return None
    coding = ExternalCoding.objects.create(
        commitment=commitment,
        by=by,
        values=values,
        source_url=source_url,
        retrieved_on=retrieved_on,
        recorded_at=at,
    )
    record_change(
        plan=commitment.plan,
        commitment=commitment,
        subject=Subject.CODING,
        row=coding,
        label=by,
        kind=Kind.CREATED,
        changed_by_id=changed_by_id,
        at=at,
        after={"source_url": source_url},
        from_pack=from_pack,
    )
    return coding


def _refuse_loops(*, plan: ActionPlan, values: PlanValues) -> None:
    for name in ("adheres_to_id", "follows_id"):
        seen = {plan.pk}
        above = getattr(values, name)
        while above:
            if above in seen:
                raise LocalPlanLoopError(name)
            seen.add(above)
            above = getattr(ActionPlan.objects.get(pk=above), name)


def _refuse_same_title(*, plan: ActionPlan, title: str, beside: int | None = None) -> None:
    """Two commitments of one title are a duplicate, whatever their numbers."""
    same = plan.commitments.filter(title__iexact=title).exclude(pk=beside or 0)
    number = same.values_list("number", flat=True).first()
    if number is not None:
        raise TitleTakenError(number)


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


def _write_links(*, commitment: Commitment, links: CommitmentLinks) -> tuple[dict[str, Any], dict[str, Any]]:
    """``(before, after)`` of the lists that changed, as ids in order."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for one in fields(links):
        manager = getattr(commitment, one.name)
        old = sorted(manager.values_list("pk", flat=True))
        new = sorted(set(getattr(links, one.name)))
        if old != new:
            manager.set(new)
            before[one.name], after[one.name] = old, new
    return before, after


def _record_plan(*, plan: ActionPlan, **change: Any) -> None:
    record_change(plan=plan, commitment=None, subject=Subject.PLAN, row=plan, label=plan.title, **change)


def _record_commitment(*, commitment: Commitment, **change: Any) -> None:
    record_change(
        plan=commitment.plan,
        commitment=commitment,
        subject=Subject.COMMITMENT,
        row=commitment,
        label=commitment.title,
        **change,
    )
