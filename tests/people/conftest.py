"""An institution, and its rosters read."""

from datetime import datetime

import pytest

from lms.people.models import Institution
from tests.factories.people import InstitutionFactory
from tests.people.rosters import Reader, read_roster


@pytest.fixture
def institution() -> Institution:
    return InstitutionFactory()


@pytest.fixture
def read(institution: Institution, at: datetime) -> Reader:
    """Reads lines (or a file) as a roster of ``institution``."""
    return lambda lines, **more: read_roster(institution, lines, at=at, **more)
