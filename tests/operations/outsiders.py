"""Whoever does not administer the platform: each screen is tried with all of them."""

from django.test import Client

from lms.people.models import Role
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for

NAMES = ("ana", "bruno", "carla", "diego", "elena", "iris", "pedro")
"""Elena is HR of another institution."""


def outsiders(personas: Personas) -> dict[str, Client]:
    """Their clients; with an auditor, and an administrator of one institution only."""
    auditor, local = UserFactory(), UserFactory()
    RoleAssignmentFactory(user=auditor, role=Role.AUDITOR, everywhere=True)
    RoleAssignmentFactory(user=local, role=Role.ADMINISTRATOR, institution=personas.institution)
    clients = {name: client_for(getattr(personas, name)) for name in NAMES}
    return clients | {"auditor": client_for(auditor), "local": client_for(local)}


def assert_hidden(personas: Personas, *paths: str) -> None:
    """404 to everybody else, asking and sending; a login for who is nobody."""
    for name, client in outsiders(personas).items():
        for path in paths:
            assert client.get(path).status_code in (404, 405), (name, path)
            assert client.post(path, {}).status_code in (404, 405), (name, path)
            assert 404 in (client.get(path).status_code, client.post(path, {}).status_code), (name, path)
    for path in paths:
        assert Client().get(path).status_code == 302
