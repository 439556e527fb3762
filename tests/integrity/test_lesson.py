"""What a lesson shows of the learner's own institution, and what nobody writes down."""

import logging
from datetime import datetime

import pytest
from django.apps import apps
from django.test import Client

from lms.integrity.models import Acknowledgement
from lms.people.models import Person
from lms.xapi.models import Statement
from tests.integrity.conftest import write_code, write_contacts
from tests.personas import Personas, client_for
from tests.ui.markup import Element, read_markup

pytestmark = pytest.mark.django_db
NOT_OURS = {"sessions.Session"}


@pytest.fixture
def ana(personas: Personas) -> Client:
    return client_for(personas.ana)


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(read_markup(response.content.decode()).with_id("contenido").text.split())


def links(client: Client, address: str) -> list[Element]:
    return read_markup(client.get(address).content.decode()).all("a")


def count_rows() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.label not in NOT_OURS]
    return {model._meta.label: model._default_manager.count() for model in models}


def test_a_lesson_shows_the_article_of_the_own_institution(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    write_code(personas.institution, at, regalos="No aceptamos regalos.")
    text = words(ana, lesson)
    assert "No aceptamos regalos." in text
    assert "Código de ética, Título III" in text
    assert "Texto general sobre el tema." not in text


def test_a_lesson_never_shows_the_article_of_another_institution(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    write_code(personas.other_institution, at, regalos="Palabras ajenas.")
    write_contacts(personas.other_institution)
    text = words(ana, lesson)
    assert "Palabras ajenas." not in text
    assert "Iris Lagos" not in text


def test_a_topic_without_article_shows_the_general_text(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    write_code(personas.institution, at, lobby="Regístralo.")
    text = words(ana, lesson)
    assert "Texto general sobre el tema." in text
    assert f"{personas.institution.name} aún no carga este tema" in text


def test_whoever_has_no_job_sees_the_general_text(ana: Client, personas: Personas, lesson: str) -> None:
    Person.objects.get(user=personas.ana).postings.all().delete()
    text = words(ana, lesson)
    assert "Texto general sobre el tema." in text
    assert "Cuando tu institución cargue tu nómina, aquí verás sus contactos." in text


def test_markup_in_an_article_is_only_text(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    write_code(personas.institution, at, regalos="<script>alert(1)</script>")
    assert b"<script>alert" not in ana.get(lesson).content


def test_contacts_of_the_own_institution_are_shown(ana: Client, personas: Personas, lesson: str) -> None:
    write_contacts(personas.institution)
    text = words(ana, lesson)
    for piece in ("Canal de consultas", "Iris Lagos", "anexo 1234", "Canal de denuncias", "Día y noche."):
        assert piece in text
    assert "No registramos si usas estos canales." in text


def test_links_out_of_a_lesson_do_not_tell_where_one_comes_from(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    write_code(personas.institution, at, regalos="No.")
    write_contacts(personas.institution)
    outside = [a for a in links(ana, lesson) if a.attrs["href"].startswith("http")]
    assert {a.attrs["href"] for a in outside} >= {
        "https://denuncias.servicio.example/",
        "https://servicio.example/codigo.pdf",
    }
    assert all("noreferrer" in a.attrs.get("rel", "") for a in outside)


def test_a_channel_is_linked_directly_and_not_through_us(
    ana: Client, personas: Personas, lesson: str
) -> None:
    write_contacts(personas.institution)
    channel = next(a for a in links(ana, lesson) if "denuncias" in a.attrs["href"])
    assert channel.attrs["href"] == "https://denuncias.servicio.example/"
    assert not [name for name in channel.attrs if name.startswith(("hx-", "data-", "ping"))]


def test_opening_a_lesson_with_channels_writes_nothing(
    ana: Client, personas: Personas, lesson: str, caplog: pytest.LogCaptureFixture
) -> None:
    write_contacts(personas.institution)
    ana.get(lesson)
    before = count_rows()
    with caplog.at_level(logging.INFO):
        ana.get(lesson)
    assert count_rows() == before
    assert not caplog.records


def declare(client: Client, lesson: str, code: object) -> None:
    client.post(f"{lesson}codigo/", {"codigo": str(code)})


def test_a_declaration_is_recorded_once_with_its_statement(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    code = write_code(personas.institution, at, regalos="No.")
    before = Statement.objects.count()
    declare(ana, lesson, code.public_id)
    declare(ana, lesson, code.public_id)
    assert Acknowledgement.objects.get().code == code
    assert Statement.objects.count() == before + 1
    assert "Declaraste que lo conoces" in words(ana, lesson)


def test_a_new_version_asks_the_learner_again(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    declare(ana, lesson, write_code(personas.institution, at, regalos="No.").public_id)
    write_code(personas.institution, at, as_new_version=True, regalos="Nunca.")
    text = words(ana, lesson)
    assert "Declaro que conozco este código" in text
    assert "versión 2" in text


def test_a_version_that_is_no_longer_current_cannot_be_declared(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    first = write_code(personas.institution, at, regalos="No.")
    write_code(personas.institution, at, as_new_version=True, regalos="Nunca.")
    declare(ana, lesson, first.public_id)
    assert not Acknowledgement.objects.exists()
    assert "cambió. Léelo de nuevo" in words(ana, lesson)


def test_the_code_of_another_institution_cannot_be_declared(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    write_code(personas.institution, at, regalos="No.")
    declare(ana, lesson, write_code(personas.other_institution, at, regalos="No.").public_id)
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("sent", ["", "no-es-un-codigo", "a\x00b"])
def test_a_broken_declaration_is_told(
    ana: Client, personas: Personas, lesson: str, at: datetime, sent: str
) -> None:
    write_code(personas.institution, at, regalos="No.")
    assert ana.post(f"{lesson}codigo/", {"codigo": sent}).status_code == 302
    assert not Acknowledgement.objects.exists()


def test_without_code_there_is_nothing_to_declare(ana: Client, lesson: str) -> None:
    assert "Declaro que conozco" not in words(ana, lesson)
