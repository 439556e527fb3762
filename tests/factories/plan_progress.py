"""Milestones and updates in any state, by the services that everybody uses."""

from datetime import date, datetime

from lms.plan.models import Commitment, Evidence, Milestone, ProgressUpdate
from lms.plan.rules.progress import HalfYear
from lms.plan.services import (
    LineValues,
    MilestoneValues,
    UpdateValues,
    add_milestone,
    approve_update,
    open_update,
    save_update,
    submit_update,
)
from lms.plan.services.evidence import EvidenceValues, add_evidence

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"
OFFICE = "Dirección de Obras"


def create_milestone(
    *, commitment: Commitment, at: datetime, label: str = "Publicar la pauta", due_on: date | None = None
) -> Milestone:
    values = MilestoneValues(label=label, starts_on=date(2024, 1, 1), due_on=due_on or date(2024, 12, 31))
    return add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)


def write_update(
    *, commitment: Commitment, at: datetime, text: str = "Se publicó la pauta.", **lines: LineValues
) -> ProgressUpdate:
    """A saved draft; ``h1=LineValues(…)`` by the milestone's code."""
    update, _is_new = open_update(
        commitment_id=commitment.pk,
        period=str(HalfYear.of(at.date())),
        office=OFFICE,
        written_by_id=None,
        at=at,
    )
    by_code = {milestone.code: milestone.pk for milestone in commitment.milestones.all()}
    values = UpdateValues(text, {by_code[code]: line for code, line in lines.items()})
    return save_update(update_id=update.pk, values=values, seen_at=None, written_by_id=None, at=at)


def attach(
    *, update: ProgressUpdate, at: datetime, code: str = "h1", url: str = "https://example.org/acta"
) -> Evidence:
    """An address, or with ``url=""`` a PDF."""
    values = EvidenceValues(
        title="Acta de la sesión", dated_on=date(2024, 5, 2), licence="CC BY 4.0", url=url,
        file_name="" if url else "acta.pdf", content=b"" if url else PDF,
    )  # fmt: skip
    line = update.lines.get(milestone__code=code)
    return add_evidence(line=line, values=values, office=OFFICE, added_by_id=None, at=at)


def approve(*, update: ProgressUpdate, at: datetime) -> ProgressUpdate:
    submit_update(update_id=update.pk, note="", by_id=None, at=at)
    return approve_update(update_id=update.pk, note="", by_id=None, at=at)
