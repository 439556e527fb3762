"""Frozen reports: their lines as the records tell them, their figures as pages show them, their proof."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lms.lib.canonical import canonical, digest
from lms.lib.tokens import keyed_hash
from lms.people.models import Estamento, Institution, LegalQuality
from lms.people.policy import Action, Viewer, institution_ids_for
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.coverage import principal_postings
from lms.progress.selectors.standings import Tally
from lms.reports.compliance.selectors_standing import parts_of
from lms.reports.models import PeriodReport
from lms.reports.rules import frozen
from lms.reports.rules.frozen import Heading, PersonLine
from lms.reports.rules.small_groups import FEWEST, hidden_groups

PSEUDONYM_LETTERS = 32

Naming = Callable[[UUID], str]
"""From a person's public id to its pseudonym in one report."""


def naming_for(*, report_id: UUID, key: str) -> Naming:
    """Pseudonyms of one report: those of two reports cannot be matched without the key."""
    purpose = f"informe:{report_id}"
    return lambda person: keyed_hash(str(person), purpose=purpose, key=key)[:PSEUDONYM_LETTERS]


def read_lines(
    *, institution: Institution, requirement: TrainingRequirement, day: date, naming: Naming
) -> list[PersonLine]:
    """Everybody who worked there that day, and how it stood, as the records say now. Two queries.

    Who is asked in another posting than the one begun last is counted where it is asked.
    """
    lines = {
        public_id: PersonLine(naming(public_id), unit, estamento, quality)
        for public_id, unit, estamento, quality in principal_postings(
            cutoff=day, institution_id=institution.pk
        ).values_list("person__public_id", "unit__code", "estamento", "legal_quality")
    }
    rows = AssignedTraining.objects.on(day).filter(requirement=requirement, institution=institution)
    for row in rows.select_related("person", "unit"):
        lines[row.person.public_id] = PersonLine(
            pseudonym=naming(row.person.public_id),
            unit=row.unit.code,
            estamento=row.estamento,
            legal_quality=row.legal_quality,
            standing=row.standing,
            assigned_on=_iso(row.assigned_on),
            due_on=_iso(row.due_on),
            done_on=_iso(row.done_on),
            valid_until=_iso(row.valid_until),
        )
    return list(lines.values())


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


# --- Finding ------------------------------------------------------------------------------------------
def list_reports(*, viewer: Viewer) -> QuerySet[PeriodReport]:
    """The reports that the viewer may see, latest first, without their detail. One query when read."""
    allowed = institution_ids_for(viewer=viewer, action=Action.SEE_REPORTS)
    rows = PeriodReport.objects.select_related("institution", "requirement", "created_by").defer("detail")
    return rows if allowed is None else rows.filter(institution_id__in=allowed)


def find_report(*, public_id: UUID) -> PeriodReport | None:
    """One report with its detail. One query."""
    rows = PeriodReport.objects.select_related("institution", "requirement", "created_by", "withdrawn_by")
    return rows.filter(public_id=public_id).first()


# --- Proof --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Proof:
    """What was recomputed from the stored report alone."""

    detail_agrees: bool
    figures_agree: bool
    seal_agrees: bool

    @property
    def is_good(self) -> bool:
        return self.detail_agrees and self.figures_agree and self.seal_agrees


def prove_report(*, report: PeriodReport) -> Proof:
    """Digest of the detail, figures from the detail, seal of it all. No query."""
    try:
        text = frozen.unpack(bytes(report.detail))
        counted = canonical(frozen.count_figures(frozen.read_detail(text)))
    except frozen.DetailError:
        return Proof(detail_agrees=False, figures_agree=False, seal_agrees=_seal_agrees(report))
    return Proof(
        detail_agrees=digest(text) == report.detail_sha256,
        figures_agree=counted == report.figures,
        seal_agrees=_seal_agrees(report),
    )


def _seal_agrees(report: PeriodReport) -> bool:
    try:
        return seal_of(report) == report.sha256
    except ValueError:
        return False


def seal_of(report: PeriodReport) -> str:
    """The seal that the stored texts give. No query beside the report's institution and requirement.

    Raises:
        ValueError: definition or figures are no JSON any more.
    """
    heading = Heading(
        public_id=str(report.public_id),
        institution=report.institution.code,
        requirement=str(report.requirement.public_id),
        day=report.day.isoformat(),
        title=report.title,
        period=report.period,
        created_at=report.created_at.astimezone(UTC).isoformat(),
        version=report.version,
    )
    return frozen.seal(
        heading=heading,
        definition=report.definition,
        figures=report.figures,
        detail_sha256=report.detail_sha256,
    )


# --- Figures ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FrozenGroup:
    """A group: all who worked in it, and how those stood of whom it was asked."""

    label: str
    headcount: int
    tally: Tally
    is_hidden: bool = False

    @property
    def is_small(self) -> bool:
        return self.headcount < FEWEST

    @property
    def parts(self) -> list[tuple[str, int]]:
        return parts_of(self.tally)


@dataclass(frozen=True)
class FrozenFigures:
    """The figures of a report as pages and files show them; small groups hidden."""

    total: FrozenGroup
    by_unit: list[FrozenGroup]
    by_estamento: list[FrozenGroup]
    by_quality: list[FrozenGroup]


def figures_of(*, report: PeriodReport) -> FrozenFigures:
    """The figures that were frozen. No query."""
    stored, definition = json.loads(report.figures), json.loads(report.definition)
    return to_figures(stored=stored, units=definition["units"], total_label=definition["institution"]["name"])


def to_figures(*, stored: Mapping[str, Any], units: Mapping[str, str], total_label: str) -> FrozenFigures:
    """Figures with their labels: units by name, ranks in the order of the law."""
    by_unit = _groups(stored["by_unit"], units)
    return FrozenFigures(
        total=_group(total_label, stored["total"]),
        by_unit=sorted(by_unit.values(), key=lambda group: group.label),
        by_estamento=_in_order(_groups(stored["by_estamento"], dict(Estamento.choices)), Estamento.values),
        by_quality=_in_order(_groups(stored["by_quality"], dict(LegalQuality.choices)), LegalQuality.values),
    )


def _groups(stored: Mapping[str, Any], labels: Mapping[str, Any]) -> dict[str, FrozenGroup]:
    hidden = hidden_groups({key: group["headcount"] for key, group in stored.items()})
    return {
        key: _group(str(labels.get(key, key)), group, is_hidden=key in hidden)
        for key, group in stored.items()
    }


def _group(label: str, stored: Mapping[str, Any], *, is_hidden: bool = False) -> FrozenGroup:
    counts = {Standing(int(standing)): people for standing, people in stored["standings"].items()}
    return FrozenGroup(label, stored["headcount"], Tally(counts), is_hidden)


def _in_order(groups: Mapping[str, FrozenGroup], keys: list[str]) -> list[FrozenGroup]:
    return [groups[key] for key in keys if key in groups]
