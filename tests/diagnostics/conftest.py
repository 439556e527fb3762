"""A small questionnaire, the people who answer it, and their browsers."""

from datetime import datetime

import pytest
from django.test import Client

from lms.diagnostics.models import Questionnaire
from tests.factories.diagnostics import install
from tests.personas import Personas, client_for, personas

__all__ = ["personas"]


@pytest.fixture
def questionnaire(db: None, at: datetime) -> Questionnaire:
    return install(at=at)


@pytest.fixture
def iris(personas: Personas, fixed_clock: None) -> Client:
    """Coordinates integrity and answers for her institution."""
    return client_for(personas.iris)


@pytest.fixture
def pedro(personas: Personas, fixed_clock: None) -> Client:
    """Keeps the plan, everywhere, and works in Iris's institution."""
    return client_for(personas.pedro)
