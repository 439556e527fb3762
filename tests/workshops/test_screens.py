"""The screens of workshops: who gets in, what is shown, what a post does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.people.models import AccessLogEntry, Role
from lms.workshops.models import Attendance, Registration, RegistrationState, WorkshopSession
from tests.factories.people import PersonFactory, PostingFactory, RoleAssignmentFactory, UserFactory
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory
from tests.personas import Personas, client_for
from tests.ui.markup import read_markup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

CALENDAR = "/talleres/"
MANAGE = "/talleres/gestion/"


def url(name: str, session: WorkshopSession) -> str:
    return reverse(f"workshops:{name}", kwargs={"public_id": session.public_id})


def text_of(response: HttpResponse) -> str:
    return " ".join(read_markup(response.content.decode()).all("main")[0].text.split())


def assert_page(response: HttpResponse, title: str, status: int = 200) -> None:
    """A page of the house: one h1, in Spanish, nothing inline, every control named."""
    html = response.content.decode()
    assert response.status_code == status
    markup = read_markup(html)
    assert [heading.text.strip() for heading in markup.all("h1")] == [title]
    assert '<html lang="es-CL">' in html
    assert " style=" not in html
    assert not [e for e in markup.all("script") if "src" not in e.attrs]
    main = [e for e in markup.visible_controls if "main" in e.inside]
    assert not [e.attrs for e in main if not markup.name_of(e) and "label" not in e.inside]
    assert not set("—–¡!") & set(markup.all("main")[0].text)


# --- Calendar -----------------------------------------------------------------------------------
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


# --- One workshop -------------------------------------------------------------------------------
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


# --- Managing -----------------------------------------------------------------------------------
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


# --- Attendance ---------------------------------------------------------------------------------
@pytest.fixture
def running(personas: Personas) -> WorkshopSession:
    return WorkshopSessionFactory(running=True, trainer=personas.diego)


def mark(*pairs: tuple[Registration, str], **more: str) -> dict[str, str]:
    return {f"marca-{registration.pk}": value for registration, value in pairs} | more


def test_trainer_marks_the_sheet(diego: Client, running: WorkshopSession, personas: Personas) -> None:
    came, missing, _silent = RegistrationFactory.create_batch(3, session=running)
    page = diego.get(url("sheet", running))
    assert_page(page, "Asistencia")
    assert came.person.list_name in text_of(page)
    response = diego.post(url("sheet", running), mark((came, "present"), (missing, "absent")), follow=True)
    assert_page(response, "Asistencia")
    assert "Asistencia guardada: 2 cambios." in text_of(response)
    assert "1 presente1 ausente1 sin marcar" in text_of(response)
    attendance = Attendance.objects.get()
    assert (attendance.person, attendance.marked_by) == (came.person, personas.diego)


def test_sheet_posted_twice_counts_once(diego: Client, running: WorkshopSession) -> None:
    registration = RegistrationFactory(session=running)
    for _ in range(2):
        response = diego.post(url("sheet", running), mark((registration, "present")), follow=True)
    assert "No había nada que cambiar." in text_of(response)
    assert Attendance.objects.count() == 1


def test_correction_on_the_sheet_asks_for_the_reason(diego: Client, running: WorkshopSession) -> None:
    registration = RegistrationFactory(session=running)
    diego.post(url("sheet", running), mark((registration, "present")))
    response = diego.post(url("sheet", running), mark((registration, "absent")))
    assert_page(response, "Asistencia", status=400)
    assert f"Elige por qué corriges la asistencia de: {registration.person.list_name}." in text_of(response)
    diego.post(url("sheet", running), mark((registration, "absent"), reason="mistake"))
    assert Attendance.objects.get().void_reason == "mistake"


@pytest.mark.parametrize("sent", [{"value": "quizás"}, {"value": "present", "reason": "porque sí"}])
def test_bad_sheet_is_explained(diego: Client, running: WorkshopSession, sent: dict[str, str]) -> None:
    registration, other = RegistrationFactory.create_batch(2, session=running)
    diego.post(url("sheet", running), mark((other, "present")))
    more = {"reason": sent["reason"]} if "reason" in sent else {}
    response = diego.post(url("sheet", running), mark((registration, sent["value"]), **more))
    assert response.status_code == 400
    assert "Hay algo que corregir" in text_of(response)
    assert Attendance.objects.count() == 1


def test_sheet_cannot_be_marked_before_its_time(diego: Client, personas: Personas) -> None:
    registration = RegistrationFactory(session__trainer=personas.diego)
    page = diego.get(url("sheet", registration.session))
    assert "Podrás marcar la asistencia desde el 2 de diciembre de 2026 a las 11:00." in text_of(page)
    response = diego.post(url("sheet", registration.session), mark((registration, "present")))
    assert response.status_code == 400
    assert not Attendance.objects.exists()


def test_empty_sheet_says_so(diego: Client, running: WorkshopSession) -> None:
    response = diego.get(url("sheet", running))
    assert_page(response, "Asistencia")
    assert "Nadie se ha inscrito" in text_of(response)


def test_every_look_at_the_list_is_logged(
    diego: Client, running: WorkshopSession, personas: Personas
) -> None:
    registration = RegistrationFactory.create_batch(2, session=running)[0]
    diego.get(url("sheet", running))
    diego.get(url("signatures", running))
    diego.post(url("sheet", running), mark((registration, "quizás")))
    looks = AccessLogEntry.objects.order_by("pk")
    assert [(look.viewer, look.role, look.people_count) for look in looks] == [
        (personas.diego, Role.TRAINER, 2)
    ] * 3
    assert {look.detail for look in looks} == {
        f"taller {running.public_id}: asistencia",
        f"taller {running.public_id}: lista de firmas",
    }


def test_list_to_sign_holds_all_names(diego: Client, running: WorkshopSession) -> None:
    registrations = RegistrationFactory.create_batch(3, session=running)
    response = diego.get(url("signatures", running))
    assert_page(response, running.title)
    assert all(r.person.list_name in text_of(response) for r in registrations)


def test_names_are_escaped(diego: Client, running: WorkshopSession) -> None:
    RegistrationFactory(session=running, person=PersonFactory(given_names="<b>Ana</b>"))
    assert "<b>Ana</b>" not in diego.get(url("sheet", running)).content.decode()


# --- My workshops -------------------------------------------------------------------------------
def draw_mine(user: Any) -> str:
    request = RequestFactory().get("/aula/")
    request.user = user
    template = engines["django"].from_string("{% load workshops %}{% my_workshops %}")
    return " ".join(read_markup(f"<main>{template.render({}, request)}</main>").all("main")[0].text.split())


def test_my_learning_names_my_workshops(personas: Personas, at: datetime) -> None:
    ahead = RegistrationFactory(person=personas.ana.person)
    held = RegistrationFactory(person=personas.ana.person, session__held=True)
    held.session.attendances.create(
        person=held.person, context=held.context, minutes=240, marked_at=at - timedelta(days=20)
    )
    text = draw_mine(personas.ana)
    assert "Mis talleres" in text
    assert ahead.session.title in text
    assert "Tienes un cupo" in text
    assert f"Asististe {held.session.title}" in text
    assert draw_mine(personas.elena) == ""


# --- Cost ---------------------------------------------------------------------------------------
def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_calendar_costs_the_same_with_many_sessions(client: Client) -> None:
    def add(count: int) -> None:
        for session in WorkshopSessionFactory.create_batch(count):
            RegistrationFactory(session=session)
        WorkshopSessionFactory.create_batch(count, held=True)

    add(3)
    few = count_queries(client, CALENDAR)
    add(27)
    assert count_queries(client, CALENDAR) == few <= 4


@pytest.mark.parametrize("page", ["detail", "sheet", "signatures"])
def test_screen_costs_the_same_with_many_people(diego: Client, running: WorkshopSession, page: str) -> None:
    RegistrationFactory.create_batch(3, session=running)
    diego.get(url(page, running))
    few = count_queries(diego, url(page, running))
    RegistrationFactory.create_batch(27, session=running)
    assert count_queries(diego, url(page, running)) == few


def test_management_costs_the_same_with_many_sessions(diego: Client, personas: Personas) -> None:
    WorkshopSessionFactory.create_batch(3, trainer=personas.diego)
    diego.get(MANAGE)
    few = count_queries(diego, MANAGE)
    WorkshopSessionFactory.create_batch(17, trainer=personas.diego)
    assert count_queries(diego, MANAGE) == few
