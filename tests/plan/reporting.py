"""A plan on which one institution reports, and what its form sends."""

from typing import Any

import pytest
from django.test import Client

from lms.people.models import Role
from lms.plan.models import Commitment, ProgressUpdate
from tests.factories.people import RoleAssignmentFactory
from tests.factories.plan import ActionPlanFactory, CommitmentFactory
from tests.factories.plan_progress import create_milestone
from tests.personas import Personas, client_for

UPDATE = "/plan/informar/local/1/"


@pytest.fixture
def commitment(personas: Personas, at: Any) -> Commitment:
    plan = ActionPlanFactory(code="local", institution=personas.institution)
    found: Commitment = CommitmentFactory(plan=plan, number=1)
    found.reporting_institutions.add(personas.institution)
    create_milestone(commitment=found, at=at)
    create_milestone(commitment=found, at=at, label="Capacitar a los equipos")
    return found


@pytest.fixture
def bruno(personas: Personas) -> Client:
    """He reports for his institution."""
    RoleAssignmentFactory(user=personas.bruno, role=Role.PLAN_REPORTER, institution=personas.institution)
    return client_for(personas.bruno)


@pytest.fixture
def pedro(personas: Personas) -> Client:
    return client_for(personas.pedro)


@pytest.fixture
def begun(bruno: Client, commitment: Commitment) -> ProgressUpdate:
    bruno.post(UPDATE)
    return commitment.updates.get()


def form(update: ProgressUpdate, **changes: Any) -> dict[str, Any]:
    update.refresh_from_db()
    blank = {f"h{n}-{part}": "" for n in (1, 2) for part in ("status", "text", "due", "reason")}
    return {"seen": update.saved_at.isoformat(), "text": "Se avanzó.", "luego": ""} | blank | changes


def send(bruno: Client, update: ProgressUpdate, **changes: Any) -> None:
    bruno.post(UPDATE, form(update, **changes))
    bruno.post(UPDATE + "enviar/", {"note": ""})
