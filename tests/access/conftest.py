"""The fixed instant of the access tests."""

import pytest


@pytest.fixture(autouse=True)
def _fixed_clock(fixed_clock: None) -> None:
    """For every test here."""
