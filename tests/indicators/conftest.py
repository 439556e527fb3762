"""An indicator with two periods, and who keeps its plan."""

import pytest
from django.test import Client

from lms.indicators.models import Indicator, IndicatorRevision
from tests.factories.indicators import IndicatorFactory, release
from tests.personas import Personas, client_for, personas

__all__ = ["personas"]

LINES = ("2024,,,30,64,,", "2025,,,40,64,,", "2025,Norte,,10,24,,", "2025,Sur,,30,40,,")


@pytest.fixture
def indicator(db: None) -> Indicator:
    found: Indicator = IndicatorFactory(code="cumplen")
    return found


@pytest.fixture
def released(indicator: Indicator) -> IndicatorRevision:
    return release(indicator, *LINES)


@pytest.fixture
def pedro(personas: Personas) -> Client:
    """The keeper."""
    return client_for(personas.pedro)
