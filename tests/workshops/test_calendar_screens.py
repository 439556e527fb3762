"""The calendar of workshops and the page of one: what is shown, how one takes part."""

import pytest
from django.test import Client

from lms.workshops.models import Registration, RegistrationState
from tests.factories.people import PostingFactory, UserFactory
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries
from tests.ui.markup import read_markup
from tests.workshops.screens import CALENDAR, MANAGE, assert_page, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def test_calendar_is_open_to_everybody(client: Client) -> None:
    WorkshopSessionFactory(title="Códigos de ética", seats=8)
    response = client.get(CALENDAR)
    assert_page(response, "Talleres")
    assert "Códigos de ética" in text_of(response)
    assert "Quedan 8 cupos" in text_of(response)
    assert "Gestionar" not in text_of(response)


def test_empty_calendar_says_what_to_do(client: Client) -> None:
    assert "No hay talleres con fecha" in text_of(client.get(CALENDAR))


def test_calendar_can_be_filtered(client: Client) -> None:
    WorkshopSessionFactory(title="En la sala")
    WorkshopSessionFactory(title="Desde casa", online=True)
    text = text_of(client.get(CALENDAR, {"modalidad": "online"}))
    assert "Desde casa" in text
    assert "En la sala" not in text


def test_unknown_filter_shows_everything(client: Client) -> None:
    WorkshopSessionFactory(title="En la sala")
    assert "En la sala" in text_of(client.get(CALENDAR, {"modalidad": "<x>", "pagina": "ñ"}))


def test_empty_filter_offers_the_rest(client: Client) -> None:
    assert "No hay talleres de esa modalidad" in text_of(client.get(CALENDAR, {"modalidad": "online"}))


def test_past_sessions_are_folded(client: Client) -> None:
    WorkshopSessionFactory(title="Ya se hizo", held=True)
    html = client.get(CALENDAR).content.decode()
    link = next(e for e in read_markup(html).all("a") if e.text == "Ya se hizo")
    assert "details" in link.inside
    assert "<details open" not in html


def test_sessions_that_are_not_published_are_not_there(client: Client) -> None:
    hidden = WorkshopSessionFactory(title="Borrador", hidden=True)
    assert "Borrador" not in text_of(client.get(CALENDAR))
    assert client.get(url("detail", hidden)).status_code == 404
    assert client.get(url("ics", hidden)).status_code == 404


def test_cancelled_session_says_so(client: Client) -> None:
    session = WorkshopSessionFactory(cancelled=True)
    assert "Suspendido" in text_of(client.get(CALENDAR))
    response = client.get(url("detail", session))
    assert_page(response, session.title)
    assert "Motivo: La sala no está disponible" in text_of(response)
    assert "Inscribirme" not in text_of(response)


def test_visitor_is_asked_to_log_in(client: Client) -> None:
    session = WorkshopSessionFactory(seats=3)
    response = client.get(url("detail", session))
    assert_page(response, session.title)
    assert "Ingresar para inscribirme" in text_of(response)
    assert "Quedan 3 cupos de 3" in text_of(response)


def test_unknown_workshop_is_not_found(client: Client) -> None:
    session = WorkshopSessionFactory.build()
    assert client.get(url("detail", session)).status_code == 404


def test_post_without_login_leads_to_the_login_and_back(client: Client, personas: Personas) -> None:
    session = WorkshopSessionFactory()
    response = client.post(url("sign_up", session))
    assert response.status_code == 302
    assert response.url.startswith("/cuentas/")
    assert not Registration.objects.exists()
    back = client_for(personas.ana).get(url("sign_up", session))
    assert (back.status_code, back.url) == (302, url("detail", session))


def test_learner_signs_up_once_however_often_it_is_posted(ana: Client, personas: Personas) -> None:
    session = WorkshopSessionFactory()
    first = ana.post(url("sign_up", session), follow=True)
    second = ana.post(url("sign_up", session), follow=True)
    assert "Tienes un cupo en este taller." in text_of(first)
    assert "Ya estabas en la lista" in text_of(second)
    registration = Registration.objects.get()
    assert registration.person == personas.ana.person
    assert (registration.context, registration.posting) == ("employee", personas.ana.person.postings.get())
    assert_page(second, session.title)


