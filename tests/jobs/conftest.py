"""The real queue instead of the immediate one."""

from typing import Any

import pytest

from tests.jobs import settings as queue_settings


@pytest.fixture
def queue(settings: Any) -> None:
    """Tasks become rows, as in the real service."""
    settings.TASKS = queue_settings.TASKS
