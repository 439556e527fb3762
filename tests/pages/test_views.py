from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.utils.functional import SimpleLazyObject
from pytest_django import DjangoAssertNumQueries
from wagtail.images import get_image_model

from lms.pages import views
from lms.people.models import User
from tests.factories.pictures import make_picture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["aula", "cuentas", "gestion", "integridad", "verificar", "xapi"])
def test_search_engines_stay_out_of_what_is_personal(client: Client, path: str) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Disallow: /{path}/" in response.content.decode().splitlines()


@pytest.mark.parametrize(
    "address",
    ["/gestion/login/", "/gestion/password_reset/", "/gestion/password_reset/confirm/x/y/", "/_util/login/"],
)
def test_there_is_one_way_to_log_in(client: Client, address: str) -> None:
    assert client.get(address)["Location"] == "/cuentas/ingresar/"
    assert client.post(address, {"username": "a", "password": "b"})["Location"] == "/cuentas/ingresar/"


def test_machines_find_what_is_open(client: Client) -> None:
    assert "/plan/datos/compromisos.json" in client.get("/api/v1/").content.decode()


@pytest.mark.parametrize("address", ["/robots.txt", "/api/v1/"])
def test_what_is_only_read_refuses_writing(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    "address", ["/no-existe/", "/cursos/no-existe/", "/%00/", "/aula%00/", f"/{'a' * 5000}/"]
)
def test_an_unknown_address_says_where_to_go(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [("bad_request", 400), ("permission_denied", 403), ("not_found", 404)],
)
def test_an_error_page_has_its_status(rf: RequestFactory, view: str, status: int) -> None:
    assert getattr(views, view)(rf.get("/"), Exception()).status_code == status


def test_a_broken_page_says_so_without_context(rf: RequestFactory) -> None:
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "<h1" in response.content.decode()


def test_a_broken_page_needs_no_database(
    rf: RequestFactory, admin_user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = rf.get("/")
    request.session = SessionStore()
    request.user = SimpleLazyObject(lambda: User.objects.get(pk=admin_user.pk))
    with django_assert_num_queries(0):
        views.server_error(request)


def test_a_form_without_its_protection_explains_itself() -> None:
    response = Client(enforce_csrf_checks=True).post("/cuentas/ingresar/", {"login": "a"})
    assert response.status_code == 403
    assert "<h1" in response.content.decode()


def test_a_picture_is_sent_as_it_was_drawn_and_kept_by_the_browser(client: Client) -> None:
    drawn = get_image_model().objects.get(pk=make_picture("width-1000")).get_rendition("width-1000")
    response = client.get(drawn.url)
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert response["Content-Type"] == "image/png" and "immutable" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name",
    ["", "no-existe.png", "../original_images/plano.png", "%2e%2e/secret_key", "nota.html", "x%00.png"],
)
def test_nothing_but_drawn_pictures_is_sent(client: Client, name: str) -> None:
    folder = Path(settings.MEDIA_ROOT)
    for place in ("images/nota.html", "original_images/plano.png"):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text("<script></script>")
    assert client.get(f"/medios/images/{name}").status_code == 404
    assert client.get("/medios/original_images/plano.png").status_code == 404
