"""Signing in with ClaveÚnica, in the shapes that it is known to use."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.core import mail, serializers
from django.test import Client
from pytest_django import Settings

from lms.lib.run import fingerprint_run
from lms.people.models import Person, User
from tests.accounts.conftest import CLAVE_UNICA, come_back, go_through, leave, text_of
from tests.factories.people import PersonFactory, PostingFactory, UserFactory, make_run
from tests.openid_provider import Provider

NUMBER, RUN = "44444444", "44444444-4"
NOT_BELIEVED = "No pudimos comprobar quién eres"


def test_it_is_asked_as_its_guide_says(provider: Provider) -> None:
    address = leave(Client(), CLAVE_UNICA)
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{provider.clave_unica_url}/authorize/?")
    assert set(asked) == {"client_id", "response_type", "scope", "redirect_uri", "state"}
    assert asked["scope"] == ["openid run name"]


def test_the_code_is_changed_for_a_token_with_the_state(provider: Provider) -> None:
    go_through(Client(), CLAVE_UNICA)
    (asked,) = provider.asked_at("/openid/token/")
    assert (asked.method, asked.headers["Content-Type"]) == ("POST", "application/x-www-form-urlencoded")
    assert set(asked.data) == {"client_id", "client_secret", "redirect_uri", "grant_type", "code", "state"}


def test_the_profile_is_asked_by_post(provider: Provider) -> None:
    go_through(Client(), CLAVE_UNICA)
    (asked,) = provider.asked_at("/openid/userinfo/")
    assert (asked.method, asked.headers["Authorization"]) == ("POST", "Bearer llave")


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ({"nombres": [], "apellidos": []}, "Sin nombre registrado", ""),
        ({"nombres": ["Ana"], "apellidos": ["Ñanco"]}, "Ana", "Ñanco"),
        ({"nombres": ["Ana", "María"], "apellidos": ["Ñanco", "Soto"]}, "Ana María", "Ñanco Soto"),
        ({"nombres": ["A", "B", "C"], "apellidos": ["D", "E", "F"]}, "A B C", "D E F"),
        ({"nombres": ["Ana"]}, "Ana", ""),
        ({"apellidos": ["Ñanco"]}, "Sin nombre registrado", "Ñanco"),
        ({"nombres": None, "apellidos": "Ñanco"}, "Sin nombre registrado", ""),
        ({"nombres": [" Ana ", None, 7], "apellidos": ["Ñanco"]}, "Ana", "Ñanco"),
        (None, "Sin nombre registrado", ""),
    ],
    ids=["none", "one", "two", "three", "no_family", "no_given", "no_lists", "dirty", "no_name"],
)
def test_names_come_in_lists_of_any_length(provider: Provider, name: Any, given: str, family: str) -> None:
    provider.behaviour.clave_unica["name"] = name
    go_through(Client(), CLAVE_UNICA)
    person = Person.objects.get()
    assert (person.given_names, person.family_names) == (given, family)


def test_names_may_be_missing(provider: Provider) -> None:
    del provider.behaviour.clave_unica["name"]
    client = Client()
    go_through(client, CLAVE_UNICA)
    assert client.get("/aula/").status_code == 200


@pytest.mark.parametrize(
    "role",
    [
        {"numero": 44444444, "DV": "4", "tipo": "RUN"},
        {"numero": "44444444", "DV": "4", "tipo": "RUN"},
        {"numero": 44444444, "DV": 4},
    ],
)
def test_the_number_may_be_a_number_or_text(
    provider: Provider, role: dict[str, Any], settings: Settings
) -> None:
    provider.behaviour.clave_unica["RolUnico"] = role
    go_through(Client(), CLAVE_UNICA)
    assert Person.objects.get().run_fingerprint == fingerprint_run(RUN, settings.RUN_KEY)


def test_a_check_digit_k_may_be_small(provider: Provider, settings: Settings) -> None:
    provider.behaviour.clave_unica["RolUnico"] = {"numero": 10000013, "DV": "k", "tipo": "RUN"}
    go_through(Client(), CLAVE_UNICA)
    assert Person.objects.get().run_fingerprint == fingerprint_run("10000013-K", settings.RUN_KEY)


@pytest.mark.parametrize(
    "role",
    [
        None,
        [],
        {},
        {"numero": 44444444},
        {"numero": 44444444, "DV": "5", "tipo": "RUN"},
        {"numero": 44444444, "DV": "", "tipo": "RUN"},
        {"numero": True, "DV": "9", "tipo": "RUN"},
        {"numero": 44444444.0, "DV": "4", "tipo": "RUN"},
        {"numero": "4444-4444", "DV": "4", "tipo": "RUN"},
        {"numero": -44444444, "DV": "4", "tipo": "RUN"},
        {"numero": 4444444, "DV": "44", "tipo": "RUN"},
        {"numero": 44444444, "DV": "4", "tipo": "PASAPORTE"},
    ],
)
def test_without_a_right_run_nobody_gets_in(provider: Provider, role: Any) -> None:
    provider.behaviour.clave_unica["RolUnico"] = role
    response = go_through(Client(), CLAVE_UNICA)
    assert (response.status_code, NOT_BELIEVED in text_of(response)) == (400, True)
    assert not User.objects.exists()


def test_the_run_is_the_key_and_not_the_subject(provider: Provider) -> None:
    go_through(Client(), CLAVE_UNICA)
    provider.behaviour.clave_unica["sub"] = "otro"
    go_through(Client(), CLAVE_UNICA)
    assert User.objects.count() == Person.objects.count() == SocialAccount.objects.count() == 1


def test_the_same_subject_with_another_run_is_another_person(provider: Provider) -> None:
    go_through(Client(), CLAVE_UNICA)
    provider.behaviour.clave_unica["RolUnico"] = {"numero": 12345678, "DV": "5", "tipo": "RUN"}
    go_through(Client(), CLAVE_UNICA)
    assert User.objects.count() == 2


def test_the_number_is_stored_nowhere(provider: Provider) -> None:
    go_through(Client(), CLAVE_UNICA)
    rows = serializers.serialize(
        "json", [*Person.objects.all(), *User.objects.all(), *SocialAccount.objects.all()]
    )
    sessions = json.dumps([session.get_decoded() for session in Session.objects.all()])
    assert NUMBER not in rows + sessions and "44.444.444" not in rows + sessions
    assert SocialAccount.objects.get().extra_data == {} and not SocialToken.objects.exists()


# --- Courses waiting
def test_a_run_that_hr_loaded_finds_its_person(provider: Provider) -> None:
    loaded = PostingFactory(
        person=PersonFactory(run=RUN, given_names="Carmen", email="c@servicio.example")
    ).person
    client = Client()
    go_through(client, CLAVE_UNICA)
    loaded.refresh_from_db()
    assert loaded.user == User.objects.get() and Person.objects.count() == 1
    assert "Carmen" in text_of(client.get("/aula/"))


def test_the_names_that_hr_loaded_stay(provider: Provider) -> None:
    loaded = PersonFactory(run=RUN, given_names="Carmen", family_names="De las Rosas")
    go_through(Client(), CLAVE_UNICA)
    loaded.refresh_from_db()
    assert (loaded.given_names, loaded.user.first_name) == ("Carmen", "Carmen")


def test_an_account_made_by_email_is_the_one_that_opens(provider: Provider) -> None:
    user = UserFactory(email="carmen@servicio.example")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    PersonFactory(run=RUN, user=user)
    go_through(Client(), CLAVE_UNICA)
    assert User.objects.get() == user and mail.outbox[0].to == [user.email]


def test_an_erased_person_is_not_found_again(provider: Provider) -> None:
    erased = PersonFactory(erased=True)
    go_through(Client(), CLAVE_UNICA)
    erased.refresh_from_db()
    assert erased.user is None and Person.objects.present().count() == 1


# --- An account without e-mail
def test_an_account_without_email_gets_none_and_no_mail(provider: Provider) -> None:
    go_through(Client(), CLAVE_UNICA)
    assert User.objects.get().email is None
    assert not mail.outbox and not EmailAddress.objects.exists()


def test_many_accounts_have_no_email(provider: Provider) -> None:
    for number in (1, 2, 3):
        run = make_run(11_000_000 + number)
        provider.behaviour.clave_unica["RolUnico"] = {"numero": int(run[:-2]), "DV": run[-1], "tipo": "RUN"}
        go_through(Client(), CLAVE_UNICA)
    assert User.objects.filter(email__isnull=True).count() == 3


PAGES = [
    "/aula/",
    "/aula/mi-registro/",
    "/mis-certificados/",
    "/cuentas/correo/",
    "/cuentas/formas-de-ingresar/",
    "/cuentas/segundo-factor/",
    "/cuentas/segundo-factor/activar/",
    "/cuentas/sesiones/",
    "/cuentas/contrasena/crear/",
    "/cuentas/salir/",
    "/plan/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_works_without_email(provider: Provider, path: str) -> None:
    client = Client()
    go_through(client, CLAVE_UNICA)
    response = client.get(path, follow=True)
    assert response.status_code in (200, 404) and "None" not in text_of(response)


def test_an_email_may_be_added_later(provider: Provider) -> None:
    client = Client()
    go_through(client, CLAVE_UNICA)
    client.post("/cuentas/correo/", {"email": "maria@servicio.example", "action_add": ""})
    link = next(word for word in mail.outbox[0].body.split() if "/correo/confirmar/" in word)
    client.post(urlsplit(link).path)
    user = User.objects.get()
    assert (user.email, user.person.email) == ("maria@servicio.example", "maria@servicio.example")


def test_adding_an_address_that_somebody_only_claimed_works(provider: Provider) -> None:
    UserFactory(email="maria@servicio.example").emailaddress_set.create(
        email="maria@servicio.example", primary=True
    )
    client = Client()
    go_through(client, CLAVE_UNICA)
    client.post("/cuentas/correo/", {"email": "maria@servicio.example", "action_add": ""})
    link = next(word for word in mail.outbox[0].body.split() if "/correo/confirmar/" in word)
    client.post(urlsplit(link).path)
    assert User.objects.get(email="maria@servicio.example").person.run_masked


# --- Wrong in other ways
@pytest.mark.parametrize("path", ["/openid/token/", "/openid/userinfo/"])
@pytest.mark.parametrize(
    ("answer", "title", "status"),
    [
        ((502, b""), "ClaveÚnica no responde", 503),
        ((200, b"<html>"), NOT_BELIEVED, 400),
        ((200, b"null"), NOT_BELIEVED, 400),
        ((401, b"{}"), NOT_BELIEVED, 400),
    ],
)
def test_an_answer_that_is_none_opens_nothing(
    provider: Provider, path: str, answer: tuple[int, bytes], title: str, status: int
) -> None:
    provider.behaviour.answers[path] = answer
    response = go_through(Client(), CLAVE_UNICA)
    assert (response.status_code, title in text_of(response)) == (status, True)
    assert not User.objects.exists()


def test_who_cancels_is_told_how_to_go_on(provider: Provider) -> None:
    provider.behaviour.error = "access_denied"
    words = text_of(go_through(Client(), CLAVE_UNICA))
    assert "Cancelaste el ingreso con ClaveÚnica" in words and "Ingresar con mi correo" in words


def test_a_callback_twice_opens_nothing_the_second_time(provider: Provider) -> None:
    client = Client()
    back = come_back(leave(client, CLAVE_UNICA))
    client.get(back)
    client.logout()
    assert client.get(back).status_code == 400
    assert client.get("/aula/").status_code == 302


def test_a_code_used_before_opens_nothing(provider: Provider) -> None:
    code = come_back(leave(Client(), CLAVE_UNICA)).partition("code=")[2].partition("&")[0]
    provider.codes.clear()
    client = Client()
    state = leave(client, CLAVE_UNICA).partition("state=")[2].partition("&")[0]
    assert client.get(f"{CLAVE_UNICA}respuesta/?code={code}&state={state}").status_code == 400
    assert not User.objects.exists()
