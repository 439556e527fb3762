"""The integrity coordinator edits the code of ethics and the contacts of the own institution."""

from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from lms.integrity.models import EthicsCode, IntegrityContact
from lms.people.models import Role, RoleAssignment
from lms.people.services.roles import assign_role
from tests.integrity.conftest import write_code, write_contacts
from tests.personas import Personas, client_for
from tests.ui.markup import read_markup

pytestmark = pytest.mark.django_db
SCREEN = "/integridad/"


def form(**changes: str) -> dict[str, str]:
    return {
        "title": "Código de ética", "url": "https://servicio.example/codigo.pdf", "approved_on": "15-08-2024",
        "text_regalos": "No aceptamos regalos.", "reference_regalos": "Título III",
        "queries-name": "Iris Lagos", "queries-email": "integridad@servicio.example",
    } | changes  # fmt: skip


@pytest.fixture
def iris(personas: Personas) -> Client:
    return client_for(personas.iris)


def send(client: Client, **changes: str) -> Any:
    return client.post(SCREEN, form(**changes))


def said(response: Any) -> str:
    return unescape(response.content.decode())


def test_a_coordinator_sees_the_own_institution(iris: Client, personas: Personas) -> None:
    response = iris.get(SCREEN)
    assert response.status_code == 200
    assert personas.institution.name in said(response)


def test_a_coordinator_saves_code_and_contacts_together(iris: Client, personas: Personas) -> None:
    assert send(iris)["Location"] == SCREEN
    code = EthicsCode.objects.get(institution=personas.institution)
    assert (code.version, code.approved_on) == (1, date(2024, 8, 15))
    assert [(a.topic, a.text, a.reference) for a in code.articles.all()] == [
        ("regalos", "No aceptamos regalos.", "Título III")
    ]
    assert list(IntegrityContact.objects.values_list("institution_id", "kind", "name")) == [
        (personas.institution.pk, "queries", "Iris Lagos")
    ]


def test_what_was_saved_is_shown_again(iris: Client) -> None:
    send(iris)
    markup = read_markup(iris.get(SCREEN).content.decode())
    assert markup.with_id("id_approved_on").attrs["value"] == "15-08-2024"
    assert markup.with_id("id_text_regalos").text.strip() == "No aceptamos regalos."
    assert markup.with_id("id_queries-email").attrs["value"] == "integridad@servicio.example"


def test_saving_what_is_shown_changes_nothing(iris: Client, personas: Personas, at: datetime) -> None:
    write_code(personas.institution, at, regalos="No.", lobby="Regístralo.")
    write_contacts(personas.institution)
    markup = read_markup(iris.get(SCREEN).content.decode())
    shown = {
        e.attrs["name"]: e.attrs.get("value", "") if e.name == "input" else e.text.strip()
        for e in markup.visible_controls
        if e.attrs.get("type") != "checkbox" and e.attrs.get("name")
    }
    before = list(EthicsCode.objects.values_list("pk", "version", "title", "url", "approved_on"))
    contacts = list(IntegrityContact.objects.values("kind", "name", "email", "phone", "url", "note"))
    assert iris.post(SCREEN, shown).status_code == 302
    assert list(EthicsCode.objects.values_list("pk", "version", "title", "url", "approved_on")) == before
    assert list(IntegrityContact.objects.values("kind", "name", "email", "phone", "url", "note")) == contacts


def test_a_new_version_is_made_when_asked(iris: Client) -> None:
    send(iris)
    send(iris, as_new_version="on")
    assert list(EthicsCode.objects.order_by("version").values_list("version", "is_current")) == [
        (1, False),
        (2, True),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Cómo se llama el código"),
        ({"title": "a" * 201}, "200"),
        ({"url": "javascript:alert(1)"}, "Dirección del documento completo"),
        ({"approved_on": "ayer"}, "Fecha de aprobación"),
        ({"approved_on": "31-02-2024"}, "Fecha de aprobación"),
        ({"text_lobby": "a" * 2001}, "2000"),
        ({"text_lobby": "a\x00b"}, "nulos"),
        ({"queries-email": "sin arroba"}, "Correo"),
        ({"queries-email": ""}, "Agrega un correo, un teléfono o un enlace."),
        ({"reports-phone": "600"}, "Falta el nombre."),
        ({"reports-name": "Canal", "reports-url": "javascript:alert(1)"}, "Enlace"),
    ],
)
def test_a_mistake_is_told_and_saves_nothing(iris: Client, changes: dict, words: str) -> None:
    response = send(iris, **changes)
    assert response.status_code == 400
    summary = next(
        e
        for e in read_markup(response.content.decode()).all("div")
        if "error-summary" in e.attrs.get("class", "")
    )
    assert words in summary.text
    assert not EthicsCode.objects.exists()
    assert not IntegrityContact.objects.exists()


def test_a_mistake_keeps_all_that_was_typed(iris: Client) -> None:
    response = send(iris, title="", text_trato="Con respeto.", **{"queries-note": "De 9 a 17."})
    markup = read_markup(response.content.decode())
    assert markup.with_id("id_text_regalos").text.strip() == "No aceptamos regalos."
    assert markup.with_id("id_text_trato").text.strip() == "Con respeto."
    assert markup.with_id("id_queries-note").attrs["value"] == "De 9 a 17."
    assert markup.with_id("id_approved_on").attrs["value"] == "15-08-2024"


def test_a_script_in_an_article_is_only_text(iris: Client) -> None:
    send(iris, text_regalos="<script>alert(1)</script>")
    assert b"<script>alert" not in iris.get(SCREEN).content


@pytest.mark.parametrize("who", ["ana", "bruno", "carla", "diego", "elena", "pedro"])
def test_for_all_others_the_screen_does_not_exist(personas: Personas, who: str) -> None:
    client = client_for(getattr(personas, who))
    assert client.get(SCREEN).status_code == 404
    assert send(client).status_code == 404
    assert not EthicsCode.objects.exists()


def test_a_visitor_is_asked_to_log_in(client: Client) -> None:
    assert client.get(SCREEN)["Location"].startswith("/cuentas/ingresar/")


@pytest.mark.parametrize("code", ["AA901", "NO-EXISTE", "a\x00b", "x" * 5000])
def test_another_institution_does_not_exist(iris: Client, code: str) -> None:
    assert iris.get(SCREEN, {"institucion": code}).status_code == 404


def test_another_institution_is_not_written(iris: Client, personas: Personas) -> None:
    assert iris.post(f"{SCREEN}?institucion={personas.other_institution.code}", form()).status_code == 404
    assert not EthicsCode.objects.exists()


def test_a_coordinator_of_two_institutions_chooses(personas: Personas, at: datetime) -> None:
    assign_role(
        user=personas.iris, role=Role.INTEGRITY_COORDINATOR, institution=personas.other_institution, at=at
    )
    client = client_for(personas.iris)
    address = f"{SCREEN}?institucion={personas.other_institution.code}"
    assert (
        personas.other_institution.name
        in read_markup(client.get(address).content.decode()).all("title")[0].text
    )
    assert client.post(address, form())["Location"] == address
    assert EthicsCode.objects.get().institution == personas.other_institution


def test_a_coordinator_whose_role_ended_sees_nothing(personas: Personas, at: datetime) -> None:
    RoleAssignment.objects.filter(user=personas.iris).update(valid_until=at.replace(year=2025))
    assert client_for(personas.iris).get(SCREEN).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(iris: Client, method: str) -> None:
    assert getattr(iris, method)(SCREEN).status_code == 405
