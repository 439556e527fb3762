"""An institution's provider that is wrong, down or hostile opens nothing, and the page says what to do."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from allauth.socialaccount.internal import statekit
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from lms.lib import clock
from lms.people.models import Person, User
from tests.accounts.conftest import INSTITUTION, come_back, go_through, leave, text_of
from tests.openid_provider import Behaviour, Provider

NOT_BELIEVED = "No pudimos comprobar quién eres"
SILENT = "Servicio de Salud no responde"
TOO_LATE = "Este ingreso ya no sirve"
HOUR = 3600


def assert_refused(response: HttpResponseBase, title: str, status: int) -> None:
    """The page has the title and offers the e-mail; nobody got in and nothing was made."""
    words = text_of(response)
    assert (title in words, response.status_code) == (True, status), words
    assert "Ingresar con mi correo" in words
    assert not User.objects.exists() and not Person.objects.exists()
    assert response.wsgi_request.user.is_anonymous  # type: ignore[attr-defined]


def seconds() -> int:
    """The present, as tokens count it."""
    return int(clock.now().timestamp())


BAD_TOKENS: dict[str, tuple[Callable[[], Behaviour], str]] = {
    "another_issuer": (lambda: Behaviour(claims={"iss": "https://otro.example"}), "InvalidIssuerError"),
    "another_audience": (lambda: Behaviour(claims={"aud": "otra-aplicacion"}), "InvalidAudienceError"),
    "no_audience": (lambda: Behaviour(claims={"aud": None}), "MissingRequiredClaimError"),
    "another_party_of_several": (lambda: Behaviour(claims={"aud": ["aula", "otra"], "azp": "otra"}), "azp"),
    "several_audiences_and_no_party": (lambda: Behaviour(claims={"aud": ["aula", "otra"]}), "azp"),
    "another_party": (lambda: Behaviour(claims={"azp": "otra"}), "azp"),
    "another_nonce": (lambda: Behaviour(claims={"nonce": "de-otra-vez"}), "nonce"),
    "no_nonce": (lambda: Behaviour(claims={"nonce": None}), "MissingRequiredClaimError"),
    "a_nonce_that_is_no_text": (lambda: Behaviour(claims={"nonce": 7}), "nonce"),
    "expired": (lambda: Behaviour(claims={"exp": seconds() - HOUR}), "ExpiredSignatureError"),
    "no_expiry": (lambda: Behaviour(claims={"exp": None}), "MissingRequiredClaimError"),
    "issued_in_the_future": (lambda: Behaviour(claims={"iat": seconds() + HOUR}), "ImmatureSignatureError"),
    "not_yet_valid": (lambda: Behaviour(claims={"nbf": seconds() + HOUR}), "ImmatureSignatureError"),
    "no_instant_of_issue": (lambda: Behaviour(claims={"iat": None}), "MissingRequiredClaimError"),
    "no_subject": (lambda: Behaviour(claims={"sub": None}), "MissingRequiredClaimError"),
    "signed_with_another_key": (lambda: Behaviour(signed="other_key"), "InvalidSignatureError"),
    "not_signed": (lambda: Behaviour(signed="none"), "algorithm"),
    "signed_with_the_public_key_as_secret": (lambda: Behaviour(signed="public_key_as_secret"), "algorithm"),
}


@pytest.mark.parametrize("fault", BAD_TOKENS)
def test_a_token_is_not_believed_that_is(
    provider: Provider, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    make_wrong, reason = BAD_TOKENS[fault]
    provider.behaviour = make_wrong()
    assert_refused(go_through(Client(), INSTITUTION), NOT_BELIEVED, 400)
    assert f"Sign-in with salud refused: id_token: {reason}" in caplog.messages


BAD_ANSWERS: dict[str, dict[str, Any]] = {
    "token_without_json": {"answers": {"/token": (200, b"<html>")}},
    "token_is_a_list": {"answers": {"/token": (200, b"[]")}},
    "token_without_id_token": {"answers": {"/token": (200, b'{"access_token": "llave"}')}},
    "token_that_is_no_text": {"answers": {"/token": (200, b'{"access_token": 7, "id_token": 8}')}},
    "token_that_is_no_token": {"answers": {"/token": (200, b'{"access_token": "a", "id_token": "b"}')}},
    "token_without_end": {"answers": {"/token": (200, b" " * 300_000)}},
    "token_elsewhere": {"answers": {"/token": (302, b"")}},
    "keys_without_json": {"answers": {"/keys": (200, b"{")}},
    "keys_without_keys": {"answers": {"/keys": (200, b"{}")}},
    "keys_that_are_none": {
        "answers": {"/keys": (200, b'{"keys": [{"kty": "oct", "kid": "clave-1", "k": "YQ"}]}')}
    },
    "userinfo_without_json": {"answers": {"/userinfo": (200, b"")}},
    "userinfo_refused": {"answers": {"/userinfo": (403, b"")}},
    "userinfo_of_somebody_else": {"userinfo": {"sub": "otra-persona"}},
    "userinfo_of_nobody": {"userinfo": {"sub": None}},
    "keys_in_the_clear": {"discovery": {"jwks_uri": "ftp://127.0.0.1/keys"}},
}


@pytest.mark.parametrize("fault", BAD_ANSWERS)
def test_an_answer_is_not_believed_with(provider: Provider, fault: str) -> None:
    provider.behaviour = Behaviour(**BAD_ANSWERS[fault])
    assert_refused(go_through(Client(), INSTITUTION), NOT_BELIEVED, 400)


@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
def test_a_provider_out_of_order_is_said_to_be_so(provider: Provider, path: str) -> None:
    provider.behaviour.answers[path] = (503, b"")
    assert_refused(go_through(Client(), INSTITUTION), SILENT, 503)


@pytest.mark.parametrize("path", ["/token", "/keys", "/userinfo"])
def test_a_provider_that_never_answers_is_given_up(provider: Provider, settings: Settings, path: str) -> None:
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.2
    provider.behaviour.silent.add(path)
    assert_refused(go_through(Client(), INSTITUTION), SILENT, 503)


DISCOVERY = "/.well-known/openid-configuration"


@pytest.mark.parametrize(
    ("answer", "title", "status"),
    [((500, b""), SILENT, 503), ((200, b"nada"), NOT_BELIEVED, 400), ((200, b"{}"), NOT_BELIEVED, 400)],
)
def test_nobody_is_sent_to_a_provider_that_does_not_say_who_it_is(
    provider: Provider, answer: tuple[int, bytes], title: str, status: int
) -> None:
    provider.behaviour.answers[DISCOVERY] = answer
    assert_refused(Client().post(f"{INSTITUTION}ingresar/"), title, status)


def test_nobody_is_sent_to_a_provider_that_names_another_issuer(provider: Provider) -> None:
    provider.behaviour.discovery["issuer"] = "https://otro.example"
    assert_refused(Client().post(f"{INSTITUTION}ingresar/"), NOT_BELIEVED, 400)


def test_a_provider_that_is_gone_is_said_to_be_silent(provider: Provider, settings: Settings) -> None:
    apps = settings.SOCIALACCOUNT_PROVIDERS["institution_openid"]["APPS"]
    apps[0]["settings"]["issuer"] = "http://127.0.0.1:9"
    assert_refused(Client().post(f"{INSTITUTION}ingresar/"), SILENT, 503)


def test_who_cancels_is_told_how_to_go_on(provider: Provider) -> None:
    provider.behaviour.error = "access_denied"
    assert_refused(go_through(Client(), INSTITUTION), "No terminaste de ingresar", 200)


def test_another_error_of_the_provider_is_not_believed(provider: Provider) -> None:
    provider.behaviour.error = "server_error"
    assert_refused(go_through(Client(), INSTITUTION), NOT_BELIEVED, 400)


def test_a_code_used_before_opens_nothing(provider: Provider) -> None:
    first = come_back(leave(Client(), INSTITUTION))
    code = first.partition("code=")[2].partition("&")[0]
    provider.codes.clear()
    client = Client()
    state = leave(client, INSTITUTION).partition("state=")[2].partition("&")[0]
    assert_refused(client.get(f"{INSTITUTION}respuesta/?code={code}&state={state}"), NOT_BELIEVED, 400)


def test_a_code_of_somebody_else_opens_nothing(provider: Provider) -> None:
    """Its proof (PKCE) stayed in the other browser."""
    code = come_back(leave(Client(), INSTITUTION)).partition("code=")[2].partition("&")[0]
    client = Client()
    state = leave(client, INSTITUTION).partition("state=")[2].partition("&")[0]
    assert_refused(client.get(f"{INSTITUTION}respuesta/?code={code}&state={state}"), NOT_BELIEVED, 400)


def test_the_same_callback_twice_opens_nothing_the_second_time(provider: Provider) -> None:
    client = Client()
    back = come_back(leave(client, INSTITUTION))
    client.get(back)
    again = client.get(back)
    assert (again.status_code, TOO_LATE in text_of(again)) == (400, True)


def test_a_callback_without_state_opens_nothing(provider: Provider) -> None:
    assert_refused(Client().get(f"{INSTITUTION}respuesta/?code=x"), TOO_LATE, 400)


def test_a_callback_with_the_state_of_another_browser_opens_nothing(provider: Provider) -> None:
    assert_refused(Client().get(come_back(leave(Client(), INSTITUTION))), TOO_LATE, 400)


def test_a_state_of_another_provider_opens_nothing(provider: Provider) -> None:
    client = Client()
    back = come_back(leave(client, INSTITUTION)).replace(INSTITUTION, "/cuentas/clave-unica/")
    assert_refused(client.get(back), TOO_LATE, 400)


@pytest.mark.parametrize(("minutes", "is_open"), [(29, True), (31, False)])
def test_a_state_holds_for_half_an_hour(provider: Provider, minutes: int, is_open: bool) -> None:
    client = Client()
    back = come_back(leave(client, INSTITUTION))
    session = client.session
    states = session[statekit.STATES_SESSION_KEY]
    for stashed in states.values():
        stashed[1] -= minutes * 60
    session[statekit.STATES_SESSION_KEY] = states
    session.save()
    response = client.get(back)
    assert (response.status_code == 302, TOO_LATE not in text_of(response)) == (is_open, is_open)


def test_a_callback_that_names_another_issuer_opens_nothing(provider: Provider) -> None:
    client = Client()
    back = come_back(leave(client, INSTITUTION))
    assert_refused(client.get(f"{back}&iss=https://otro.example"), NOT_BELIEVED, 400)


def test_a_callback_by_post_is_not_taken(provider: Provider) -> None:
    assert Client().post(f"{INSTITUTION}respuesta/", {"code": "x", "state": "y"}).status_code == 405


def test_the_log_says_why_and_not_who(provider: Provider, caplog: pytest.LogCaptureFixture) -> None:
    provider.behaviour.claims["aud"] = "otra"
    with caplog.at_level(logging.WARNING, logger="lms.people.accounts"):
        go_through(Client(), INSTITUTION)
    said = [record.getMessage() for record in caplog.records if record.name.startswith("lms.people")]
    assert said == ["Sign-in with salud refused: id_token: InvalidAudienceError"]
