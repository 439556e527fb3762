"""Installing a plan from its pack: safe to repeat, and it says what changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec
from django.db import models, transaction

from lms.plan.manifests import CommitmentEntry, GoalEntry, PlanFile
from lms.plan.models import (
    ActionPlan,
    Commitment,
    ExternalCoding,
    ThematicTable,
    TrainingGoal,
    TrainingGoalChange,
)
from lms.plan.services.goals import record_change


class PlanDataError(ValueError):
    """The plan contradicts itself: a number twice, a value without its source."""


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


COMMITMENT_FIELDS = (
    "ogp_id", "title", "description", "is_described", "lead", "supporting", "starts_on", "ends_on",
    "milestones", "sdgs", "policy_areas", "notes", "sources",
)  # fmt: skip
SOURCED_FIELDS = (
    "title", "description", "lead", "supporting", "starts_on", "ends_on", "milestones", "sdgs",
    "policy_areas",
)  # fmt: skip
PLAN_FIELDS = (
    "title", "country", "period", "total_commitments", "subnational_commitments", "design_text",
    "monitoring_text", "sources",
)  # fmt: skip
GOAL_FIELDS = ("title", "course_codes", "population", "target_percent", "due_on", "includes_honorarios")


@transaction.atomic
def install_plan(*, data: PlanFile, at: datetime) -> InstallReport:
    """Writes the plan, its tables, commitments, external codings and training goals.

    Commitments are recognised by plan and number and made equal to the pack. Goals are only
    created: what a team has registered since stays, and the difference is reported. The first
    plan installed becomes the current one. Nothing is deleted but thematic tables.

    Raises:
        PlanDataError: numbers repeated or beyond the total, or a value without a source.
    """
    _check(data=data)
    report = InstallReport()
    plan = _install_plan_row(data=data, at=at, report=report)
    _install_tables(plan=plan, names=data.plan.tables, report=report)
    for entry in data.commitments:
        _install_commitment(plan=plan, entry=entry, at=at, report=report)
    return report


def _check(*, data: PlanFile) -> None:
    numbers = [entry.number for entry in data.commitments]
    if len(set(numbers)) != len(numbers):
        raise PlanDataError("Hay un número de compromiso repetido.")
    if max(numbers) > data.plan.total_commitments:
        raise PlanDataError(
            f"El compromiso {max(numbers)} no cabe en un plan de {data.plan.total_commitments}."
        )
    for entry in data.commitments:
        for name in SOURCED_FIELDS:
            if getattr(entry, name) is not None and name not in entry.sources:
                raise PlanDataError(f"Compromiso {entry.number}: «{name}» no dice su fuente.")


def _install_plan_row(*, data: PlanFile, at: datetime, report: InstallReport) -> ActionPlan:
    values = _plain(data.plan, PLAN_FIELDS)
    values["design_review"] = msgspec.to_builtins(data.plan.design_review) if data.plan.design_review else {}
    plan = ActionPlan.objects.filter(code=data.plan.code).first()
    if plan is None:
        is_current = not ActionPlan.objects.filter(is_current=True).exists()
        report.created.append(f"Plan {data.plan.code}")
        return ActionPlan.objects.create(
            code=data.plan.code, is_current=is_current, installed_at=at, **values
        )
    if _update(row=plan, values=values, where=f"Plan {plan.code}", report=report):
        plan.installed_at = at
        plan.save(update_fields=["installed_at"])
    return plan


def _install_tables(*, plan: ActionPlan, names: list[str], report: InstallReport) -> None:
    before = list(plan.tables.values_list("name", flat=True))
    if before == names:
        return
    if before:
        report.differences.append(Difference(f"Plan {plan.code}", "tables", before, names))
    plan.tables.all().delete()
    ThematicTable.objects.bulk_create(
        ThematicTable(plan=plan, order=order, name=name) for order, name in enumerate(names, start=1)
    )


def _install_commitment(
    *, plan: ActionPlan, entry: CommitmentEntry, at: datetime, report: InstallReport
) -> None:
    where = f"Compromiso {entry.number}"
    values = _plain(entry, COMMITMENT_FIELDS)
    commitment = plan.commitments.filter(number=entry.number).first()
    if commitment is None:
        commitment = Commitment.objects.create(plan=plan, number=entry.number, **values)
        report.created.append(where)
    else:
        _update(row=commitment, values=values, where=where, report=report)
    for coding in entry.external_codings:
        ExternalCoding.objects.update_or_create(
            commitment=commitment,
            by=coding.by,
            source_url=coding.source_url,
            defaults={"values": coding.values, "retrieved_on": coding.retrieved_on},
        )
    for goal in entry.goals:
        _install_goal(commitment=commitment, entry=goal, where=where, at=at, report=report)


def _install_goal(
    *, commitment: Commitment, entry: GoalEntry, where: str, at: datetime, report: InstallReport
) -> None:
    values = _plain(entry, GOAL_FIELDS)
    goal = commitment.goals.filter(code=entry.code).first()
    if goal is None:
        goal = TrainingGoal.objects.create(commitment=commitment, code=entry.code, **values)
        record_change(
            goal=goal, kind=TrainingGoalChange.Kind.CREATED, changed_by_id=None, at=at, after=values
        )
        report.created.append(f"{where}, meta {entry.code}")
        return
    for name, after in values.items():
        if (before := getattr(goal, name)) != after:
            report.differences.append(
                Difference(f"{where}, meta {entry.code}", name, before, after, kept=True)
            )


def _plain(entry: msgspec.Struct, names: tuple[str, ...]) -> dict[str, Any]:
    """Values as the database stores them: plain lists and dictionaries, dates as dates."""
    return {name: msgspec.to_builtins(getattr(entry, name), builtin_types=(date,)) for name in names}


def _update(*, row: models.Model, values: Mapping[str, Any], where: str, report: InstallReport) -> bool:
    changed = [name for name, after in values.items() if getattr(row, name) != after]
    for name in changed:
        report.differences.append(Difference(where, name, getattr(row, name), values[name]))
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)
