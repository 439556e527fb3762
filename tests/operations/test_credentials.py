"""Credentials of programs: given, renewed, taken back; their secret seen once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.xapi.models import Credential, Scope
from lms.xapi.services.credentials import issue_launch, revoke_credential
from tests.operations.outsiders import assert_hidden
from tests.operations.saying import ACCOUNT, program
from tests.personas import Personas, client_for
from tests.queries import count_page_queries
from tests.xapi.callers import basic

PAGE = "/registro/credenciales/"
NEW = f"{PAGE}nueva/"
ASK = "/xapi/statements?limit=1"


def give(client: Client, **data: Any) -> HttpResponse:
    return client.post(NEW, {"name": "Intranet", "scopes": ["statements/read"]} | data)


def rotating(credential: Credential) -> str:
    return reverse("operations:credential_rotate", args=[credential.pk])


def revoking(credential: Credential) -> str:
    return reverse("operations:credential_revoke", args=[credential.pk])


def status_with(key: str, secret: str) -> int:
    headers = {"Authorization": basic(key, secret), "X-Experience-API-Version": "1.0.3"}
    return Client(headers=headers).get(ASK).status_code


def launch(at: datetime, *, minutes: int) -> Credential:
    return issue_launch(
        actor=ACCOUNT,
        registration="ec531277-b57b-4c15-8d91-d292c5b2b8f7",
        activity_prefix="https://x.cl/a",
        verbs=[],
        expires_at=at + timedelta(minutes=minutes),
        key=settings.SECRET_KEY,
        at=at - timedelta(days=1),
    ).credential


# --- Who gets in ---------------------------------------------------------------------------------
def test_whoever_does_not_administer_finds_no_page(personas: Personas, at: datetime) -> None:
    credential = program(at=at).credential

    assert_hidden(personas, PAGE, NEW, rotating(credential), revoking(credential))
    assert give(client_for(personas.elena)).status_code == 404
    credential.refresh_from_db()
    assert (Credential.objects.count(), credential.rotated_at, credential.revoked_at) == (1, None, None)


# --- The list ------------------------------------------------------------------------------------
def test_it_lists_programs_and_counts_launches(admin: Client, at: datetime) -> None:
    program(at=at, name="Tablero", scopes=("statements/read", "state"))
    revoked = program(at=at - timedelta(days=9), name="Antigua", scopes=("all",)).credential
    revoke_credential(credential_id=revoked.pk, at=at - timedelta(days=2))
    launch(at, minutes=5)
    launch(at, minutes=-5)

    page = admin.get(PAGE)
    text = page.content.decode()

    assert [line.credential.name for line in page.context["lines"]] == ["Tablero", "Antigua"]
    assert page.context["lines"][0].scopes == ["Leer todas las declaraciones", "Leer y escribir estados"]
    assert "Revocada" in text
    assert "18-11-2026" in text
    assert "1 sesión de contenidos vigente." in text
    assert rotating(revoked) not in text


def test_an_empty_list_says_so(admin: Client) -> None:
    text = admin.get(PAGE).content.decode()

    assert "Ningún programa tiene credencial" in text
    assert "Ninguna sesión de contenidos vigente." in text


def test_the_list_asks_the_same_queries_for_few_and_many(admin: Client, at: datetime) -> None:
    for number in range(3):
        program(at=at, name=f"P{number}")
    few = count_page_queries(admin, PAGE)
    for number in range(30):
        program(at=at, name=f"Q{number}")

    assert count_page_queries(admin, PAGE) == few


# --- Giving --------------------------------------------------------------------------------------
def test_key_and_secret_are_in_the_answer_and_open_the_record(admin: Client) -> None:
    page = give(admin, scopes=["statements/read", "state"])
    text, secret = page.content.decode(), page.context["secret"]
    credential = Credential.objects.get()

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert credential.scopes == ["state", "statements/read"]
    for words in (credential.key, secret, "http://testserver/xapi", "curl -i -u", "Si responde 200"):
        assert words in text
    assert status_with(credential.key, secret) == 200


def test_the_secret_is_kept_nowhere_and_shown_nowhere_else(admin: Client) -> None:
    secret = give(admin).context["secret"]
    credential = Credential.objects.get()

    assert secret not in str(vars(credential))
    assert all(secret not in str(session.get_decoded()) for session in Session.objects.all())
    for path in (PAGE, NEW, rotating(credential), revoking(credential), "/registro/"):
        assert secret not in admin.get(path).content.decode()


def test_a_credential_that_does_not_read_is_told_what_to_expect(admin: Client) -> None:
    page = give(admin, scopes=["statements/write"])

    assert "responde 403 y eso está bien" in page.content.decode()
    assert status_with(page.context["credential"].key, page.context["secret"]) == 403


def test_each_scope_is_explained_and_all_is_called_dangerous(admin: Client) -> None:
    text = admin.get(NEW).content.decode()

    for scope in Scope:
        assert str(scope.label) in text
    assert "Peligroso" in text
    assert "&lt;br" not in text


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"name": ""}, "name", "Escribe un nombre"),
        ({"name": "   "}, "name", "Escribe un nombre"),
        ({"name": "x" * 101}, "name", ""),
        ({"name": "a\x00b"}, "name", ""),
        ({"name": "TABLERO"}, "name", "Ya hay una credencial vigente"),
        ({"scopes": []}, "scopes", "al menos un permiso"),
        ({"scopes": ["rey"]}, "scopes", "de la lista"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_given(
    admin: Client, at: datetime, data: dict[str, Any], field: str, words: str
) -> None:
    program(at=at, name="Tablero")

    page = give(admin, **data)

    assert page.status_code == 400
    assert words in " ".join(page.context["form"].errors[field])
    assert Credential.objects.count() == 1


def test_sending_the_form_again_gives_no_second_credential(admin: Client) -> None:
    give(admin)

    assert give(admin).status_code == 400
    assert Credential.objects.count() == 1


def test_a_name_is_free_again_once_its_credential_is_revoked(admin: Client, at: datetime) -> None:
    give(admin)
    revoke_credential(credential_id=Credential.objects.get().pk, at=at)

    assert give(admin).status_code == 200


# --- Renewing ------------------------------------------------------------------------------------
def test_renewing_asks_first_and_then_the_old_secret_is_worth_nothing(admin: Client, at: datetime) -> None:
    issued = program(at=at, scopes=("statements/read",))
    credential = issued.credential

    asked = admin.get(rotating(credential))
    assert "deja de servir de inmediato" in asked.content.decode()
    assert status_with(credential.key, issued.secret) == 200
    page = admin.post(rotating(credential))

    assert "no-store" in page["Cache-Control"]
    assert page.context["secret"] in page.content.decode()
    assert status_with(credential.key, issued.secret) == 401
    assert status_with(credential.key, page.context["secret"]) == 200
    credential.refresh_from_db()
    assert credential.rotated_at is not None


def test_a_revoked_one_cannot_be_renewed(admin: Client, at: datetime) -> None:
    credential = program(at=at).credential
    revoke_credential(credential_id=credential.pk, at=at)

    page = admin.post(rotating(credential), follow=True)

    assert "ya está revocada" in page.content.decode()
    credential.refresh_from_db()
    assert credential.rotated_at is None


# --- Taking back ---------------------------------------------------------------------------------
def test_revoking_asks_first_and_then_ends_it_once(admin: Client, at: datetime) -> None:
    issued = program(at=at)
    credential = issued.credential

    asked = admin.get(revoking(credential))
    first = admin.post(revoking(credential), follow=True)
    credential.refresh_from_db()
    revoked_at = credential.revoked_at
    second = admin.post(revoking(credential), follow=True)

    assert "no se puede deshacer" in asked.content.decode()
    assert "ya no puede entrar" in first.content.decode()
    assert "ya estaba revocada" in second.content.decode()
    credential.refresh_from_db()
    assert credential.revoked_at == revoked_at is not None
    assert status_with(credential.key, issued.secret) == 401


@pytest.mark.parametrize("number", ["999999", "99999999999999999999999"])
def test_an_unknown_one_is_not_found(admin: Client, number: str) -> None:
    for verb in ("renovar", "revocar"):
        assert admin.get(f"{PAGE}{number}/{verb}/").status_code == 404
        assert admin.post(f"{PAGE}{number}/{verb}/").status_code == 404


def test_a_launch_is_no_credential_to_be_changed_here(admin: Client, at: datetime) -> None:
    credential = launch(at, minutes=5)

    assert admin.post(revoking(credential)).status_code == 404
    assert admin.post(rotating(credential)).status_code == 404


def test_pages_have_one_heading_and_no_inline_style(admin: Client, at: datetime) -> None:
    credential = program(at=at).credential
    pages = [admin.get(path) for path in (PAGE, NEW, rotating(credential), revoking(credential))]
    for page in [*pages, give(admin)]:
        text = page.content.decode()
        assert text.count("<h1") == 1
        assert "style=" not in text
