"""A plan with three commitments, on a Friday at noon."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from lms.plan.models import ActionPlan, Commitment
from tests.factories.plan import ActionPlanFactory, CommitmentFactory
from tests.notices.sink import Sink, start_sink
from tests.personas import personas

__all__ = ["personas"]


@pytest.fixture
def plan(db: None, fixed_clock: None) -> ActionPlan:
    plan: ActionPlan = ActionPlanFactory(code="plan", title="Quinto plan")
    for number in (1, 2, 11):
        CommitmentFactory(plan=plan, number=number, title=f"Compromiso de prueba {number}")
    return plan


@pytest.fixture
def commitment(plan: ActionPlan) -> Commitment:
    return plan.commitments.get(number=11)


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """The mail server of this test; Django sends to it."""
    sink = Sink()
    controller = start_sink(sink)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    settings.SITE_URL = "https://aula.gob.example"
    yield sink
    controller.stop()
