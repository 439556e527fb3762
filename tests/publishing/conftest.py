"""A plan with milestones, evidence and history; nothing of it is real."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from lms.plan.models import (
    ActionPlan,
    Commitment,
    Evidence,
    Milestone,
    ProgressUpdate,
    TrainingGoal,
    UpdateLine,
)
from lms.plan.services import MilestoneValues, add_coding, add_milestone, edit_milestone
from tests.factories.indicators import IndicatorFactory, release
from tests.personas import Personas, client_for, personas
from tests.plan.conftest import covered, goal

__all__ = ["covered", "goal", "personas"]


@pytest.fixture
def plan(goal: TrainingGoal) -> ActionPlan:
    """Public; commitments 1 (with a goal), 2 and 6."""
    return goal.commitment.plan


@pytest.fixture
def commitment(plan: ActionPlan) -> Commitment:
    """Number 2, as services see it."""
    return plan.commitments.get(number=2)


@pytest.fixture
def milestone(commitment: Commitment, at: datetime) -> Milestone:
    """Of commitment 2: replanned once, reported as limited, without evidence."""
    values = MilestoneValues(label="Publicar la guía", unit="Unidad de Probidad", due_on=date(2026, 6, 30))
    milestone = add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    later = MilestoneValues(label="Publicar la guía", unit="Unidad de Probidad", due_on=date(2026, 12, 31))
    edit_milestone(
        milestone_id=milestone.pk, values=later, changed_by_id=None, at=at, reason="Faltó presupuesto."
    )
    Milestone.objects.filter(pk=milestone.pk).update(status="limited", status_on=date(2026, 7, 15))
    return Milestone.objects.get(pk=milestone.pk)


@pytest.fixture
def update(milestone: Milestone) -> ProgressUpdate:
    """Approved, for the second half of 2026."""
    at = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    update: ProgressUpdate = ProgressUpdate.objects.create(
        commitment=milestone.commitment, period="2026-2", state="approved", text="Se redactó la guía.",
        office="Servicio de Ejemplo", started_at=at, saved_at=at, approved_at=at,
    )  # fmt: skip
    UpdateLine.objects.create(update=update, milestone=milestone, status="limited", text="Falta diseñarla.")
    return update


@pytest.fixture
def evidence(milestone: Milestone, at: datetime) -> Evidence:
    """A published address for the milestone, brought by the persona Pedro's office."""
    return Evidence.objects.create(
        milestone=milestone,
        title="Guía impresa",
        dated_on=date(2026, 7, 1),
        licence="CC BY 4.0",
        url="https://ejemplo.cl/guia.pdf",
        added_by_office="Servicio de Ejemplo",
        added_at=at,
        published_at=at,
    )


@pytest.fixture
def coding(commitment: Commitment, at: datetime) -> None:
    """What a reviewer said, and then said otherwise."""
    for value in ("Low", "Substantial"):
        add_coding(
            commitment_id=commitment.pk,
            by="IRM",
            values={"completion": value},
            source_url="https://ejemplo.org/cl2",
            retrieved_on=date(2026, 1, 2),
            at=at,
        )


@pytest.fixture
def figures(commitment: Commitment) -> None:
    """An indicator of commitment 2 with two periods, one of them broken down."""
    indicator = IndicatorFactory(commitment=commitment, code="cumplen")
    release(indicator, "2024,,,30,64,,", "2025,,,40,64,,", "2025,Norte,,10,24,,")


@pytest.fixture
def pedro(personas: Personas) -> Client:
    """Keeps plans."""
    return client_for(personas.pedro)


@pytest.fixture
def elena(personas: Personas) -> Client:
    """Works somewhere else."""
    return client_for(personas.elena)
