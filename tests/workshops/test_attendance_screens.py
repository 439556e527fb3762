"""The sheet of a workshop and the list to sign."""

import pytest
from django.test import Client

from lms.people.models import AccessLogEntry, Role
from lms.workshops.models import Attendance, Registration, WorkshopSession
from tests.factories.people import PersonFactory
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
