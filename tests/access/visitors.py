"""Who asks at the addresses: everybody, by name, with the browser in which they come."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client

from lms.people.models import User
from lms.people.services.accounts import erase_person
from tests.access.world import World
from tests.personas import client_for


def _inactive(world: World, at: datetime) -> Client:
    client = client_for(world.ivan)
    User.objects.filter(pk=world.ivan.pk).update(is_active=False)
    return client


def _erased(world: World, at: datetime) -> Client:
    client = client_for(world.olga)
    erase_person(person=world.olga.person, at=at)
    return client


def _of_persona(name: str) -> Callable[[World, datetime], Client]:
    return lambda world, at: client_for(getattr(world.personas, name))


def _of_account(name: str) -> Callable[[World, datetime], Client]:
    return lambda world, at: client_for(getattr(world, name))


VISITORS: dict[str, Callable[[World, datetime], Client]] = {
    "anonymous": lambda world, at: Client(),
    "inactive": _inactive,
    "erased": _erased,
    "learner_a": _of_persona("ana"),
    "colleague_a": _of_persona("bruno"),
    "learner_b": _of_account("berta"),
    "hr_a": _of_persona("carla"),
    "hr_b": _of_persona("elena"),
    "trainer": _of_persona("diego"),
    "integrity_a": _of_persona("iris"),
    "plan_owner": _of_persona("pedro"),
    "auditor": _of_account("aurelia"),
    "administrator": _of_account("rita"),
    "superuser": _of_account("susana"),
    "lead_a": _of_account("lucia"),
    "lead_beside": _of_account("leonel"),
}
"""Who asks, by name, and how their browser comes about. The second and third were let in once."""

STAFF = (
    "hr_a", "hr_b", "trainer", "integrity_a", "plan_owner", "auditor", "administrator", "superuser", "lead_a",
    "lead_beside",
)  # fmt: skip


def user_of(world: World, visitor: str) -> User | None:
    """The account of a visitor who can log in."""
    accounts = {
        "learner_a": world.personas.ana,
        "colleague_a": world.personas.bruno,
        "learner_b": world.berta,
        "hr_a": world.personas.carla,
        "hr_b": world.personas.elena,
        "trainer": world.personas.diego,
        "integrity_a": world.personas.iris,
        "plan_owner": world.personas.pedro,
        "auditor": world.aurelia,
        "administrator": world.rita,
        "superuser": world.susana,
        "lead_a": world.lucia,
        "lead_beside": world.leonel,
    }
    return accounts.get(visitor)
