"""Who gets into the editor, and what it shows."""

import re
from datetime import datetime

import pytest
from django.test import Client

from courses.services import publish_release
from lms.pages.models import HomePage
from lms.people.models import RoleAssignment
from lms.people.services.roles import end_role
from tests.courses.conftest import author as author  # a fixture
from tests.factories.courses import create_course
from tests.personas import Personas, client_for
from tests.personas import personas as personas  # a fixture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["ana", "bruno", "carla", "elena", "iris", "pedro"])
def test_whoever_is_no_author_gets_no_editor(author: Client, personas: Personas, who: str) -> None:
    assert client_for(getattr(personas, who)).get("/gestion/").status_code == 404


def test_a_visitor_is_asked_to_log_in(author: Client, client: Client) -> None:
    assert client.get("/gestion/")["Location"].startswith("/cuentas/ingresar/")


def test_a_trainer_gets_the_editor(author: Client) -> None:
    assert author.get("/gestion/").status_code == 200


def test_a_trainer_whose_role_ended_gets_no_editor(author: Client, personas: Personas, at: datetime) -> None:
    for assignment in RoleAssignment.objects.filter(user=personas.diego):
        end_role(assignment=assignment, at=at)
    assert author.get("/gestion/").status_code == 404


def test_a_trainer_without_second_factor_waits(author: Client, personas: Personas) -> None:
    client = Client()
    client.force_login(personas.diego, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get("/gestion/")
    assert response.status_code == 302
    assert "gestion" in response["Location"]
    assert client.post("/gestion/pages/add/courses/coursepage/1/").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "users/",
        "users/1/",
        "groups/",
        "sites/",
        "collections/",
        "workflows/list/",
        "reports/locked/",
        "locales/",
    ],
)
def test_a_trainer_sees_no_users_and_no_settings(author: Client, address: str) -> None:
    response = author.get(f"/gestion/{address}")
    assert response.status_code in {302, 403, 404}
    assert response.get("Location", "/gestion/") == "/gestion/"


@pytest.mark.parametrize("kind", ["pages/homepage", "pages/informationpage", "courses/catalogueindexpage"])
def test_a_trainer_adds_no_page_outside_the_catalogue(author: Client, kind: str) -> None:
    assert author.get(f"/gestion/pages/add/{kind}/{HomePage.objects.order_by('pk')[0].pk}/").status_code in {
        302,
        403,
        404,
    }


def test_no_screen_of_the_editor_names_people(author: Client, personas: Personas, at: datetime) -> None:
    page = create_course()
    publish_release(page=page, at=at)
    found = author.get("/gestion/").content.decode()
    menu = set(re.findall(r'"(/gestion/[^"?#]*)', found.replace("&quot;", '"')))
    shown = sorted(menu | {f"/gestion/pages/{page.pk}/", f"/gestion/pages/{page.pk}/edit/"})
    assert len(shown) >= 10
    for address in shown:
        text = author.get(address, follow=True).content.decode()
        for name in ("Carla", "Muñoz", "Elena", "Pinto", "carla@", "elena@", "Rojas"):
            assert name not in text, (address, name)


@pytest.mark.parametrize("kind", ["enrolment", "completion", "person", "statement", "certificate"])
def test_records_of_people_have_no_screen_in_the_editor(author: Client, kind: str) -> None:
    for label in ("people", "progress", "xapi", "certificates"):
        assert author.get(f"/gestion/snippets/{label}/{kind}/").status_code == 404
