"""A plan that its team makes on screens, and what its forms send."""

from typing import Any

import pytest
from django.test import Client

from lms.people.models import Role
from lms.plan.models import ActionPlan, Commitment, Milestone
from tests.factories.people import RoleAssignmentFactory
from tests.personas import Personas, client_for

DESK = "/plan/gestion/local/"
NUL = "\x00"


@pytest.fixture
def pedro(personas: Personas) -> Client:
    return client_for(personas.pedro)


@pytest.fixture
def keeper(personas: Personas) -> Client:
    """Bruno keeps the plans of his institution alone."""
    RoleAssignmentFactory(user=personas.bruno, role=Role.PLAN_OWNER, institution=personas.institution)
    return client_for(personas.bruno)


def plan_form(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Plan local de Villa Ejemplo", "code": "local", "level": "municipal", "institution_id": "",
        "country": "Chile", "period": "2024-2026", "starts_on": "2024-01-01", "ends_on": "2026-12-31",
        "total_commitments": "2", "adheres_to_id": "", "follows_id": "", "tables": "Transparencia\nParticipación",
        "design_text": "", "monitoring_text": "",
    } | changes  # fmt: skip


def commitment_form(**changes: Any) -> dict[str, Any]:
    return {
        "number": "1", "title": "Abrir las sesiones del concejo", "description": "Transmitirlas.", "problem": "",
        "ambition": "", "table_id": "", "lead": "Secretaría Municipal", "supporting": "", "starts_on": "",
        "ends_on": "", "reporting_institutions": "", "sdg_targets": "", "budget_amount": "",
        "budget_currency": "", "related": "", "policy_areas": "", "ogp_id": "", "notes": "", "source_text": "",
        "source_url": "", "reason": "",
    } | changes  # fmt: skip


def milestone_form(**changes: Any) -> dict[str, Any]:
    return {
        "label": "Comprar cámaras", "description": "", "unit": "Informática", "starts_on": "2024-01-01",
        "due_on": "2024-06-30", "source_text": "", "source_url": "", "reason": "",
    } | changes  # fmt: skip


@pytest.fixture
def plan(pedro: Client) -> ActionPlan:
    pedro.post("/plan/gestion/nuevo/", plan_form())
    return ActionPlan.objects.get(code="local")


@pytest.fixture
def commitment(pedro: Client, plan: ActionPlan) -> Commitment:
    pedro.post(DESK + "compromisos/nuevo/", commitment_form())
    return plan.commitments.get()


@pytest.fixture
def milestone(pedro: Client, commitment: Commitment) -> Milestone:
    pedro.post(DESK + "compromisos/1/hitos/nuevo/", milestone_form())
    return commitment.milestones.get()
