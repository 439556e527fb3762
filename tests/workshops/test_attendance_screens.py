"""The sheet of a workshop and the list to sign."""

import pytest
from django.test import Client

from lms.people.models import AccessLogEntry, Person, Role
from lms.workshops.models import Attendance, Registration, WorkshopSession
from tests.factories.people import PersonFactory, PostingFactory, make_run
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory
from tests.personas import Personas
from tests.queries import count_page_queries
from tests.workshops.screens import assert_page, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


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


@pytest.mark.parametrize("page", ["detail", "sheet", "signatures"])
def test_screen_costs_the_same_with_many_people(diego: Client, running: WorkshopSession, page: str) -> None:
    RegistrationFactory.create_batch(3, session=running)
    diego.get(url(page, running))
    few = count_page_queries(diego, url(page, running))
    RegistrationFactory.create_batch(27, session=running)
    assert count_page_queries(diego, url(page, running)) == few


# --- Who came without signing up ------------------------------------------------------------------
@pytest.fixture
def rosa(personas: Personas) -> Person:
    """Has neither account nor e-mail."""
    person = PersonFactory(given_names="Rosa", family_names="Ñanco", email="")
    PostingFactory(person=person, institution=personas.institution, unit=personas.unit)
    return person


def find(client: Client, session: WorkshopSession, text: str) -> str:
    return text_of(client.get(url("sheet", session), {"q": text}))


def add(client: Client, session: WorkshopSession, person: Person) -> str:
    data = {"persona": str(person.public_id)}
    return text_of(client.post(url("sheet_add", session), data, follow=True))


def test_a_person_without_account_and_address_is_found_added_and_marked(
    diego: Client, running: WorkshopSession, rosa: Person, personas: Personas
) -> None:
    assert "Ñanco, Rosa" in find(diego, running, "rosa Ñan")
    assert "Rosa Ñanco está en la lista." in add(diego, running, rosa)
    registration = Registration.objects.get(person=rosa)
    assert (registration.context, registration.posting, registration.has_seat) == (
        "employee", rosa.postings.get(), True,
    )  # fmt: skip
    diego.post(url("sheet", running), mark((registration, "present")))
    assert Attendance.objects.get().person == rosa
    assert "ya estaba en la lista" in add(diego, running, rosa)
    assert "No encontramos a nadie" in find(diego, running, "rosa Ñan")


def test_a_run_finds_whoever_has_it_wherever_the_person_works(
    diego: Client, running: WorkshopSession
) -> None:
    run = make_run(12_345_678)
    other = PostingFactory(person=PersonFactory(run=run, given_names="Lejana")).person
    assert "Lejana" not in find(diego, running, "Lejana")
    assert other.list_name in find(diego, running, run)
    assert AccessLogEntry.objects.filter(subject=other).exists()


@pytest.mark.parametrize("text", ["ro", "", "\x00", "11111111-1", "x" * 200])
def test_a_search_that_finds_nobody_says_so(
    diego: Client, running: WorkshopSession, rosa: Person, text: str
) -> None:
    assert rosa.list_name not in find(diego, running, text)


def test_before_its_time_whoever_is_added_queues_as_others_do(
    diego: Client, personas: Personas, rosa: Person
) -> None:
    session = WorkshopSessionFactory(trainer=personas.diego, seats=1)
    RegistrationFactory(session=session)
    assert "está en la lista" in add(diego, session, rosa)
    assert not Registration.objects.get(person=rosa).has_seat


@pytest.mark.parametrize("sent", [{}, {"persona": "x"}, {"persona": "0" * 32}])
def test_adding_nobody_is_not_found(diego: Client, running: WorkshopSession, sent: dict[str, str]) -> None:
    assert diego.post(url("sheet_add", running), sent).status_code == 404


def test_nobody_is_added_to_a_cancelled_workshop(diego: Client, personas: Personas, rosa: Person) -> None:
    session = WorkshopSessionFactory(trainer=personas.diego, cancelled=True)
    assert "ya no se puede agregar a nadie" in add(diego, session, rosa)
    assert not Registration.objects.exists()


def test_another_trainer_adds_nobody(ana: Client, running: WorkshopSession, rosa: Person) -> None:
    response = ana.post(url("sheet_add", running), {"persona": str(rosa.public_id)})
    assert response.status_code == 404
