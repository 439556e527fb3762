"""What trainers see of what learners say, and what they never see."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from courses.models import LessonPage
from lms.feedback.models import LessonReport
from lms.feedback.rules.askings import AskingKind
from lms.people.models import Role
from lms.people.services.course_teams import join_team
from tests.factories.feedback import give_opinions, recall, report
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.people import PersonFactory, RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for, create_personas
from tests.queries import count_page_queries

PAGES = tuple(f"/docencia/curso/{page}/" for page in ("opiniones", "repaso", "errores"))
OPINIONS, RECALL, ERRORS = PAGES


@pytest.fixture
def learner(db: None, at: datetime) -> Learner:
    make_course(at=at)
    return make_learner(person=PersonFactory(given_names="Aprendiz", family_names="Secreta"), at=at)


@pytest.fixture
def people(learner: Learner, at: datetime) -> Personas:
    people = create_personas()
    join_team(user=people.diego, course_code="curso", at=at - timedelta(days=1))
    return people


@pytest.fixture
def trainer(people: Personas) -> Client:
    return client_for(people.diego)


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_below_a_whole_group_nothing_is_told(trainer: Client, learner: Learner, at: datetime) -> None:
    give_opinions(learner.enrolment.release_id, 4, at)
    recall(learner.enrolment.release_id, 9, at)
    assert "desde 5 respuestas" in text_of(trainer, OPINIONS) and "texto 0" not in text_of(trainer, OPINIONS)
    assert "desde 10 personas" in text_of(trainer, RECALL) and "Actuar con probidad" not in text_of(
        trainer, RECALL
    )


def test_opinions_are_told_level_by_level_with_what_was_written(
    trainer: Client, learner: Learner, at: datetime
) -> None:
    give_opinions(learner.enrolment.release_id, 5, at)
    give_opinions(learner.enrolment.release_id, 5, at, kind=AskingKind.LATER, applied=5, team=2)
    page = text_of(trainer, OPINIONS)
    for words in ("Nivel 1 de Kirkpatrick", "Nivel 4 de Kirkpatrick", "texto 4", "No es una medición"):
        assert words in page


def test_what_is_remembered_is_told_by_competence_and_question(
    trainer: Client, learner: Learner, at: datetime
) -> None:
    recall(learner.enrolment.release_id, 10, at, points=0)
    page = text_of(trainer, RECALL)
    assert "Actuar con probidad" in page and "Se olvida" in page and "¿Qué haces en q0?" in page


@pytest.mark.parametrize("query", ["?version=1", "?version=99", "?version=%00", "?estado=rey&pagina=x"])
def test_any_query_is_answered(trainer: Client, query: str) -> None:
    assert [trainer.get(page + query).status_code for page in PAGES] == [200] * 3


def test_an_error_is_read_without_a_name_and_leads_to_the_editor(
    trainer: Client, learner: Learner, at: datetime
) -> None:
    found = report(learner.enrolment, at)
    assert "Dice «haber»." in text_of(trainer, ERRORS) and "Secreta" not in text_of(trainer, ERRORS)
    page = text_of(trainer, f"{ERRORS}{found.public_id}/")
    assert f"/gestion/pages/{LessonPage.objects.get(key='l1').pk}/edit/" in page
    assert "Secreta" not in page and "Aprendiz" not in page


def test_an_error_of_a_lesson_that_is_gone_has_no_editor(
    trainer: Client, learner: Learner, at: datetime
) -> None:
    found = report(learner.enrolment, at, unit_key="vieja")
    page = trainer.get(f"{ERRORS}{found.public_id}/")
    assert page.status_code == 200 and "/edit/" not in page.content.decode()


def test_settling_takes_it_off_the_queue(trainer: Client, learner: Learner, at: datetime) -> None:
    found = report(learner.enrolment, at)
    address = f"{ERRORS}{found.public_id}/"
    assert trainer.post(address, {"state": "solved"})["Location"] == ERRORS
    assert "Dice «haber»." not in text_of(trainer, ERRORS)
    assert "Dice «haber»." in text_of(trainer, f"{ERRORS}?estado=corregidos")
    trainer.post(address, {"state": "dismissed", "answer": "Tarde"})
    assert LessonReport.objects.get().state == "solved"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Elige qué hiciste."),
        ({"state": "dismissed"}, "Escribe por qué no se cambia."),
        ({"state": "new"}, "Elige una opción de la lista."),
        ({"state": "solved", "answer": "x" * 1001}, "Usa hasta 1.000 letras."),
    ],
)
def test_a_wrong_answer_is_explained(
    trainer: Client, learner: Learner, at: datetime, data: dict[str, str], words: str
) -> None:
    response = trainer.post(f"{ERRORS}{report(learner.enrolment, at).public_id}/", data)
    assert response.status_code == 400 and words in response.content.decode()
    assert LessonReport.objects.get().is_new


def test_a_report_of_another_course_is_not_found(people: Personas, learner: Learner, at: datetime) -> None:
    make_course(at=at, code="otro")
    join_team(user=people.diego, course_code="otro", at=at - timedelta(days=1))
    found, trainer = report(learner.enrolment, at), client_for(people.diego)
    assert trainer.get(f"/docencia/otro/errores/{found.public_id}/").status_code == 404
    assert trainer.get("/docencia/nada/errores/").status_code == 404


def test_the_courses_of_other_teams_are_not_found(trainer: Client, learner: Learner, at: datetime) -> None:
    make_course(at=at, code="otro")
    others = [page.replace("curso", "otro") for page in PAGES]
    assert {trainer.get(page).status_code for page in others} == {404}


def test_the_list_of_courses_tells_how_many_errors_wait(
    trainer: Client, learner: Learner, at: datetime
) -> None:
    report(learner.enrolment, at)
    assert f'<a href="{ERRORS}">1</a>' in text_of(trainer, "/docencia/")


@pytest.mark.parametrize("role", [Role.HR, Role.AUDITOR])
def test_other_roles_find_nothing(people: Personas, role: str) -> None:
    user = UserFactory(email="otra@servicio.example")
    RoleAssignmentFactory(user=user, role=role, institution=people.institution if role == Role.HR else None)
    client = client_for(user)
    assert {client.get(page).status_code for page in PAGES} == {404}


def test_the_pages_cost_the_same_for_few_and_many(trainer: Client, learner: Learner, at: datetime) -> None:
    def add(count: int) -> list[int]:
        give_opinions(learner.enrolment.release_id, 5 * count, at)
        recall(learner.enrolment.release_id, 10 * count, at)
        report(learner.enrolment, at, text=f"Error {count}")
        return [count_page_queries(trainer, page) for page in PAGES]

    add(1)
    few = add(1)
    assert add(3) == few
