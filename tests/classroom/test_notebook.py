"""What a person writes for itself beside its lessons."""

from datetime import datetime

import pytest
from django.test import Client

from lms.journeys.erase_person import erase_person
from lms.progress.models import UnitNote
from lms.progress.services.notes import save_note
from lms.xapi.models import Statement
from tests.factories.learning import Learner, make_learner
from tests.personas import Personas, client_for

LESSON = "/aula/curso/l1/"
KEEP = f"{LESSON}apunte/"


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_note_is_kept_beside_its_lesson(client: Client, learner: Learner) -> None:
    response = client.post(KEEP, {"apunte": "Preguntar por los viáticos."}, follow=True)
    page = response.content.decode()
    assert "Guardamos tu apunte." in page and "Preguntar por los viáticos." in page


def test_another_text_replaces_it_and_none_deletes_it(client: Client, learner: Learner) -> None:
    client.post(KEEP, {"apunte": "Uno"})
    client.post(KEEP, {"apunte": "Dos"})
    assert UnitNote.objects.get().text == "Dos"
    page = client.post(KEEP, {"apunte": "  "}, follow=True).content.decode()
    assert "Borramos tu apunte." in page and not UnitNote.objects.exists()


def test_a_note_that_is_too_long_comes_back_whole(client: Client, learner: Learner) -> None:
    client.post(KEEP, {"apunte": "Corto"})
    response = client.post(KEEP, {"apunte": "Largo " * 2000})
    page = response.content.decode()
    assert response.status_code == 400 and page.count("Largo ") == 2000
    assert UnitNote.objects.get().text == "Corto"


def test_notes_are_listed_and_taken_along(client: Client, learner: Learner) -> None:
    client.post(KEEP, {"apunte": "Primero"})
    client.post("/aula/curso/l2/apunte/", {"apunte": "Segundo"})
    page = text_of(client, "/aula/apuntes/")
    assert page.index("Primero") < page.index("Segundo") and "Lección l1" in page
    response = client.get("/aula/apuntes/mis-apuntes.txt")
    assert "attachment" in response["Content-Disposition"]
    assert "Curso de prueba" in response.content.decode() and "Segundo" in response.content.decode()


def test_without_notes_the_page_says_where_to_write_them(client: Client) -> None:
    assert "al costado de cada lección" in text_of(client, "/aula/apuntes/")


def test_nobody_reads_the_notes_of_another(
    people: Personas, client: Client, learner: Learner, at: datetime
) -> None:
    client.post(KEEP, {"apunte": "Cosa mía"})
    make_learner(person=people.bruno.person, at=at)
    bruno = client_for(people.bruno)
    assert "Cosa mía" not in text_of(bruno, LESSON) + text_of(bruno, "/aula/apuntes/")


@pytest.mark.parametrize("who", ["carla", "diego"])
def test_neither_hr_nor_trainers_find_it_anywhere(
    people: Personas, client: Client, learner: Learner, who: str
) -> None:
    client.post(KEEP, {"apunte": "Cosa mía"})
    other = client_for(getattr(people, who))
    pages = [
        f"/cumplimiento/personas/{people.ana.person.public_id}/",
        "/docencia/",
        "/docencia/curso/preguntas/",
    ]
    assert not any("Cosa mía" in text_of(other, page) for page in pages)


def test_no_statement_tells_of_a_note(client: Client, learner: Learner) -> None:
    before = Statement.objects.count()
    client.post(KEEP, {"apunte": "Cosa mía"})
    assert Statement.objects.count() == before


def test_erasing_a_person_deletes_its_notes_and_answers(learner: Learner, at: datetime) -> None:
    learner.complete(at)
    save_note(
        person_id=learner.person.pk, course_id=learner.enrolment.course_id, unit_key="l1", text="Mía", at=at
    )
    attempt = learner.enrolment.attempts.get()
    assert attempt.events.exists()
    erase_person(person=learner.person, at=at)
    assert not UnitNote.objects.exists() and not attempt.events.exists()
    assert attempt.marks.exists()


def test_who_is_not_enrolled_is_led_to_the_course(client: Client) -> None:
    assert client.post(KEEP, {"apunte": "x"}).status_code == 302
    assert not UnitNote.objects.exists()
