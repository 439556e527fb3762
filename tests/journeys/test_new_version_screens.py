"""What authors and learners see of a new version of a course."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from courses.models import (
    Course,
    CoursePage,
    CourseRelease,
    GlossaryTerm,
    LessonPage,
    ReleaseChange,
)
from courses.services import (
    hold_releases,
)
from lms.people.models import User
from lms.people.services.course_teams import join_team
from lms.progress.models import DeltaReading
from tests.factories.learning import make_course, make_learner
from tests.journeys.new_versions import Mode, add_lesson, decide, learn, reword
from tests.personas import client_for, create_personas
from tests.queries import count_page_queries


@pytest.fixture
def page(db: None, at: datetime) -> CoursePage:
    return make_course(at=at)


def ana_completed(at: datetime) -> User:
    user: User = User.objects.get(email="ana@servicio.example")
    make_learner(person=user.person, at=at).complete(at)
    return user


SCREEN = "/docencia/curso/version/"


@pytest.fixture
def trainer(page: CoursePage, at: datetime) -> Client:
    people = create_personas()
    join_team(user=people.diego, course_code="curso", at=at - timedelta(days=1))
    return client_for(people.diego)


def test_an_author_sees_whom_a_version_touches_and_decides(trainer: Client, at: datetime) -> None:
    learn(at)
    add_lesson()
    text = trainer.get(SCREEN).content.decode()
    assert "desde la versión 1 toma" in text
    assert "Lección nueva" in text and "Lo completaron y sigue vigente" in text
    trainer.post(SCREEN, {"mode": Mode.DELTA, "summary": "Hay una lección nueva."})
    assert ReleaseChange.objects.get().summary == "Hay una lección nueva."
    assert "Hay una lección nueva." in trainer.get(SCREEN).content.decode()


WAITS = "Una versión nueva espera tu decisión"


def test_its_trainers_see_that_a_version_waits_until_they_decide(trainer: Client, at: datetime) -> None:
    learn(at)
    add_lesson()
    text = trainer.get("/docencia/").content.decode()
    assert WAITS in text and f'href="{SCREEN}"' in text
    decide(Mode.KEEP_ALL, at)
    assert WAITS not in trainer.get("/docencia/").content.decode()


def test_no_version_waits_once_its_pages_ask_the_same_again(trainer: Client, at: datetime) -> None:
    learn(at)
    add_lesson()
    LessonPage.objects.get(key="l4").unpublish()
    assert WAITS not in trainer.get("/docencia/").content.decode()


def test_a_version_that_waits_in_another_team_is_not_told(trainer: Client, at: datetime) -> None:
    other = make_course(at=at, code="otro")
    Course.objects.filter(code=other.code).update(decision_needed_at=at)
    assert WAITS not in trainer.get("/docencia/").content.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Elige qué pasa"),
        ({"mode": "otra"}, "Elige una de las formas"),
        ({"mode": "delta"}, "Escribe qué cambió"),
        ({"mode": "delta", "summary": "x" * 1001}, "a lo más 1000"),
    ],
)
def test_a_decision_that_cannot_be_is_explained_and_publishes_nothing(
    trainer: Client, at: datetime, data: dict[str, str], message: str
) -> None:
    learn(at)
    add_lesson()
    answer = trainer.post(SCREEN, data)
    assert answer.status_code == 400 and message in answer.content.decode()
    assert CourseRelease.objects.count() == 1


def test_a_learner_reads_what_changed_on_one_page(trainer: Client, at: datetime) -> None:
    user = ana_completed(at)
    reword("Ahora son diez días.")
    decide(Mode.DELTA, at)
    client = client_for(user)
    assert "Cambió algo desde" in client.get("/aula/").content.decode()
    text = client.get("/aula/curso/cambios/").content.decode()
    assert "Ahora son diez días." in text and "sirve a todas las personas" not in text
    client.post("/aula/curso/cambios/", {"version": "2"})
    assert DeltaReading.objects.exists()
    assert client.get("/aula/curso/cambios/").status_code == 404


def test_reading_what_changed_costs_the_same_for_one_lesson_and_for_three(
    trainer: Client, at: datetime
) -> None:
    client = client_for(ana_completed(at))
    reword()
    decide(Mode.DELTA, at)
    client.get("/aula/curso/cambios/")
    of_one = count_page_queries(client, "/aula/curso/cambios/")
    client.post("/aula/curso/cambios/", {"version": "2"})
    with hold_releases():
        for key in ("l1", "l2"):
            reword(f"Otra cosa en {key}.", key=key)
    reword("Otra cosa en l3.", key="l3")
    decide(Mode.DELTA, at)
    text = client.get("/aula/curso/cambios/").content.decode()
    assert all(f"Otra cosa en {key}." in text for key in ("l1", "l2", "l3"))
    assert count_page_queries(client, "/aula/curso/cambios/") == of_one


def test_what_changed_explains_its_words_and_says_its_language(trainer: Client, at: datetime) -> None:
    client = client_for(ana_completed(at))
    GlossaryTerm.objects.create(term="hábil", definition="De lunes a viernes.")
    reword("Es un día hábil.")
    decide(Mode.DELTA, at)
    client.post("/idioma/", {"idioma": "en", "volver": "/"})
    text = client.get("/aula/curso/cambios/").content.decode()
    assert 'href="#glosario-1-habil"' in text and 'id="glosario-1-habil"' in text
    assert '<div class="text" lang="es">' in text and "This part is not in your language yet." in text


def test_what_there_is_to_do_about_one_course_is_in_one_panel(trainer: Client, at: datetime) -> None:
    client = client_for(ana_completed(at))
    for words in ("Ahora son diez días.", "Ahora son doce días."):
        reword(words)
        decide(Mode.DELTA, at)
    text = client.get("/aula/").content.decode()
    panel = text.split('aria-labelledby="t-tras-1">')[1].split("</section>")[0]
    assert ">Curso de prueba</h2>" in panel and "t-tras-2" not in text
    assert panel.count("Ver qué cambió") == panel.count("Dar mi opinión") == 1


def test_an_older_version_is_not_taken_for_read(trainer: Client, at: datetime) -> None:
    user = ana_completed(at)
    reword()
    decide(Mode.DELTA, at)
    client_for(user).post("/aula/curso/cambios/", {"version": "1"})
    assert not DeltaReading.objects.exists()
