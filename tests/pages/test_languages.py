"""Choosing the language: by an account, by a cookie, by the browser; the addresses stay the same."""

from datetime import datetime

import pytest
from django.test import Client

from courses.services import publish_release
from lms.pages.services import set_up_site
from lms.people.models import User
from lms.people.services.languages import choose_language
from tests.factories.courses import create_course
from tests.factories.translations import translate_course
from tests.personas import Personas, client_for, create_personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def personas() -> Personas:
    return create_personas()


@pytest.fixture
def site() -> None:
    set_up_site(site_url="http://testserver")


def language_of(client: Client, address: str = "/verificar/", **headers: str) -> str:
    return client.get(address, headers=headers).content.decode().split('<html lang="')[1].split('"')[0]


def choose(client: Client, language: str, back: str = "/verificar/?codigo=x", **more: str) -> str:
    response = client.post("/idioma/", {"idioma": language, "volver": back} | more)
    return f"{response.status_code} {response['Location']}"


def test_pages_are_in_spanish_unless_something_else_is_asked_for(client: Client) -> None:
    assert language_of(client) == "es-CL"
    assert language_of(client, **{"accept-language": "fr"}) == "es-CL"
    assert language_of(client, **{"accept-language": "en-GB"}) == "en"


def test_a_visitor_chooses_and_stays_where_it_was(client: Client) -> None:
    assert choose(client, "en") == "302 /verificar/?codigo=x"
    assert language_of(client) == "en"
    choose(client, "es")
    assert language_of(client, **{"accept-language": "en"}) == "es-CL"


def test_reading_sets_no_cookie(client: Client) -> None:
    client.get("/verificar/")
    assert "idioma" not in client.cookies and "csrftoken" not in client.cookies


@pytest.mark.parametrize("back", ["https://otro.example/", "//otro.example", "javascript:alert(1)", ""])
def test_nobody_is_sent_elsewhere(client: Client, back: str) -> None:
    assert choose(client, "en", back) == "302 /"


def test_an_unknown_language_changes_nothing(client: Client) -> None:
    assert choose(client, "xx") == "302 /verificar/?codigo=x"
    assert language_of(client) == "es-CL"


def test_an_account_keeps_its_choice_on_every_device(personas: Personas) -> None:
    choose(client_for(personas.ana), "en")
    assert User.objects.get(pk=personas.ana.pk).language == "en"
    assert language_of(client_for(personas.ana)) == "en"


def test_whoever_edits_has_the_editor_in_the_same_language() -> None:
    editor = User.objects.create_superuser("edita@servicio.example", "clave")
    choose_language(user=editor, language="en")
    assert editor.wagtail_userprofile.preferred_language == "en"


def test_the_page_of_a_form_is_sent_again(client: Client) -> None:
    assert choose(client, "en", "/aula/curso/l3/dilema/", repetir="1").startswith("307")


@pytest.mark.usefixtures("site")
def test_the_same_address_shows_the_course_in_both_languages(client: Client, at: datetime) -> None:
    page = create_course()
    translate_course(page, lessons=["l1"])
    publish_release(page=page, at=at)
    assert page.title in client.get("/cursos/curso/").content.decode()
    choose(client, "en")
    for address in ("/cursos/", "/cursos/curso/"):
        assert "Integrity in public office" in client.get(address).content.decode()


@pytest.mark.usefixtures("site")
def test_what_is_not_translated_is_there_all_the_same(client: Client, at: datetime) -> None:
    page = create_course()
    publish_release(page=page, at=at)
    choose(client, "en")
    found = client.get("/cursos/curso/").content.decode()
    assert f'<h1 lang="es">{page.title}' in found
    assert '<article class="prose" lang="es">' in client.get("/privacidad/").content.decode()
    assert client.get("/no-existe/").status_code == 404


@pytest.mark.usefixtures("site")
def test_setting_up_the_site_again_changes_nothing() -> None:
    assert not set_up_site(site_url="http://testserver")
