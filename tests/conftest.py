"""What every test may use: the copied database, a fixed instant, an empty cache."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from tests.databases import TestDatabase, open_test_database

REACHES_THE_DATABASE = {"db", "transactional_db", "live_server", "database_url", "committed_record", "_world"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what asks a database something: the rest need not run again on another one."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & REACHES_THE_DATABASE or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session")
def test_database(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[TestDatabase]:
    """This process's copy of the migrated database."""
    with django_db_blocker.unblock():
        database = open_test_database(
            folder=django_settings.BASE_DIR / "var" / "testdb",
            process=os.environ.get("PYTEST_XDIST_WORKER", "main"),
        )
        database.create()
    yield database
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(scope="session")
def django_db_setup(test_database: TestDatabase) -> Iterator[None]:
    """Replaces pytest-django's: after a test that commits, the copy is made anew, not emptied."""
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: test_database.restore())
    yield
    patch.undo()


@pytest.fixture
def database_url(test_database: TestDatabase) -> str:
    """``DATABASE_URL`` for a process that a test starts; its rows must be committed."""
    return test_database.url()


@pytest.fixture
def at() -> datetime:
    """The instant at which tests happen: Friday 20 November 2026, noon in Santiago."""
    return datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("America/Santiago"))


@pytest.fixture
def fixed_clock(at: datetime) -> Iterator[None]:
    """It is ``at``, and time goes on from there."""
    with time_machine.travel(at, tick=True):
        yield


@pytest.fixture
def cache_of_production(db: None, settings: Settings) -> None:
    """The cache is a table, so that what is asked of it is counted with the queries."""
    backend = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    settings.CACHES = {"default": backend}
    call_command("createcachetable")


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _remove_scratch_files() -> Iterator[None]:
    """The test settings make one scratch folder per process for uploads and certificates."""
    yield
    shutil.rmtree(Path(django_settings.MEDIA_ROOT).parent, ignore_errors=True)


@pytest.fixture(autouse=True)
def _language_of_the_site() -> Iterator[None]:
    """A request leaves its language to the thread, as the next request sets its own: the next test too."""
    translation.deactivate()
    yield
    translation.deactivate()
