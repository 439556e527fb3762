"""An account with a role needs a second factor on every route."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from lms.people.accounts.adapter import SecondFactorAdapter
from lms.people.models import User
from tests.personas import Personas, client_for, create_personas

STAFF_PATHS = [
    "/cumplimiento/",
    "/cumplimiento/cursos/personas.csv",
    "/gestion/",
    "/aula/",
    "/plan/",
    "/verificar/",
]


@pytest.fixture
def people(db: None) -> Personas:
    return create_personas()


def with_password_only(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_a_role_without_second_factor_is_sent_to_set_one_up(people: Personas, path: str) -> None:
    response = with_password_only(people.carla).get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/cuentas/segundo-factor/activar/")


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_a_session_that_gave_no_second_factor_is_asked_for_it(people: Personas, path: str) -> None:
    Authenticator.objects.create(user=people.carla, type=Authenticator.Type.TOTP, data={"secret": "X"})
    response = with_password_only(people.carla).get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/cuentas/segundo-factor/confirmar/")


def test_a_program_gets_a_refusal_and_no_page(people: Personas) -> None:
    response = with_password_only(people.carla).get("/cumplimiento/", headers={"Accept": "application/json"})
    assert response.status_code == 403


def test_a_form_is_refused_before_it_changes_anything(people: Personas) -> None:
    assert with_password_only(people.iris).post("/integridad/", {"title": "x"}).status_code == 403


def test_with_the_second_factor_the_screens_open(people: Personas) -> None:
    assert client_for(people.carla).get("/cumplimiento/").status_code == 200


def test_a_learner_needs_none(people: Personas) -> None:
    assert with_password_only(people.ana).get("/aula/").status_code == 200


@pytest.mark.parametrize("path", ["/cuentas/segundo-factor/activar/", "/salud/", "/estatico/ui/favicon.svg"])
def test_the_way_to_the_second_factor_stays_open(people: Personas, path: str) -> None:
    response = with_password_only(people.carla).get(path)
    assert "segundo-factor/confirmar" not in response.get("Location", "")
    assert response.status_code in (200, 302, 404)
    assert (
        response.status_code != 302
        or "reauthenticate" in response["Location"]
        or "identidad" in response["Location"]
    )


def test_the_demonstration_may_do_without(people: Personas, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    assert with_password_only(people.carla).get("/cumplimiento/").status_code == 200


def test_secrets_of_second_factors_are_kept_encrypted() -> None:
    adapter = SecondFactorAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in kept
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"


def test_a_changed_key_still_reads_old_secrets(settings: Settings) -> None:
    kept = SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "otra-clave-que-no-es-un-secreto"
    assert SecondFactorAdapter().decrypt(kept) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(
    "path",
    ["/gestion/login/", "/gestion/password_reset/", "/_util/login/", "/gestion/password_reset/confirm/a/b/"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_other_doors_lead_to_the_one_with_limits(db: None, path: str, method: str) -> None:
    response = getattr(Client(), method)(path, {"username": "a", "password": "b"})
    assert response.status_code == 302 and response["Location"] == "/cuentas/ingresar/"


def test_there_is_no_django_admin(db: None) -> None:
    assert Client().get("/admin/").status_code == 404
