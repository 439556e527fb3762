"""Whether the pack of a plan contradicts itself, before anything is written. Pure."""

from collections.abc import Collection
from datetime import date
from typing import Any

from lms.plan.manifests import CommitmentEntry, PlanFile
from lms.plan.rules.sdg import GOALS, TARGETS
from lms.plan.rules.titles import plain_title

SOURCED_FIELDS = (
    "title", "description", "problem", "ambition", "lead", "supporting", "starts_on", "ends_on",
    "sdg_targets", "policy_areas", "budget", "table",
)  # fmt: skip


class PlanDataError(ValueError):
    """The plan contradicts itself: a number twice, a value without its source."""


def check_plan_file(*, data: PlanFile, reserved: Collection[str]) -> None:
    """That nothing in it contradicts itself. ``reserved``: codes that no plan has.

    Raises:
        PlanDataError: numbers or titles repeated or beyond the total, dates that go back, a value without a
            source.
    """
    if data.plan.code in reserved:
        raise PlanDataError(f"Un plan no puede llamarse «{data.plan.code}».")
    numbers = [entry.number for entry in data.commitments]
    if len(set(numbers)) != len(numbers):
        raise PlanDataError("Hay un número de compromiso repetido.")
    if len({plain_title(entry.title) for entry in data.commitments}) != len(numbers):
        raise PlanDataError("Hay un título de compromiso repetido.")
    if max(numbers) > data.plan.total_commitments:
        raise PlanDataError(
            f"El compromiso {max(numbers)} no cabe en un plan de {data.plan.total_commitments}."
        )
    _check_dates(where="El plan", entry=data.plan, end=data.plan.ends_on)
    for entry in data.commitments:
        _check_commitment(entry=entry, data=data)


def _check_commitment(*, entry: CommitmentEntry, data: PlanFile) -> None:
    where = f"Compromiso {entry.number}"
    for name in SOURCED_FIELDS:
        if getattr(entry, name) is not None and name not in entry.sources:
            raise PlanDataError(f"{where}: «{name}» no dice su fuente.")
    if entry.table is not None and entry.table not in data.plan.tables:
        raise PlanDataError(f"{where}: el plan no tiene la mesa «{entry.table}».")
    for target in entry.sdg_targets or ():
        if target not in TARGETS and target not in GOALS:
            raise PlanDataError(f"{where}: «{target}» no es una meta de los ODS.")
    codes = [milestone.code for milestone in entry.milestones]
    if len(set(codes)) != len(codes):
        raise PlanDataError(f"{where}: hay un código de hito repetido.")
    _check_dates(where=where, entry=entry, end=entry.ends_on)
    for milestone in entry.milestones:
        _check_dates(where=f"{where}, hito {milestone.code}", entry=milestone, end=milestone.due_on)


def _check_dates(*, where: str, entry: Any, end: date | None) -> None:
    if entry.starts_on and end and end < entry.starts_on:
        raise PlanDataError(f"{where}: termina antes de empezar.")