def test_learner_may_take_part_as_a_citizen(ana: Client) -> None:
    session = WorkshopSessionFactory()
    ana.post(url("sign_up", session), {"contexto": "citizen"})
    assert Registration.objects.get().context == "citizen"


def test_unknown_context_is_the_usual_one(ana: Client) -> None:
    session = WorkshopSessionFactory()
    assert ana.post(url("sign_up", session), {"contexto": "jefe"}).status_code == 302
    assert Registration.objects.get().context == "employee"


def test_employee_without_posting_is_told_why(ana: Client, personas: Personas) -> None:
    personas.ana.person.postings.all().delete()
    session = WorkshopSessionFactory()
    response = ana.post(url("sign_up", session), {"contexto": "employee"}, follow=True)
    assert "aún no te cargó en su nómina" in text_of(response)


def test_account_that_hr_loaded_takes_part_in_its_job(personas: Personas) -> None:
    loaded = PostingFactory(person__email="nueva@servicio.example")
    user = UserFactory(email="nueva@servicio.example")
    client_for(user).post(url("sign_up", WorkshopSessionFactory()))
    registration = Registration.objects.get()
    assert (registration.person, registration.posting) == (loaded.person, loaded)


def test_full_workshop_offers_the_waiting_list(ana: Client) -> None:
    session = RegistrationFactory(session__seats=1).session
    assert "Entrar a la lista de espera" in text_of(ana.get(url("detail", session)))
    response = ana.post(url("sign_up", session), follow=True)
    assert "En lista de espera, lugar 1" in text_of(response)


def test_learner_leaves(ana: Client) -> None:
    session = WorkshopSessionFactory()
    ana.post(url("sign_up", session))
    response = ana.post(url("leave", session), follow=True)
    assert "Te retiraste de este taller." in text_of(response)
    assert Registration.objects.get().state == RegistrationState.CANCELLED


@pytest.mark.parametrize(("trait", "words"), [("running", "En curso"), ("held", "Realizado")])
def test_seats_are_offered_until_the_start_only(
    diego: Client, personas: Personas, trait: str, words: str
) -> None:
    session = WorkshopSessionFactory(trainer=personas.diego, **{trait: True})
    for address in (MANAGE, url("detail", session)):
        text = text_of(diego.get(address))
        assert words in text
        assert "cupos" not in text


@pytest.mark.parametrize("action", ["sign_up", "leave"])
def test_started_workshop_refuses_in_words(ana: Client, action: str) -> None:
    session = WorkshopSessionFactory(running=True)
    assert "Las inscripciones se cerraron" in text_of(ana.post(url(action, session), follow=True))


def test_way_in_is_shown_to_those_with_a_seat_only(ana: Client, client: Client, personas: Personas) -> None:
    session = WorkshopSessionFactory(online=True, seats=1)
    way_in = session.join_url.encode()
    assert way_in not in client.get(url("detail", session)).content
    assert way_in not in ana.get(url("detail", session)).content
    ana.post(url("sign_up", session))
    assert way_in in ana.get(url("detail", session)).content
    bruno = client_for(personas.bruno)
    bruno.post(url("sign_up", session))
    assert way_in not in bruno.get(url("detail", session)).content


def test_calendar_file_can_be_taken_along(client: Client) -> None:
    session = WorkshopSessionFactory(online=True)
    response = client.get(url("ics", session))
    body = response.content.decode()
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="taller-2026-12-02.ics"'
    assert f"UID:{session.public_id}@testserver\r\n" in body
    assert "DTSTART:20261202T150000Z\r\n" in body
    assert session.join_url not in body


def test_calendar_file_of_a_participant_holds_the_way_in(ana: Client) -> None:
    session = WorkshopSessionFactory(online=True)
    ana.post(url("sign_up", session))
    assert session.join_url in ana.get(url("ics", session)).content.decode()


def test_calendar_costs_the_same_with_many_sessions(client: Client) -> None:
    def add(count: int) -> None:
        for session in WorkshopSessionFactory.create_batch(count):
            RegistrationFactory(session=session)
        WorkshopSessionFactory.create_batch(count, held=True)

    add(3)
    few = count_page_queries(client, CALENDAR)
    add(27)
    assert count_page_queries(client, CALENDAR) == few <= 4
