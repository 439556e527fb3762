"""«Mis competencias»: what one reached, on what it rests, and nobody else's."""

import csv
import io
from datetime import datetime, timedelta
from html import unescape

from django.test import Client

from certificates.models import Certificate
from lms.people.models import Person
from lms.progress.models import AssessmentAttempt
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.records import attest
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

URL = "/aula/competencias/"


def text_of(client: Client) -> str:
    return unescape(client.get(URL).content.decode())


def test_without_courses_every_competence_says_what_to_take(client: Client, learner: Learner) -> None:
    learner.enrolment.delete()
    page = text_of(client)
    assert "Demuestras 0 de 2 competencias" in page and "Actuar con probidad" in page
    assert page.count("Aún sin nivel") == 2 and "Toma «Curso de prueba»" in page


def test_a_completed_course_shows_its_levels_with_the_evidence(
    client: Client, learner: Learner, at: datetime
) -> None:
    assert "Termina «Curso de prueba»." in text_of(client)
    learner.complete(at)
    page = text_of(client)
    assert "Demuestras 2 de 2" in page and "2 de 3: aplica" in page and "1 de 3: reconoce" in page
    assert "2 de 2 puntos; se pide 70\xa0%" in page and Certificate.objects.get().formatted_code in page


def test_too_few_points_in_one_competence_show_no_level(
    client: Client, learner: Learner, at: datetime
) -> None:
    learner.complete(at)
    rows = [
        {"competence": "INT-1", "correct": 1, "total": 2},
        {"competence": "INT-2", "correct": 1, "total": 1},
    ]
    AssessmentAttempt.objects.update(competences=rows)
    page = text_of(client)
    assert "Demuestras 1 de 2" in page and "Faltaron puntos" in page


def test_what_was_attested_shows_no_level(client: Client, learner: Learner, at: datetime) -> None:
    attest(learner.person, at=at)
    page = text_of(client)
    assert "Demuestras 0 de 2" in page and "Sin medir" in page


def test_an_expired_course_is_to_be_renewed(client: Client, learner: Learner, at: datetime) -> None:
    learner.complete(at)
    learner.enrolment.completion.__class__.objects.update(valid_until=at.date() - timedelta(days=1000))
    page = text_of(client)
    assert "Venció" in page and "Renueva «Curso de prueba»" in page


def test_the_files_hold_the_same(client: Client, learner: Learner, at: datetime) -> None:
    learner.complete(at)
    table = client.get(f"{URL}mis-competencias.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [(row["Código"], row["Nivel"], row["Puntos"]) for row in rows] == [
        ("INT-1", "2 de 3: aplica", "2"), ("INT-2", "1 de 3: reconoce", "1"),
    ]  # fmt: skip
    data = client.get(f"{URL}mis-competencias.json").json()
    assert [(row["nivel"], row["evidencia"][0]["estado"]) for row in data["competencias"]] == [
        (2, "reached"),
        (1, "reached"),
    ]


def test_another_person_sees_its_own_and_nothing_of_mine(
    learner: Learner, people: Personas, at: datetime
) -> None:
    learner.complete(at)
    for user in (people.carla, people.elena):
        assert "Demuestras 0 de 2" in text_of(client_for(user))


def test_the_page_asks_as_many_queries_for_few_and_many_courses(
    cache_of_production: None, client: Client, learner: Learner, at: datetime
) -> None:
    def more(first: int, last: int) -> None:
        person: Person = learner.person
        for number in range(first, last):
            make_course(at=at, code=f"curso-{number}")
            make_learner(person=person, at=at, course=f"curso-{number}").complete(at)

    more(1, 3)
    text_of(client)
    few = count_page_queries(client, URL)
    more(3, 6)
    assert count_page_queries(client, URL) == few <= 20
