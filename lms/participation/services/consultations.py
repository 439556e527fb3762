"""Calls to contribute to a draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lms.participation.models import Consultation, ConsultationSection
from lms.participation.rules.sections import DraftSection
from lms.plan.models import Commitment


class DraftInUseError(Exception):
    """Somebody contributed already: the draft they read stays as it is, and so does its publication."""


@dataclass(frozen=True)
class ConsultationValues:
    """``sections``: the draft; ``None`` where each commitment of the plan is one."""

    title: str
    question: str
    rules: str
    timeline: str
    opens_on: date
    closes_on: date
    is_published: bool
    commitment_id: int | None
    sections: Sequence[DraftSection] | None


@transaction.atomic
def create_consultation(*, plan_id: int, values: ConsultationValues, at: datetime) -> Consultation:
    """A new one with its draft."""
    row = Consultation(plan_id=plan_id, created_at=at)
    _write(row, values)
    _write_sections(row, values.sections)
    return row


@transaction.atomic
def edit_consultation(*, consultation_id: int, values: ConsultationValues) -> Consultation:
    """What it says. Its draft and its commitment change only before the first contribution.

    Raises:
        DraftInUseError: see there.
    """
    row = Consultation.objects.select_for_update().get(pk=consultation_id)
    is_used = row.contributions.exists()
    if is_used and (not values.is_published or values.commitment_id != row.commitment_id):
        raise DraftInUseError
    is_changed = values.sections is None or list(values.sections) != read_draft(row)
    if is_used and is_changed and not _is_same_as_commitments(row, values):
        raise DraftInUseError
    _write(row, values)
    if is_changed and not is_used:
        row.sections.all().delete()
        _write_sections(row, values.sections)
    return row


def read_draft(row: Consultation) -> list[DraftSection]:
    """The sections as they were written. One query."""
    return [DraftSection(section.title, section.text) for section in row.sections.all()]


def _is_same_as_commitments(row: Consultation, values: ConsultationValues) -> bool:
    """A draft made of commitments stays as it was copied, whatever they say by now."""
    return values.sections is None and row.sections.filter(commitment__isnull=False).exists()


def _write(row: Consultation, values: ConsultationValues) -> None:
    row.title, row.question, row.rules = values.title, values.question, values.rules
    row.timeline, row.commitment_id = values.timeline, values.commitment_id
    row.opens_on, row.closes_on = values.opens_on, values.closes_on
    row.is_published = values.is_published
    row.save()


def _write_sections(row: Consultation, sections: Sequence[DraftSection] | None) -> None:
    ConsultationSection.objects.bulk_create(
        ConsultationSection(
            consultation=row,
            order=order,
            title=section.title,
            text=section.text,
            commitment_id=commitment_id,
        )
        for order, (section, commitment_id) in enumerate(_sections(row, sections), start=1)
    )


def _sections(
    row: Consultation, sections: Sequence[DraftSection] | None
) -> list[tuple[DraftSection, int | None]]:
    if sections is not None:
        return [(section, None) for section in sections]
    commitments = Commitment.objects.filter(plan_id=row.plan_id)
    return [
        (DraftSection(f"{found.number}. {found.title}"[:200], found.description or ""), found.pk)
        for found in commitments
    ]
