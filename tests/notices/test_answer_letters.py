"""What an e-mail about an answer says, where it leads, and what it never says."""

from datetime import timedelta

import pytest

from courses.readability import measure
from lms.people.models import Person
from tests.factories.people import UserFactory
from tests.notices.answering import ANSWERED, ASKED, ask_and_answer, plan
from tests.notices.sink import Received, Sink
from tests.notices.stage import Stage
from tests.personas import client_for


@pytest.fixture
def ana(stage: Stage) -> Person:
    return stage.hire(person={"user": UserFactory()})


@pytest.fixture
def mail(stage: Stage, sink: Sink, ana: Person) -> Received:
    """Asked on 11 November, answered on the 20th."""
    ask_and_answer(ana, at=stage.at, asked_at=stage.at - timedelta(days=9))
    plan(stage.at)
    stage.send()
    [received] = sink.received
    return received


def test_text_and_html_say_that_there_is_an_answer_and_to_what(mail: Received) -> None:
    for part in (mail.part("text/plain"), mail.part("text/html")):
        for text in (
            "Hola, Ana:",
            "Hay una respuesta a la consulta que hiciste el 11 de noviembre de 2026.",
            "hiciste una consulta a Servicio de Registros Territoriales",
            "https://aula.gob.example/aula/mi-registro/consultas/",
        ):
            assert text in part


def test_nothing_of_the_question_the_answer_or_the_record_is_in_it(mail: Received, ana: Person) -> None:
    raw = mail.raw.decode() + mail.part("text/plain") + mail.part("text/html")
    for secret in (
        ASKED,
        ANSWERED,
        "Un curso",
        "Carla",
        ana.family_names,
        ana.run_masked,
        str(ana.public_id),
    ):
        assert secret not in raw


def test_the_link_leads_the_person_to_the_answer(mail: Received, ana: Person) -> None:
    [link] = [line for line in mail.part("text/plain").splitlines() if "/consultas/" in line]
    assert link in mail.part("text/html")
    page = client_for(ana.user).get(link.removeprefix("https://aula.gob.example"))
    assert page.status_code == 200 and ANSWERED in page.content.decode()


def test_it_can_be_stopped_with_one_click(mail: Received) -> None:
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<https://aula.gob.example/avisos/baja/" in str(mail.message["List-Unsubscribe"])


def test_nothing_is_loaded(mail: Received) -> None:
    html = mail.part("text/html")
    for forbidden in ("<img", "<table", "<link", "<script", "@import", "url(", "http://"):
        assert forbidden not in html


def test_the_words_are_easy_to_read(mail: Received) -> None:
    text = mail.part("text/plain").replace("Servicio de Registros Territoriales", "tu servicio")
    found = measure("\n".join(line for line in text.splitlines() if "http" not in line))
    assert found.score >= 65 and found.longest_sentence <= 20, found
