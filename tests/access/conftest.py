"""One world for all tests of a module: it takes seconds to build, and nobody may change it."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.access.world import World, create_world


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield create_world(at=datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("America/Santiago")))
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: World) -> Iterator[World]:
    """As it was built, whatever the test before did."""
    with transaction.atomic():
        yield _world
        transaction.set_rollback(True)
