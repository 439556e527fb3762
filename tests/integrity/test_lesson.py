"""What a lesson shows of the learner's own institution."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from lms.integrity.models import Acknowledgement
from lms.people.models import Person
from lms.xapi.models import Statement
from tests.factories.integrity import write_code, write_contacts, write_example
from tests.personas import Personas, client_for
from tests.ui.markup import Element, read_markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(personas: Personas) -> Client:
    return client_for(personas.ana)


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(read_markup(response.content.decode()).with_id("contenido").text.split())


def links(client: Client, address: str) -> list[Element]:
    return read_markup(client.get(address).content.decode()).all("a")


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
    write_contacts(personas.other_institution, at)
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


def test_contacts_of_the_own_institution_are_shown(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    write_contacts(personas.institution, at)
    text = words(ana, lesson)
    for piece in ("Canal de consultas", "Iris Lagos", "anexo 1234", "Canal de denuncias", "Día y noche."):
        assert piece in text
    assert "No registramos si usas estos canales." in text


def test_links_out_of_a_lesson_do_not_tell_where_one_comes_from(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    write_code(personas.institution, at, regalos="No.")
    write_contacts(personas.institution, at)
    outside = [a for a in links(ana, lesson) if a.attrs["href"].startswith("http")]
    assert {a.attrs["href"] for a in outside} >= {
        "https://denuncias.servicio.example/",
        "https://servicio.example/codigo.pdf",
    }
    assert all("noreferrer" in a.attrs.get("rel", "") for a in outside)


# --- What is overdue, and what is never missing ----------------------------------------------------
GENERAL_CHANNEL = "La Contraloría General de la República tiene un canal de denuncias abierto"
WHOM_TO_ASK = "pregunta a Gestión de Personas quién coordina la integridad"
OVERDUE = "Revisión pendiente: valía hasta el 19 de noviembre de 2026."


def test_an_overdue_article_is_shown_with_a_note(
    ana: Client, personas: Personas, lesson: str, at: datetime, fixed_clock: None
) -> None:
    write_code(personas.institution, at, review_by=at.date() - timedelta(days=1), regalos="No.")
    text = words(ana, lesson)
    assert f"No. Código de ética, Título III {OVERDUE}" in text


def test_an_overdue_channel_stands_beside_the_one_that_is_open_to_anybody(
    ana: Client, personas: Personas, lesson: str, at: datetime, fixed_clock: None
) -> None:
    write_contacts(personas.institution, at, review_by=at.date() - timedelta(days=1))
    text = words(ana, lesson)
    for piece in ("Día y noche.", OVERDUE, GENERAL_CHANNEL, "no confirma a quién preguntar"):
        assert piece in text


def test_good_contacts_need_no_general_text(
    ana: Client, personas: Personas, lesson: str, at: datetime, fixed_clock: None
) -> None:
    write_contacts(personas.institution, at)
    text = words(ana, lesson)
    assert GENERAL_CHANNEL not in text and "Gestión de Personas" not in text and "pendiente" not in text


def test_the_own_example_stands_in_for_the_general_one(
    ana: Client, personas: Personas, lesson: str, at: datetime
) -> None:
    write_example(personas.institution, at, regalos="Llegó una canasta.")
    text = words(ana, lesson)
    assert "Llegó una canasta." in text and "Ejemplo general." not in text


@pytest.mark.parametrize("has_job", [True, False], ids=["empty_institution", "no_institution"])
def test_every_slot_has_a_general_text(ana: Client, personas: Personas, lesson: str, has_job: bool) -> None:
    if not has_job:
        Person.objects.get(user=personas.ana).postings.all().delete()
    text = words(ana, lesson)
    for piece in ("Texto general sobre el tema.", "Ejemplo general.", GENERAL_CHANNEL):
        assert piece in text
    assert WHOM_TO_ASK.lower() in text.lower()


# --- Declaring to know the code --------------------------------------------------------------------
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
