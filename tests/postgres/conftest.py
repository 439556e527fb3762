"""These tests are for PostgreSQL: with another database they fail at once, and say why."""

import pytest
from django.db import connection

from tests.xapi.conftest import committed_record

__all__ = ["committed_record"]


@pytest.fixture(autouse=True, scope="session")
def _on_postgresql() -> None:
    assert connection.vendor == "postgresql", "Run these with DATABASE_URL=postgres://…"
