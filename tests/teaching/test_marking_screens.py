"""Marking, reviewing and grading again, as trainers see it."""

from datetime import datetime, timedelta
from random import Random

import pytest
from django.test import Client

from courses.models import CoursePage
from courses.quizzes.models import Question
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.selectors import list_questions
from courses.services import publish_release
from lms.journeys.take_assessment import close_if_over, hand_in_attempt, start_attempt
from lms.people.models import Person
from lms.people.services.course_teams import join_team
from lms.progress.models import (
    AnswerToMark,
    AssessmentAttempt,
    AttemptSign,
    LateDecision,
    Regrade,
    RubricMark,
)
from lms.progress.services.attempts import save_answer
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.open_answers import hand_in_open, make_open_course, waiting
from tests.factories.people import PersonFactory
from tests.personas import client_for, create_personas
from tests.queries import count_page_queries

QUEUE, REVIEW = "/docencia/curso/corregir/", "/docencia/curso/revisar/"


@pytest.fixture
def trainer(db: None, at: datetime) -> Client:
    people = create_personas()
    join_team(user=people.diego, course_code="curso", at=at - timedelta(days=1))
    return client_for(people.diego)


def reader(at: datetime, name: str = "Aprendiz") -> Learner:
    learner = make_learner(person=PersonFactory(given_names=name, family_names="Secreta"), at=at)
    learner.read_everything(at)
    return learner


def open_paper(trainer: Client) -> str:
    return str(trainer.post(f"{QUEUE}siguiente/").headers["Location"])


def test_an_answer_is_marked_without_telling_whose_it_is(trainer: Client, at: datetime) -> None:
    make_open_course(at=at)
    hand_in_open(reader(at), at, text="Me abstengo y aviso.")
    paper = open_paper(trainer)
    page = trainer.get(paper).content.decode()
    assert "Me abstengo y aviso." in page and "Debe decir que se abstiene." in page
    assert "Secreta" not in page and "Aprendiz" not in page
    answer = trainer.post(paper, {"c0": "2", "comment": "Muy bien."}, follow=True)
    assert "No quedan respuestas que puedas corregir" in answer.content.decode()
    assert RubricMark.objects.get().comment == "Muy bien."
    assert AssessmentAttempt.objects.get().passed


def test_who_wrote_an_answer_learns_that_it_was_read_and_not_by_whom(trainer: Client, at: datetime) -> None:
    make_open_course(at=at)
    ana = Person.objects.get(user__email="ana@servicio.example")
    learner = make_learner(person=ana, at=at)
    learner.read_everything(at)
    hand_in_open(learner, at)
    trainer.get(open_paper(trainer))
    page = client_for(ana.user).get("/aula/quien-me-vio/").content.decode()
    assert "Leyó una respuesta tuya para corregirla, sin saber de quién era" in page
    assert "<td>No se dice</td>" in page and "Diego" not in page


@pytest.mark.parametrize("data", [{}, {"c0": "7"}, {"c0": "x"}, {"c0": "2", "comment": "x" * 1001}])
def test_a_mark_that_cannot_be_is_explained_and_not_kept(
    trainer: Client, at: datetime, data: dict[str, str]
) -> None:
    make_open_course(at=at)
    hand_in_open(reader(at), at)
    answer = trainer.post(open_paper(trainer), data)
    assert answer.status_code == 400 and "Error:" in answer.content.decode()
    assert not RubricMark.objects.exists()


def test_an_answer_is_put_back(trainer: Client, at: datetime) -> None:
    make_open_course(at=at)
    hand_in_open(reader(at), at)
    paper = open_paper(trainer)
    trainer.post(f"{paper}dejar/")
    assert waiting().claimed_by is None
    assert trainer.get(paper).status_code == 302


def test_the_queue_costs_the_same_for_few_and_many(trainer: Client, at: datetime) -> None:
    make_open_course(at=at)
    hand_in_open(reader(at), at)
    few = count_page_queries(trainer, QUEUE)
    for number in range(3):
        hand_in_open(reader(at, f"Otra {number}"), at)
    assert count_page_queries(trainer, QUEUE) == few
    assert AnswerToMark.objects.count() == 4


def begin_attempt(at: datetime) -> tuple[Learner, AssessmentAttempt]:
    """One of thirty minutes."""
    make_course(at=at, assessment_minutes=30)
    learner = reader(at)
    attempt = start_attempt(
        enrolment_id=learner.enrolment.pk, unit_key="evaluacion-final", platform=learner.platform, at=at,
        chance=Random(1),
    )  # fmt: skip
    return learner, attempt


def answer_first(attempt: AssessmentAttempt, at: datetime) -> None:
    questions = list_questions(release=attempt.release, key=attempt.unit_key)
    key = attempt.drawn[0]["key"]
    save_answer(
        attempt_id=attempt.pk, question=questions[key], answer=sorted(questions[key].body.correct),
        is_flagged=False, at=at,
    )  # fmt: skip


def late_attempt(at: datetime) -> AssessmentAttempt:
    learner, attempt = begin_attempt(at)
    answer_first(attempt, at + timedelta(minutes=42))
    return close_if_over(attempt=attempt, platform=learner.platform, at=at + timedelta(hours=1))


