"""A record whose rows are really committed, without a new database for each test."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.xapi.sayings import empty_record


@pytest.fixture
def committed_record(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is stored is committed, as other threads and ``settled_before`` see it; then it is emptied.

    For tests that write nothing but the record's own tables: they hold no row after migrating.
    """
    with django_db_blocker.unblock():
        yield
        empty_record()
        connection.close()
