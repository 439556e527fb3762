"""What learners say back: five questions, two questionnaires, errors in lessons."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from courses.models import CoursePage
from courses.quizzes.models import Question
from courses.services import publish_release
from lms.feedback.links import answer_path, make_token
from lms.feedback.models import AnswerTally, Asking, LessonReport, OpinionText, RecallTally
from lms.feedback.rules.askings import AskingKind
from lms.feedback.services.reports import MOST_A_DAY, settle_report
from lms.journeys.erase_person import erase_person
from lms.progress.models import Completion
from tests.factories.feedback import THREE_MONTHS, TWO_WEEKS, asking_of, report
from tests.factories.learning import Learner
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

ERROR = "/aula/curso/l1/error/"
OPINION = "/aula/curso/opinion/"
REPORTS = "/aula/mis-avisos-de-error/"


@pytest.fixture
def done(learner: Learner, at: datetime) -> Learner:
    """Ana has completed the course."""
    learner.complete(at)
    return learner


def link(learner: Learner, kind: AskingKind) -> str:
    return answer_path(kind=kind, public_id=asking_of(learner, kind).public_id, course_code="curso")


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def right_answers(page: str) -> dict[str, str]:
    """Of each question the option «Sí», which is the right one."""
    found = re.findall(r'name="(q\d+)" value="(\d)"[^>]*><span>Sí<', page)
    return dict(found) | {"version": re.findall(r'name="version" value="(\d+)"', page)[0]}


# --- Five questions -------------------------------------------------------------------------------
def test_the_link_opens_five_questions_without_logging_in_and_names_nobody(
    done: Learner, at: datetime
) -> None:
    with time_machine.travel(at + TWO_WEEKS):
        page = text_of(Client(), link(done, AskingKind.RECALL))
    assert page.count("<fieldset") == 5 and "Curso de prueba" in page
    assert done.person.family_names not in page and done.person.email not in page
    assert "Bien: es lo que pide la ley." not in page


def test_answering_tells_how_it_went_once_and_stores_it_for_nobody(done: Learner, at: datetime) -> None:
    url, guest = link(done, AskingKind.RECALL), Client()
    with time_machine.travel(at + TWO_WEEKS):
        answers = right_answers(text_of(guest, url))
        answers["q1"] = "1" if answers["q1"] == "0" else "0"
        told = guest.post(url, answers)
        again = guest.post(url, answers)
    page = told.content.decode()
    assert told.status_code == 200 and "Recordaste 4 de 5" in page
    assert "Mira de nuevo la tarjeta de la ley." in page and "Respondiste: No" in page
    assert "data-language" not in page
    assert "Gracias por responder" in again.content.decode()
    assert AnswerTally.objects.get().waiting == 1
    assert {str(row.points_waiting) for row in RecallTally.objects.filter(subject="question")} == {
        "1.0000",
        "0.0000",
    }


def test_looking_twice_shows_the_same_questions_and_changes_nothing(done: Learner, at: datetime) -> None:
    url = link(done, AskingKind.RECALL)
    with time_machine.travel(at + TWO_WEEKS):
        stems = [re.findall(r"en q\d", text_of(Client(), url)) for _time in range(2)]
        Client().head(url)
    assert stems[0] == stems[1] and not AnswerTally.objects.exists()


def test_answers_are_graded_by_the_questions_that_were_shown(
    done: Learner, course: CoursePage, at: datetime
) -> None:
    url, guest = link(done, AskingKind.RECALL), Client()
    with time_machine.travel(at + TWO_WEEKS):
        answers = right_answers(text_of(guest, url))
        Question.objects.filter(key__in=["q0", "q1"]).delete()
        publish_release(page=CoursePage.objects.get(), at=at + TWO_WEEKS)
        assert "Recordaste 5 de 5" in guest.post(url, answers).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Responde al menos una pregunta."),
        ({"q1": "77", "q2": "0"}, "Hay respuestas que no pudimos leer"),
        ({"q1": "\x00", "version": "x" * 90}, "Hay respuestas que no pudimos leer"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_lost(
    done: Learner, at: datetime, data: dict[str, str], words: str
) -> None:
    with time_machine.travel(at + TWO_WEEKS):
        response = Client().post(link(done, AskingKind.RECALL), data)
    page = response.content.decode()
    assert response.status_code == 400 and words in page
    assert page.count(" checked") == (1 if "q2" in data else 0)
    assert not AnswerTally.objects.exists()


@pytest.mark.parametrize("days", [13, 75])
def test_before_and_after_its_time_nothing_is_asked(done: Learner, at: datetime, days: int) -> None:
    with time_machine.travel(at + timedelta(days=days)):
        page = text_of(Client(), link(done, AskingKind.RECALL))
    assert "Ya no se puede responder" in page and "<fieldset" not in page


def test_a_link_opens_one_asking_of_one_course_and_no_other(done: Learner) -> None:
    token = make_token(public_id=asking_of(done, AskingKind.RECALL).public_id)
    for url in (
        f"/aula/otro/repaso/{token}/",
        f"/aula/curso/opinion/{token}/",
        f"/aula/curso/repaso/{token}x/",
        f"/aula/curso/repaso/{done.person.public_id.hex}/",
    ):
        assert Client().get(url).status_code == 404


def test_of_an_erased_person_nothing_opens(done: Learner, at: datetime) -> None:
    url = link(done, AskingKind.RECALL)
    erase_person(person=done.person, at=at)
    assert Client().get(url).status_code == 404


def test_who_is_logged_in_needs_no_link(client: Client, people: Personas, done: Learner) -> None:
    assert client.get("/aula/curso/repaso/")["Location"] == link(done, AskingKind.RECALL)
    assert client_for(people.elena).get("/aula/curso/repaso/").status_code == 404


# --- Questionnaires -------------------------------------------------------------------------------
def test_who_completed_gives_an_opinion_once(client: Client, done: Learner, fixed_clock: None) -> None:
    page = text_of(client, OPINION)
    assert "Qué te pareció" in page and "de 5 en 5 personas" in page
    assert client.post(OPINION, {"useful": "5", "best": "  Los casos. "}).status_code == 302
    assert "Gracias por responder" in text_of(client, OPINION)
    assert OpinionText.objects.get().text == "Los casos."


def test_the_result_offers_the_questionnaire_while_it_is_open(
    client: Client, done: Learner, at: datetime
) -> None:
    result = "/aula/curso/evaluacion-final/intento/1/resultado/"
    with time_machine.travel(at):
        assert OPINION in text_of(client, result)
        client.post(OPINION, {"useful": "5"})
        assert OPINION not in text_of(client, result)


@pytest.mark.parametrize("days", [0, 91])
def test_a_result_without_an_open_questionnaire_offers_none(
    client: Client, done: Learner, at: datetime, days: int
) -> None:
    if not days:
        done.enrolment.askings.all().delete()
    with time_machine.travel(at + timedelta(days=days)):
        assert OPINION not in text_of(client, "/aula/curso/evaluacion-final/intento/1/resultado/")


def test_the_result_of_a_completion_that_no_longer_counts_offers_neither_certificate_nor_questionnaire(
    client: Client, done: Learner, fixed_clock: None
) -> None:
    Completion.objects.update(counts=False)
    page = text_of(client, "/aula/curso/evaluacion-final/intento/1/resultado/")
    assert "ya no cuenta como completado" in page
    assert OPINION not in page and "Tu certificado está listo" not in page


def test_who_has_not_completed_is_not_asked(client: Client, learner: Learner, people: Personas) -> None:
    assert client.get(OPINION).status_code == client_for(people.elena).get(OPINION).status_code == 404


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Responde al menos una pregunta."),
        ({"useful": "9", "best": "Bien"}, "Elige una de las cinco opciones."),
        ({"useful": "4", "best": "x" * 1001}, "Usa hasta 1.000 letras."),
        ({"best": "a\x00b"}, "caracteres nulos"),
    ],
)
def test_a_wrong_questionnaire_comes_back_as_it_was(
    client: Client, done: Learner, fixed_clock: None, data: dict[str, str], words: str
) -> None:
    response = client.post(OPINION, data)
    assert response.status_code == 400 and words in response.content.decode()
    assert not Asking.objects.filter(is_answered=True).exists()


def test_three_months_later_it_is_asked_by_a_link_what_changed(done: Learner, at: datetime) -> None:
    url, guest = link(done, AskingKind.LATER), Client()
    with time_machine.travel(at + THREE_MONTHS):
        assert "Qué haces desde entonces" in text_of(guest, url)
        assert guest.post(url, {"applied": "4"}).status_code == 302
    assert AnswerTally.objects.get().kind == "later"


def test_my_learning_offers_what_is_open(client: Client, done: Learner, at: datetime) -> None:
    with time_machine.travel(at + TWO_WEEKS):
        client = client_for(done.person.user)
        page = text_of(client, "/aula/")
    assert "Dar mi opinión" in page and "Hacer el repaso" in page and "Contar qué cambió" not in page


# --- Errors ---------------------------------------------------------------------------------------
def test_a_lesson_leads_to_the_form_and_back(client: Client, learner: Learner) -> None:
    assert ERROR in text_of(client, "/aula/curso/l1/")
    response = client.post(ERROR, {"kind": "typo", "text": "Dice «haber».", "wants_answer": "on"})
    assert response["Location"] == "/aula/curso/l1/"
    found = LessonReport.objects.get()
    assert (found.title, found.unit_key, found.wants_answer) == ("Lección l1", "l1", True)
    assert "Gracias." in text_of(client, "/aula/curso/l1/")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Elige qué encontraste."),
        ({"kind": "typo", "text": "  "}, "Escribe dónde está el error."),
        ({"kind": "typo", "text": "x" * 1001}, "Usa hasta 1.000 letras."),
        ({"kind": "rey", "text": "Lo mío"}, "Elige una opción de la lista."),
    ],
)
def test_a_wrong_report_is_explained_and_kept_in_the_form(
    client: Client, learner: Learner, data: dict[str, str], words: str
) -> None:
    response = client.post(ERROR, data)
    page = response.content.decode()
    assert response.status_code == 400 and words in page and data.get("text", "").strip() in page
    assert not LessonReport.objects.exists()


def test_who_reports_too_much_keeps_the_text(client: Client, learner: Learner, at: datetime) -> None:
    with time_machine.travel(at):
        client = client_for(learner.person.user)
        for number in range(MOST_A_DAY):
            report(learner.enrolment, at, text=f"Error {number}")
        response = client.post(ERROR, {"kind": "typo", "text": "Uno más"})
    page = response.content.decode()
    assert response.status_code == 400 and "10 avisos en un día" in page and "Uno más" in page


def test_i_read_what_became_of_mine_and_nobody_elses(
    client: Client, people: Personas, learner: Learner, at: datetime
) -> None:
    found = report(learner.enrolment, at)
    settle_report(report_id=found.pk, state="dismissed", answer="Así se escribe.", settled_by_id=None, at=at)
    page = text_of(client, REPORTS)
    assert "No se cambia" in page and "Así se escribe." in page
    assert "Así se escribe." not in text_of(client_for(people.elena), REPORTS)


def test_my_reports_cost_the_same_for_few_and_many(client: Client, learner: Learner, at: datetime) -> None:
    report(learner.enrolment, at)
    few = count_page_queries(client, REPORTS)
    for number in range(9):
        report(learner.enrolment, at, text=f"Error {number}")
    assert count_page_queries(client, REPORTS) == few