def test_late_answers_are_shown_without_a_name_and_decided_with_a_reason(
    trainer: Client, at: datetime
) -> None:
    attempt = late_attempt(at)
    page = trainer.get(REVIEW).content.decode()
    assert "12 min" in page and "Secreta" not in page
    trainer.post(f"{REVIEW}tardias/{attempt.pk}/", {"accept": "si", "reason": "Se cortó la red."})
    attempt.refresh_from_db()
    assert attempt.correct == 1 and LateDecision.objects.get().reason == "Se cortó la red."


def test_an_answer_after_an_early_hand_in_is_late_since_the_hand_in(trainer: Client, at: datetime) -> None:
    learner, attempt = begin_attempt(at)
    hand_in_attempt(attempt=attempt, platform=learner.platform, at=at + timedelta(minutes=10))
    answer_first(attempt, at + timedelta(minutes=17))
    assert "7 min después de la entrega" in trainer.get(REVIEW).content.decode()


@pytest.mark.parametrize(
    "data", [{"accept": "si"}, {"reason": "Porque sí."}, {"accept": "quizás", "reason": "x"}]
)
def test_a_late_decision_without_reason_or_answer_changes_nothing(
    trainer: Client, at: datetime, data: dict[str, str]
) -> None:
    attempt = late_attempt(at)
    answer = trainer.post(f"{REVIEW}tardias/{attempt.pk}/", data, follow=True)
    assert "No cambió nada" in answer.content.decode() and not LateDecision.objects.exists()


def test_a_sign_is_looked_at_and_punishes_nobody(trainer: Client, at: datetime) -> None:
    make_course(at=at)
    attempt = reader(at).take_assessment(at)
    sign = AttemptSign.objects.create(attempt=attempt, sign="too_fast", count=9, total=10, found_at=at)
    assert "9 de 10 preguntas" in trainer.get(REVIEW).content.decode()
    trainer.post(f"{REVIEW}senales/{sign.pk}/", {"state": "fine"})
    sign.refresh_from_db()
    attempt.refresh_from_db()
    assert sign.state == "fine" and attempt.passed
    assert "Nada por revisar" in trainer.get(REVIEW).content.decode()


@pytest.mark.parametrize("own_is_other", [False, True])
def test_a_sign_of_an_own_attempt_is_left_to_somebody_else(
    trainer: Client, at: datetime, own_is_other: bool
) -> None:
    make_course(at=at)
    own = make_learner(person=Person.objects.get(user__email="diego@servicio.example"), at=at)
    own.read_everything(at)
    pair = [reader(at).take_assessment(at), own.take_assessment(at)]
    attempt, other = pair if own_is_other else reversed(pair)
    sign = AttemptSign.objects.create(
        attempt=attempt, other=other, sign="same_timing", count=9, total=10, found_at=at
    )
    assert "Nada por revisar" in trainer.get(REVIEW).content.decode()
    answer = trainer.post(f"{REVIEW}senales/{sign.pk}/", {"state": "fine"}, follow=True)
    sign.refresh_from_db()
    assert sign.state == "new" and "Es un intento tuyo" in answer.content.decode()


@pytest.mark.parametrize("state", ["", "new", "punished"])
def test_a_state_that_is_none_leaves_the_sign_as_it_is(trainer: Client, at: datetime, state: str) -> None:
    make_course(at=at)
    attempt = reader(at).take_assessment(at)
    sign = AttemptSign.objects.create(attempt=attempt, sign="too_fast", count=9, total=10, found_at=at)
    trainer.post(f"{REVIEW}senales/{sign.pk}/", {"state": state})
    sign.refresh_from_db()
    assert sign.state == "new"


def wrong_key(at: datetime) -> str:
    """Somebody failed because of a wrong key, which is mended now. The question."""
    page = make_course(at=at, pass_percent=60)
    attempt = reader(at).take_assessment(at, right=False)
    key: str = attempt.drawn[0]["key"]
    question = Question.objects.get(key=key)
    question.set_body(QuestionKind.SINGLE, Choice((Option("Sí", False), Option("No", True))))
    question.save()
    publish_release(page=CoursePage.objects.get(pk=page.pk), at=at)
    return key


def test_a_wrong_key_is_mended_and_the_result_told_anew(trainer: Client, at: datetime) -> None:
    key = wrong_key(at)
    assert "pauta cambió después de usarse" in trainer.get("/docencia/curso/preguntas/").content.decode()
    address = f"/docencia/curso/preguntas/{key}/recorregir/"
    assert "Pasan a aprobar" in trainer.get(address).content.decode()
    page = trainer.post(address, {"method": "key", "reason": "La clave era otra."}, follow=True)
    text = page.content.decode()
    assert Regrade.objects.get().finished_at is not None and "Subió el resultado de" in text
    assert AssessmentAttempt.objects.get().correct == 1
    assert "Secreta" not in text


@pytest.mark.parametrize("data", [{}, {"method": "key"}, {"method": "otra", "reason": "x"}])
def test_a_regrade_without_method_or_reason_is_explained(
    trainer: Client, at: datetime, data: dict[str, str]
) -> None:
    key = wrong_key(at)
    answer = trainer.post(f"/docencia/curso/preguntas/{key}/recorregir/", data)
    assert answer.status_code == 400 and not Regrade.objects.exists()
