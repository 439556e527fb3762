"""Writing commitments. Nothing of a public plan is deleted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from lms.plan.models import ActionPlan, Commitment, PlanChange
from lms.plan.rules.titles import plain_title
from lms.plan.services.changes import (
    lock_commitment,
    lock_plan,
    record_change,
    refuse_unseen,
    write_row,
)
from lms.plan.services.plans import make_room

Subject, Kind = PlanChange.Subject, PlanChange.Kind


class NumberTakenError(ValueError):
    """The plan has a commitment with that number; the argument is the number."""


class TitleTakenError(ValueError):
    """The plan has a commitment of that title; the argument is the commitment's number."""


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
    make_room(plan=plan, number=number, changed_by_id=changed_by_id, at=at)
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
    seen: int | None = None,
) -> bool:
    """Whether anything changed. ``seen``: :func:`refuse_unseen`.

    Raises:
        Commitment.DoesNotExist: no such commitment.
        ChangedMeanwhileError, TitleTakenError: see there.
    """
    # The plan too: two titles that are written at once may be the same.
    lock_plan(plan_id=Commitment.objects.values_list("plan_id", flat=True).get(pk=commitment_id))
    commitment = lock_commitment(commitment_id=commitment_id)
    written_fields = {one.name for one in (*fields(values), *fields(links))} | {"sources"}
    refuse_unseen(subject=Subject.COMMITMENT, row=commitment, seen=seen, written=written_fields)
    if plain_title(values.title) != plain_title(commitment.title):
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


def _refuse_same_title(*, plan: ActionPlan, title: str, beside: int | None = None) -> None:
    """Two commitments of one title are a duplicate, whatever their numbers, accents and capitals."""
    written = plain_title(title)
    for pk, number, other in plan.commitments.values_list("pk", "number", "title"):
        if pk != beside and plain_title(other) == written:
            raise TitleTakenError(number)


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


def _record_commitment(*, commitment: Commitment, **change: Any) -> None:
    record_change(
        plan=commitment.plan,
        commitment=commitment,
        subject=Subject.COMMITMENT,
        row=commitment,
        label=commitment.title,
        **change,
    )
