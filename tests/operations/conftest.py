"""An administrator, and the fixed instant."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from lms.people.models import Role, User
from tests.factories.people import PersonFactory, RoleAssignmentFactory, UserFactory
from tests.operations.stub_lrs import StubLrs, run_stub
from tests.personas import Personas, client_for, personas

__all__ = ["personas"]


@pytest.fixture(autouse=True)
def _fixed_clock(fixed_clock: None) -> None:
    """For every test here."""


@pytest.fixture
def rita(personas: Personas) -> User:
    account: User = UserFactory(email="rita@servicio.example", first_name="Rita", last_name="Pino")
    PersonFactory(user=account, given_names="Rita", family_names="Pino")
    RoleAssignmentFactory(user=account, role=Role.ADMINISTRATOR, everywhere=True)
    return account


@pytest.fixture
def admin(rita: User) -> Client:
    return client_for(rita)


@pytest.fixture
def stub(settings: Settings) -> Iterator[StubLrs]:
    """Another LRS on this machine, which may be reached."""
    settings.XAPI_FORWARD_PRIVATE = True
    with run_stub() as stub:
        yield stub
