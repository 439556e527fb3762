"""The screens on which workshops are planned, changed and called off."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lms.people.models import AccessLogEntry, Role
from lms.workshops.models import WorkshopSession
from tests.factories.people import RoleAssignmentFactory
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries
from tests.workshops.screens import MANAGE, assert_page, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def draft(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Códigos de ética",
        "summary": "Tres dilemas.",
        "modality": "in_person",
        "place": "Salón Auditorio, Talca",
        "day": "2026-12-02",
        "starts": "09:30",
        "ends": "13:30",
        "seats": "30",
        "is_published": "on",
    } | changes


@pytest.mark.parametrize("name", ["ana", "bruno", "carla", "elena", "iris", "pedro"])
def test_others_find_no_management(personas: Personas, name: str) -> None:
    client = client_for(getattr(personas, name))
    session = WorkshopSessionFactory(trainer=personas.diego)
    RegistrationFactory(session=session)
    addresses = [MANAGE, reverse("workshops:create")]
    addresses += [url(page, session) for page in ("edit", "cancel", "sheet", "signatures")]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert {client.post(url(page, session)).status_code for page in ("edit", "cancel", "sheet")} == {404}
    assert not AccessLogEntry.objects.exists()


def test_visitor_is_sent_to_the_login(client: Client) -> None:
    session = WorkshopSessionFactory()
    addresses = [MANAGE, url("sheet", session), url("edit", session)]
    assert {client.get(address).status_code for address in addresses} == {302}


def test_trainer_finds_no_sheet_of_another_trainer(diego: Client) -> None:
    session = WorkshopSessionFactory()
    assert {
        diego.get(url(page, session)).status_code for page in ("edit", "cancel", "sheet", "signatures")
    } == {404}
    assert session.title not in text_of(diego.get(MANAGE))


def test_administration_manages_everything(personas: Personas, diego: Client) -> None:
    RoleAssignmentFactory(user=personas.pedro, role=Role.ADMINISTRATOR, institution=None)
    pedro = client_for(personas.pedro)
    session = WorkshopSessionFactory(trainer=personas.diego)
    assert session.title in text_of(pedro.get(MANAGE))
    assert pedro.get(url("sheet", session)).status_code == 200


def test_administration_chooses_who_leads(personas: Personas, diego: Client) -> None:
    RoleAssignmentFactory(user=personas.pedro, role=Role.ADMINISTRATOR, institution=None)
    pedro = client_for(personas.pedro)
    pedro.post(reverse("workshops:create"), draft(trainer=personas.diego.pk))
    assert WorkshopSession.objects.get().trainer == personas.diego


def test_administration_cannot_make_anybody_a_trainer(personas: Personas, diego: Client) -> None:
    RoleAssignmentFactory(user=personas.pedro, role=Role.ADMINISTRATOR, institution=None)
    pedro = client_for(personas.pedro)
    response = pedro.post(reverse("workshops:create"), draft(trainer=personas.ana.pk))
    assert "Elige a una persona de la lista." in text_of(response)


def test_trainer_plans_a_workshop_and_leads_it(diego: Client, personas: Personas) -> None:
    assert_page(diego.get(reverse("workshops:create")), "Programar un taller")
    response = diego.post(reverse("workshops:create"), draft(trainer=personas.ana.pk), follow=True)
    session = WorkshopSession.objects.get()
    assert_page(response, "Códigos de ética")
    assert session.trainer == personas.diego
    assert session.starts_at == datetime.fromisoformat("2026-12-02T09:30:00-03:00")
    assert session.minutes == 240
    page = diego.get(MANAGE)
    assert_page(page, "Gestionar talleres")
    assert "Códigos de ética" in text_of(page)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends": "09:30"}, "El taller termina antes de empezar."),
        ({"day": "2026-11-20", "starts": "11:00"}, "Esa fecha y hora ya pasaron."),
        ({"day": "mañana"}, "Escribe la fecha así: 31-12-2026."),
        ({"starts": "9 y media"}, "Escribe la hora así: 09:30."),
        ({"day": "2027-09-05", "starts": "00:30"}, "Ese día cambia la hora"),
        ({"seats": "0"}, "Cupos:"),
        ({"seats": "100000"}, "Cupos:"),
        ({"seats": "muchos"}, "Cupos:"),
        ({"place": ""}, "Un taller presencial necesita un lugar."),
        ({"modality": "telepatia"}, "Modalidad:"),
        ({"join_url": "no es un enlace"}, "Enlace para conectarse:"),
        ({"course": "999"}, "Elige un curso de la lista."),
        ({"title": "x" * 201}, "Título:"),
        ({"title": "a\x00b"}, "Título:"),
        ({"summary": ""}, "De qué se trata:"),
    ],
)
def test_bad_session_is_explained(diego: Client, changes: dict[str, str], words: str) -> None:
    response = diego.post(reverse("workshops:create"), draft(**changes))
    assert_page(response, "Programar un taller", status=400)
    assert words in text_of(response)
    assert not WorkshopSession.objects.exists()


def test_empty_form_is_explained(diego: Client) -> None:
    response = diego.post(reverse("workshops:create"))
    assert response.status_code == 400
    assert "Hay algo que corregir" in text_of(response)


def test_trainer_changes_a_workshop(diego: Client, personas: Personas) -> None:
    session = WorkshopSessionFactory(trainer=personas.diego)
    assert_page(diego.get(url("edit", session)), "Cambiar el taller")
    diego.post(url("edit", session), draft(title="Otro título"))
    session.refresh_from_db()
    assert (session.title, session.trainer, session.revision) == ("Otro título", personas.diego, 1)


def test_form_of_a_workshop_saves_what_it_shows(diego: Client, personas: Personas) -> None:
    session = WorkshopSessionFactory(trainer=personas.diego)
    shown = {
        field.html_name: field.value()
        for field in diego.get(url("edit", session)).context["form"]
        if field.value() not in (None, "")
    }
    assert diego.post(url("edit", session), shown).status_code == 302
    again = WorkshopSession.objects.get()
    assert (again.starts_at, again.ends_at, again.seats) == (
        session.starts_at,
        session.ends_at,
        session.seats,
    )


def test_fewer_seats_than_people_is_explained(diego: Client, personas: Personas) -> None:
    session = WorkshopSessionFactory(trainer=personas.diego)
    RegistrationFactory.create_batch(2, session=session)
    response = diego.post(url("edit", session), draft(seats="1"))
    assert "Ya hay 2 personas con cupo." in text_of(response)


def test_workshop_with_people_is_not_hidden(diego: Client, personas: Personas) -> None:
    session = RegistrationFactory(session__trainer=personas.diego).session
    changed = draft()
    del changed["is_published"]
    assert "el taller no se puede ocultar" in text_of(diego.post(url("edit", session), changed))


def test_trainer_calls_a_workshop_off(diego: Client, personas: Personas) -> None:
    session = WorkshopSessionFactory(trainer=personas.diego)
    assert_page(diego.get(url("cancel", session)), "Suspender el taller")
    missing = diego.post(url("cancel", session), {"reason": " "})
    assert missing.status_code == 400
    assert "Escribe por qué se suspende el taller." in text_of(missing)
    diego.post(url("cancel", session), {"reason": "Paro de transporte"})
    session.refresh_from_db()
    assert session.cancel_reason == "Paro de transporte"


def test_cancelled_workshop_is_not_changed(diego: Client, personas: Personas) -> None:
    session = WorkshopSessionFactory(trainer=personas.diego, cancelled=True)
    response = diego.get(url("edit", session), follow=True)
    assert "ya no se modifica" in text_of(response)


def test_management_costs_the_same_with_many_sessions(diego: Client, personas: Personas) -> None:
    WorkshopSessionFactory.create_batch(3, trainer=personas.diego)
    diego.get(MANAGE)
    few = count_page_queries(diego, MANAGE)
    WorkshopSessionFactory.create_batch(17, trainer=personas.diego)
    assert count_page_queries(diego, MANAGE) == few
