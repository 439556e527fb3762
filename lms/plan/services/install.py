"""Installing a plan from its pack: safe to repeat, and it says what changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db import IntegrityError, models, transaction

from lms.plan.manifests import CommitmentEntry, GoalEntry, MilestoneEntry, PlanFile
from lms.plan.models import (
    ActionPlan,
    Commitment,
    Milestone,
    PlanChange,
    ThematicTable,
    TrainingGoal,
)
from lms.plan.pack_checks import check_plan_file
from lms.plan.services.changes import lock_plan, record_change, write_row
from lms.plan.services.codings import add_coding
from lms.plan.services.goals import record_goal_change
from lms.plan.services.plans import RESERVED_CODES, write_tables

Subject, Kind = PlanChange.Subject, PlanChange.Kind


@dataclass(frozen=True)
class Difference:
    """One value that was not as in the pack. ``kept``: the value registered here stays."""

    where: str
    field: str
    before: Any
    after: Any
    kept: bool = False


@dataclass
class InstallReport:
    """What installing did."""

    created: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


PLAN_FIELDS = (
    "title", "level", "country", "cycle", "period", "starts_on", "ends_on", "total_commitments",
    "subnational_commitments", "design_text", "monitoring_text", "sources",
)  # fmt: skip
COMMITMENT_FIELDS = (
    "ogp_id", "title", "description", "is_described", "problem", "ambition", "lead", "supporting",
    "starts_on", "ends_on", "sdg_targets", "policy_areas", "notes", "sources",
)  # fmt: skip
MILESTONE_FIELDS = ("label", "description", "unit", "starts_on", "due_on")
GOAL_FIELDS = ("title", "course_codes", "population", "target_percent", "due_on", "includes_honorarios")


@transaction.atomic
def install_plan(*, data: PlanFile, at: datetime) -> InstallReport:
    """Writes the plan, its tables, commitments, milestones, external codings and training goals.

    Rows are recognised by plan, number and code. What people changed here since stays, and the
    difference is reported; everything else is made equal to the pack. Goals are only created. The
    first plan installed becomes the current one. Nothing is deleted but thematic tables. Who installs
    the same plan at once waits.

    Raises:
        PlanDataError: numbers repeated or beyond the total, or a value without a source.
    """
    check_plan_file(data=data, reserved=RESERVED_CODES)
    report = InstallReport()
    plan = _install_plan_row(data=data, at=at, report=report)
    for entry in data.commitments:
        _install_commitment(plan=plan, entry=entry, at=at, report=report)
    _relate(plan=plan, entries=data.commitments)
    return report


def _install_plan_row(*, data: PlanFile, at: datetime, report: InstallReport) -> ActionPlan:
    """The plan, locked till the end of the transaction."""
    values = _plain(data.plan, PLAN_FIELDS)
    values["design_review"] = msgspec.to_builtins(data.plan.design_review) if data.plan.design_review else {}
    created = values | {"status": data.plan.status}
    found, is_new = ActionPlan.objects.get_or_create(
        code=data.plan.code, defaults=created | {"installed_at": at}
    )
    plan = lock_plan(plan_id=found.pk)
    if not is_new:
        _update(
            plan=plan, commitment=None, subject=Subject.PLAN, row=plan, values=values,
            where=f"Plan {plan.code}", at=at, report=report,
        )  # fmt: skip
        _install_tables(plan=plan, names=data.plan.tables, at=at, report=report)
        return plan
    report.created.append(f"Plan {plan.code}")
    write_tables(plan=plan, names=data.plan.tables)
    _record(
        plan=plan, commitment=None, subject=Subject.PLAN, row=plan, kind=Kind.CREATED, at=at,
        after=created | {"tables": data.plan.tables},
    )  # fmt: skip
    _show_first(plan=plan)
    return plan


def _show_first(*, plan: ActionPlan) -> None:
    """Where none is current the new one is, unless another became it at the same time."""
    if ActionPlan.objects.filter(is_current=True).exists():
        return
    try:
        with transaction.atomic():
            write_row(row=plan, values={"is_current": True})
    except IntegrityError:
        plan.is_current = False


def _install_tables(*, plan: ActionPlan, names: list[str], at: datetime, report: InstallReport) -> None:
    before = list(plan.tables.values_list("name", flat=True))
    if before == names:
        return
    is_ours = "tables" in _written_here(subject=Subject.PLAN, row=plan)
    report.differences.append(Difference(f"Plan {plan.code}", "tables", before, names, kept=is_ours))
    if is_ours:
        return
    write_tables(plan=plan, names=names)
    _record(
        plan=plan, commitment=None, subject=Subject.PLAN, row=plan, kind=Kind.EDITED, at=at,
        before={"tables": before}, after={"tables": names},
    )  # fmt: skip


def _install_commitment(
    *, plan: ActionPlan, entry: CommitmentEntry, at: datetime, report: InstallReport
) -> None:
    where = f"Compromiso {entry.number}"
    values = _plain(entry, COMMITMENT_FIELDS)
    table = ThematicTable.objects.filter(plan=plan, name=entry.table).first() if entry.table else None
    values["table_id"] = table.pk if table else None
    values["budget_amount"] = Decimal(entry.budget.amount) if entry.budget else None
    values["budget_currency"] = entry.budget.currency if entry.budget else None
    commitment = plan.commitments.select_for_update(no_key=True).filter(number=entry.number).first()
    if commitment is None:
        commitment = Commitment.objects.create(plan=plan, number=entry.number, **values)
        _record(
            plan=plan, commitment=commitment, subject=Subject.COMMITMENT, row=commitment, kind=Kind.CREATED,
            at=at, after=values | {"number": entry.number},
        )  # fmt: skip
        report.created.append(where)
    else:
        _update(
            plan=plan, commitment=commitment, subject=Subject.COMMITMENT, row=commitment, values=values,
            where=where, at=at, report=report,
        )  # fmt: skip
    for coding in entry.external_codings:
        add_coding(
            commitment_id=commitment.pk,
            by=coding.by,
            values=coding.values,
            source_url=coding.source_url,
            retrieved_on=coding.retrieved_on,
            at=at,
            from_pack=True,
        )
    commitment.refresh_from_db(fields=["version"])  # each coding raised it
    for order, milestone in enumerate(entry.milestones, start=1):
        _install_milestone(
            commitment=commitment, entry=milestone, order=order, where=where, at=at, report=report
        )
    for goal in entry.goals:
        _install_goal(commitment=commitment, entry=goal, where=where, at=at, report=report)


def _install_milestone(
    *,
    commitment: Commitment,
    entry: MilestoneEntry,
    order: int,
    where: str,
    at: datetime,
    report: InstallReport,
) -> None:
    values = _plain(entry, MILESTONE_FIELDS) | {
        "source_text": entry.source.text, "source_url": entry.source.url,
    }  # fmt: skip
    milestone = commitment.milestones.filter(code=entry.code).first()
    place = f"{where}, hito {entry.code}"
    if milestone is not None:
        _update(
            plan=commitment.plan, commitment=commitment, subject=Subject.MILESTONE, row=milestone,
            values=values, where=place, at=at, report=report,
        )  # fmt: skip
        return
    milestone = Milestone.objects.create(commitment=commitment, code=entry.code, order=order, **values)
    _record(
        plan=commitment.plan, commitment=commitment, subject=Subject.MILESTONE, row=milestone,
        kind=Kind.CREATED, at=at, after=values,
    )  # fmt: skip
    report.created.append(place)


def _install_goal(
    *, commitment: Commitment, entry: GoalEntry, where: str, at: datetime, report: InstallReport
) -> None:
    values = _plain(entry, GOAL_FIELDS)
    goal = commitment.goals.filter(code=entry.code).first()
    if goal is None:
        goal = TrainingGoal.objects.create(commitment=commitment, code=entry.code, **values)
        record_goal_change(
            goal=goal, kind=Kind.CREATED, changed_by_id=None, at=at, after=values, from_pack=True
        )
        report.created.append(f"{where}, meta {entry.code}")
        return
    for name, after in values.items():
        if (before := getattr(goal, name)) != after:
            report.differences.append(
                Difference(f"{where}, meta {entry.code}", name, before, after, kept=True)
            )


def _relate(*, plan: ActionPlan, entries: list[CommitmentEntry]) -> None:
    """Links are added, in both directions; what people linked here stays."""
    by_number = {commitment.number: commitment for commitment in plan.commitments.all()}
    for entry in entries:
        by_number[entry.number].related.add(
            *(by_number[other] for other in entry.related if other in by_number)
        )


def _plain(entry: msgspec.Struct, names: tuple[str, ...]) -> dict[str, Any]:
    """Values as the database stores them: plain lists and dictionaries, dates as dates."""
    return {name: msgspec.to_builtins(getattr(entry, name), builtin_types=(date,)) for name in names}


def _update(
    *,
    plan: ActionPlan,
    commitment: Commitment | None,
    subject: PlanChange.Subject,
    row: models.Model,
    values: Mapping[str, Any],
    where: str,
    at: datetime,
    report: InstallReport,
) -> bool:
    """Makes a row equal to the pack, but for what people wrote here; whether anything changed."""
    ours = _written_here(subject=subject, row=row)
    for name, after in values.items():
        if name in ours and (before := getattr(row, name)) != after:
            report.differences.append(Difference(where, name, before, after, kept=True))
    changed = write_row(row=row, values={name: value for name, value in values.items() if name not in ours})
    for name, (before, after) in changed.items():
        report.differences.append(Difference(where, name, before, after))
    if changed:
        _record(
            plan=plan, commitment=commitment, subject=subject, row=row, kind=Kind.EDITED, at=at,
            before={name: before for name, (before, _after) in changed.items()},
            after={name: after for name, (_before, after) in changed.items()},
        )  # fmt: skip
    return bool(changed)


def _written_here(*, subject: PlanChange.Subject, row: models.Model) -> set[str]:
    """Fields whose last change was not a pack's. One query."""
    last: dict[str, bool] = {}
    changes = PlanChange.objects.filter(subject=subject, object_id=row.pk).order_by("pk")
    for after, from_pack in changes.values_list("after", "from_pack"):
        last |= dict.fromkeys(after, from_pack)
    return {name for name, from_pack in last.items() if not from_pack}


def _record(*, row: models.Model, **change: Any) -> None:
    label = str(getattr(row, "title", "") or getattr(row, "label", ""))
    record_change(row=row, label=label, changed_by_id=None, from_pack=True, **change)
