"""HR and administrators give systems their tokens."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.api.models import ApiToken
from lms.people.models import Institution, Role, RoleAssignment
from tests.api.asking import Program, give_token
from tests.factories.people import InstitutionFactory, PersonFactory, RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

LIST = "/cumplimiento/api/"
NEW = f"{LIST}nueva/"


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


@pytest.fixture
def rita(personas: Personas) -> Client:
    account = UserFactory(email="rita@servicio.example")
    PersonFactory(user=account, given_names="Rita")
    RoleAssignmentFactory(user=account, role=Role.ADMINISTRATOR, everywhere=True)
    return client_for(account)


def give(client: Client, place: Institution, **data: Any) -> HttpResponse:
    form = {"name": "Sistema", "institution": place.pk, "scopes": ["people:read"], "last_day": "2027-03-31"}
    return client.post(NEW, form | data)


def test_the_secret_is_shown_once_and_works(carla: Client, place: Institution) -> None:
    page = give(carla, place)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    secret = re.search(r"aula_[\w-]{43}", page.content.decode())
    assert secret and Program(secret[0]).ask("/people/").status_code == 200
    assert secret[0] not in carla.get(LIST).content.decode()
    with time_machine.travel(datetime.fromisoformat("2027-03-31T23:59:00-03:00"), tick=False):
        assert Program(secret[0]).ask("/people/").status_code == 200
    with time_machine.travel(datetime.fromisoformat("2027-04-01T00:00:01-03:00"), tick=False):
        assert Program(secret[0]).ask("/people/").status_code == 401


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"name": ""}, "Escribe un nombre."),
        ({"scopes": []}, "Marca al menos un permiso."),
        ({"scopes": ["todo"]}, "Elige permisos de la lista."),
        ({"last_day": ""}, "Escribe hasta cuándo sirve."),
        ({"last_day": "2026-11-20"}, "Elige un día desde mañana"),
        ({"last_day": "2028-01-01"}, "hasta dentro de un año"),
        ({"institution": ""}, "Elige una institución."),
        ({"institution": "999999"}, "Elige una institución de la lista."),
    ],
)
def test_a_wrong_form_says_what_is_wrong(
    carla: Client, place: Institution, data: dict[str, Any], text: str
) -> None:
    page = give(carla, place, **data)
    assert page.status_code == 400 and text in page.content.decode()
    assert not ApiToken.objects.exists()


def test_hr_gives_none_of_another_institution(carla: Client, personas: Personas) -> None:
    assert give(carla, personas.other_institution).status_code == 400
    assert not ApiToken.objects.exists()


def test_two_in_force_do_not_have_one_name(carla: Client, place: Institution) -> None:
    give(carla, place)
    assert "Ya hay una llave vigente" in give(carla, place, name="SISTEMA").content.decode()
    assert ApiToken.objects.count() == 1


def test_an_administrator_gives_one_for_everything(rita: Client, place: Institution) -> None:
    assert give(rita, place, institution="", scopes=["reports:read"]).status_code == 200
    assert ApiToken.objects.get().institution is None
    assert "Todas las instituciones" in rita.get(LIST).content.decode()


def test_an_administrator_is_offered_nothing_that_reads_people(rita: Client, place: Institution) -> None:
    form = rita.get(NEW).content.decode()
    assert 'value="places:read"' in form and 'value="reports:read"' in form
    assert 'value="people:read"' not in form and 'value="training:read"' not in form
    for scope in ("people:read", "training:read"):
        page = give(rita, place, scopes=[scope])
        assert page.status_code == 400 and "Elige permisos de la lista." in page.content.decode()
    assert not ApiToken.objects.exists()


def test_the_list_says_only_what_a_token_may_still_do(rita: Client, place: Institution) -> None:
    give(rita, place, scopes=["reports:read"])
    ApiToken.objects.update(scopes=["people:read", "reports:read"])
    page = rita.get(LIST).content.decode()
    assert "Leer totales, sin nombres" in page and "Leer personas" not in page
    ApiToken.objects.update(scopes=["people:read"])
    assert "Detenida" in rita.get(LIST).content.decode()


def test_a_ministry_gives_one_for_its_services(place: Institution, db: None) -> None:
    service = InstitutionFactory(parent=place)
    account = UserFactory()
    RoleAssignmentFactory(user=account, institution=place, with_dependents=True)
    assert give(client_for(account), place, with_dependents="on").status_code == 200
    assert ApiToken.objects.get().with_dependents is True
    assert give(client_for(account), service, name="Otro").status_code == 200


def test_revoking_asks_first_and_then_ends_it_once(
    carla: Client, personas: Personas, place: Institution, at: datetime
) -> None:
    issued = give_token(personas.carla, at=at, institution=place)
    address = reverse("tokens:revoke", args=[issued.token.public_id])
    assert "no se puede deshacer" in carla.get(address).content.decode()
    assert Program(issued.secret).ask("/people/").status_code == 200
    assert "ya no puede entrar" in carla.post(address, follow=True).content.decode()
    assert Program(issued.secret).ask("/people/").status_code == 401
    assert "ya estaba revocada" in carla.post(address, follow=True).content.decode()


def test_elena_sees_and_revokes_none_of_another_institution(
    personas: Personas, place: Institution, at: datetime
) -> None:
    issued = give_token(personas.carla, at=at, institution=place, name="Sistema ajeno")
    elena = client_for(personas.elena)
    assert "Sistema ajeno" not in elena.get(LIST).content.decode()
    address = reverse("tokens:revoke", args=[issued.token.public_id])
    assert {elena.get(address).status_code, elena.post(address).status_code} == {404}


@pytest.mark.parametrize("name", ["ana", "bruno", "diego", "iris", "pedro"])
def test_who_answers_for_nobody_finds_no_page(personas: Personas, name: str) -> None:
    client = client_for(getattr(personas, name))
    assert {client.get(LIST).status_code, client.get(NEW).status_code, client.post(NEW).status_code} == {404}


def test_the_list_says_in_which_state_each_is(
    carla: Client, personas: Personas, place: Institution, at: datetime
) -> None:
    def page() -> str:
        text: str = carla.get(LIST).content.decode()
        return text

    give_token(personas.carla, at=at, institution=place, days=60)
    assert "Vigente" in page() and "Nunca" in page()
    with time_machine.travel(at + timedelta(days=31), tick=False):
        assert "Por vencer" in client_for(personas.carla).get(LIST).content.decode()
    with time_machine.travel(at + timedelta(days=61), tick=False):
        assert "Vencida" in client_for(personas.carla).get(LIST).content.decode()
    RoleAssignment.objects.filter(user=personas.carla).update(valid_until=at)
    RoleAssignmentFactory(user=personas.carla, institution=place, valid_from=at)
    assert "Detenida" in client_for(personas.carla).get(LIST).content.decode()


def test_the_cost_of_the_list_does_not_grow(
    carla: Client, personas: Personas, place: Institution, at: datetime
) -> None:
    for number in range(3):
        give_token(personas.carla, at=at, institution=place, name=f"Sistema {number}")
    few = count_page_queries(carla, LIST)
    for number in range(3, 30):
        give_token(personas.carla, at=at, institution=place, name=f"Sistema {number}")
    assert count_page_queries(carla, LIST) == few
