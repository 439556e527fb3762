"""Whoever holds a role lends it until a day; it ends with the role it comes from."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.people.models import RoleAssignment
from lms.people.policy import Action, has_any
from lms.people.selectors.viewers import get_viewer
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


def lend(client: Client, personas: Personas, **changes: str) -> HttpResponse:
    data = {
        "role": str(RoleAssignment.objects.get(user=personas.carla).pk),
        "email": personas.bruno.email,
        "last_day": "2026-12-31",
    } | changes
    return client.post(reverse("reports:delegation"), data, follow=True)  # type: ignore[return-value]


def sees_people(personas: Personas, at: datetime) -> bool:
    user = type(personas.bruno).objects.get(pk=personas.bruno.pk)
    return has_any(viewer=get_viewer(user=user, at=at), action=Action.SEE_PEOPLE)


def test_a_lent_role_holds_until_its_last_day(personas: Personas, carla: Client, at: datetime) -> None:
    assert "tiene tu rol" in lend(carla, personas).content.decode()
    assert sees_people(personas, datetime(2026, 12, 31, 20, tzinfo=at.tzinfo))
    assert not sees_people(personas, datetime(2027, 1, 1, 1, tzinfo=at.tzinfo))


def test_a_lent_role_ends_with_the_role_it_comes_from(
    personas: Personas, carla: Client, at: datetime
) -> None:
    lend(carla, personas)
    RoleAssignment.objects.filter(user=personas.carla).update(valid_until=at)
    assert not sees_people(personas, at + timedelta(minutes=1))


def test_a_lent_role_can_be_taken_back(personas: Personas, carla: Client, at: datetime) -> None:
    lend(carla, personas)
    lent = RoleAssignment.objects.get(user=personas.bruno)
    url = reverse("reports:delegation_end", args=[lent.pk])
    assert "La delegación terminó" in carla.post(url, follow=True).content.decode()
    assert not sees_people(personas, at + timedelta(minutes=1))


def test_a_lent_role_is_not_lent_again(personas: Personas, carla: Client) -> None:
    lend(carla, personas)
    bruno = client_for(personas.bruno)
    page = bruno.get(reverse("reports:delegation")).content.decode()
    assert "te lo delegó Carla Muñoz" in page
    assert "Delegar el rol" not in page
    lent = RoleAssignment.objects.get(user=personas.bruno)
    assert lend(bruno, personas, role=str(lent.pk), email=personas.ana.email).status_code == 400


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": "nadie@servicio.example"}, "No hay ninguna cuenta"),
        ({"email": "carla@servicio.example"}, "Es tu propia cuenta"),
        ({"email": "x"}, "Escribe un correo completo"),
        ({"email": ""}, "Escribe el correo"),
        ({"last_day": "2026-11-19"}, "Elige un día desde hoy"),
        ({"last_day": "2028-01-01"}, "Elige un día desde hoy"),
        ({"last_day": ""}, "Escribe hasta qué día"),
        ({"last_day": "x"}, "31-12-2026"),
        ({"role": "0"}, "Hay algo que corregir"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lent(
    personas: Personas, carla: Client, changes: dict[str, str], message: str
) -> None:
    response = lend(carla, personas, **changes)
    assert (response.status_code, message in response.content.decode()) == (400, True)
    assert not RoleAssignment.objects.filter(delegated_from__isnull=False).exists()


def test_nobody_lends_the_role_of_somebody_else(personas: Personas) -> None:
    elena = client_for(personas.elena)
    assert lend(elena, personas).status_code == 400


def test_nobody_takes_back_what_somebody_else_lent(personas: Personas, carla: Client) -> None:
    lend(carla, personas)
    lent = RoleAssignment.objects.get(user=personas.bruno)
    url = reverse("reports:delegation_end", args=[lent.pk])
    assert client_for(personas.elena).post(url).status_code == 404


def test_whoever_holds_no_role_finds_no_page(personas: Personas) -> None:
    assert client_for(personas.ana).get(reverse("reports:delegation")).status_code == 404


def test_an_account_that_has_the_role_there_already_is_told(personas: Personas, carla: Client) -> None:
    other = UserFactory(email="otra@servicio.example")
    other.emailaddress_set.create(email=other.email, verified=True, primary=True)
    RoleAssignmentFactory(user=other, institution=personas.institution)
    assert "ya tiene ese rol" in lend(carla, personas, email=other.email).content.decode()
