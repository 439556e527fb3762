"""What trainers see of how questions measure, and what they never see."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from courses.models import CoursePage, CourseRelease
from courses.quizzes.models import Question
from courses.services import publish_release
from lms.people.models import Role
from lms.people.services.course_teams import join_team
from lms.progress.models import AssessmentAttempt
from lms.teaching import selectors
from lms.teaching.selectors import find_bank, read_attempts
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.people import PersonFactory, RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for, create_personas
from tests.queries import count_page_queries, count_queries

QUESTIONS = "/docencia/curso/preguntas/"


@pytest.fixture
def course(db: None, at: datetime) -> CoursePage:
    return make_course(at=at)


@pytest.fixture
def people(course: CoursePage, at: datetime) -> Personas:
    people = create_personas()
    join_team(user=people.diego, course_code="curso", at=at - timedelta(days=1))
    return people


@pytest.fixture
def trainer(people: Personas) -> Client:
    return client_for(people.diego)


def take(count: int, at: datetime, *, weak: int = 0) -> list[Learner]:
    """So many people hand in an attempt; the first ``weak`` of them with everything wrong."""
    learners = []
    for number in range(count):
        person = PersonFactory(given_names=f"Aprendiz {number}", family_names="Secreta")
        learner = make_learner(person=person, at=at)
        learner.read_everything(at)
        learner.take_assessment(at + timedelta(minutes=number), right=number >= weak, seed=number)
        learners.append(learner)
    return learners


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_trainer_finds_the_assessments(trainer: Client, at: datetime) -> None:
    take(2, at)
    page = text_of(trainer, "/docencia/")
    assert QUESTIONS in page and "Curso de prueba" in page


def test_below_thirty_attempts_nothing_is_told(trainer: Client, at: datetime) -> None:
    take(3, at, weak=1)
    page = text_of(trainer, QUESTIONS)
    assert "Todavía son pocos intentos" in page and "La eligieron" not in page


def test_from_thirty_attempts_on_figures_and_advice_are_told(
    trainer: Client, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courses.quizzes.rules.analysis.FEWEST", 4)
    take(8, at, weak=4)
    page = text_of(trainer, QUESTIONS)
    assert "Fiabilidad" in page and "La aciertan" in page and "La eligieron" in page


def test_nobody_is_named(trainer: Client, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("courses.quizzes.rules.analysis.FEWEST", 2)
    take(4, at, weak=2)
    page = text_of(trainer, QUESTIONS)
    assert "Secreta" not in page and "Aprendiz" not in page


def test_only_handed_in_attempts_at_the_present_version_of_a_question_count(
    course: CoursePage, at: datetime
) -> None:
    take(2, at)
    changed = Question.objects.get(key="q0")
    changed.stem = "Otras palabras"
    changed.save()
    publish_release(page=CoursePage.objects.get(), at=at)
    bank = find_bank(course_code="curso")
    assert bank is not None
    keys = {item.key for attempt in read_attempts(bank=bank) for item in attempt}
    assert keys and "q0" not in keys


def test_an_open_attempt_does_not_count(course: CoursePage, at: datetime) -> None:
    take(2, at)
    AssessmentAttempt.objects.filter(enrolment=AssessmentAttempt.objects.first().enrolment).update(
        state="open"
    )
    bank = find_bank(course_code="curso")
    assert bank is not None and len(read_attempts(bank=bank)) == 1


def test_the_time_of_an_answer_runs_from_the_one_before(course: CoursePage, at: datetime) -> None:
    [learner] = take(1, at)
    attempt = learner.enrolment.attempts.get()
    first, second, third = attempt.events.all()
    attempt.events.filter(pk=second.pk).update(given_at=first.given_at + timedelta(seconds=40))
    attempt.events.filter(pk=third.pk).update(given_at=first.given_at + timedelta(hours=2))
    bank = find_bank(course_code="curso")
    assert bank is not None
    seconds = {item.key: item.seconds for item in read_attempts(bank=bank)[0]}
    assert seconds[second.question_key] == 40
    assert seconds[third.question_key] is None  # a longer pause was spent elsewhere


def test_the_cost_does_not_grow_with_the_attempts(course: CoursePage, at: datetime) -> None:
    bank = find_bank(course_code="curso")
    assert bank is not None
    take(2, at)
    few = count_queries(lambda: read_attempts(bank=bank))
    take(6, at)
    assert count_queries(lambda: read_attempts(bank=bank)) == few == 5


def test_only_the_last_attempts_are_read(
    course: CoursePage, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "MOST_ATTEMPTS", 3)
    take(5, at)
    bank = find_bank(course_code="curso")
    assert bank is not None and len(read_attempts(bank=bank)) == 3


@pytest.mark.parametrize("role", [Role.HR, Role.AUDITOR, Role.PLAN_OWNER])
def test_other_roles_find_nothing(people: Personas, role: str) -> None:
    user = UserFactory(email="otra@servicio.example")
    RoleAssignmentFactory(user=user, role=role, institution=people.institution if role == Role.HR else None)
    assert client_for(user).get(QUESTIONS).status_code == 404


def test_a_course_without_questions_says_so(trainer: Client) -> None:
    CourseRelease.objects.update(is_current=False)
    response = trainer.get(QUESTIONS)
    assert response.status_code == 200 and "Aún no hay preguntas que medir" in response.content.decode()


@pytest.mark.parametrize("address", ["/docencia/otro/preguntas/", "/docencia/../preguntas/"])
def test_a_course_that_is_not_there_is_not_found(trainer: Client, address: str) -> None:
    assert trainer.get(address).status_code == 404


def test_the_page_costs_the_same_for_few_and_many(trainer: Client, at: datetime) -> None:
    take(2, at)
    few = count_page_queries(trainer, QUESTIONS)
    take(5, at)
    assert count_page_queries(trainer, QUESTIONS) == few
