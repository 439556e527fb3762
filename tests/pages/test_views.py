import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory
from django.utils.functional import SimpleLazyObject
from pytest_django import DjangoAssertNumQueries

from lms.pages import views
from lms.people.models import User

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
