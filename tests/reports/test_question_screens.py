"""The queue of questions: who reads it, in which order, and what an answer does."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from lms.people.models import AccessLogEntry, Person, Role
from lms.progress.models import RecordQuestion
from tests.factories.learning import make_course
from tests.factories.people import PersonFactory, PostingFactory, RoleAssignmentFactory, UserFactory
from tests.factories.records import ask, make_claim
from tests.factories.requirements import make_requirement, make_spec
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = pytest.mark.usefixtures("fixed_clock")
QUEUE = "/cumplimiento/consultas/"


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


@pytest.fixture
def ana(personas: Personas) -> Person:
    person: Person = personas.ana.person
    return person


@pytest.fixture
def auditor(personas: Personas) -> Client:
    account = UserFactory(email="auditoria@servicio.example")
    RoleAssignmentFactory(user=account, role=Role.AUDITOR, everywhere=True)
    return client_for(account)


def url_of(question: RecordQuestion) -> str:
    return reverse("reports:question", args=[question.public_id])


def test_who_waits_longest_comes_first_with_its_days(
    carla: Client, ana: Person, personas: Personas, at: datetime
) -> None:
    ask(personas.bruno.person, at=at - timedelta(days=2))
    ask(ana, at=at - timedelta(days=9))
    lines = carla.get(QUEUE).context["lines"]
    assert [(line.question.person, line.days) for line in lines] == [(ana, 9), (personas.bruno.person, 2)]


def test_after_ten_working_days_it_warns(
    carla: Client, ana: Person, personas: Personas, at: datetime
) -> None:
    ask(personas.bruno.person, at=at - timedelta(days=14))
    ask(ana, at=at - timedelta(days=17))
    page = carla.get(QUEUE)
    assert [line.is_late for line in page.context["lines"]] == [True, False]
    assert "1 consulta lleva más de 10 días hábiles" in page.content.decode()


def test_the_queue_shows_the_open_ones_and_a_filter_the_others(
    carla: Client, ana: Person, at: datetime
) -> None:
    question = ask(ana, at=at)
    carla.post(url_of(question), {"text": "Lo revisamos."})
    assert not carla.get(QUEUE).context["lines"]
    for state, count in (("respondidas", 1), ("corregidas", 0), ("todas", 1), ("inventado", 0)):
        assert len(carla.get(QUEUE, {"estado": state}).context["lines"]) == count


def test_other_institutions_and_other_roles_find_nothing(
    personas: Personas, ana: Person, at: datetime
) -> None:
    question = ask(ana, at=at)
    elena = client_for(personas.elena)
    assert "Rojas" not in elena.get(QUEUE).content.decode()
    assert elena.get(url_of(question)).status_code == 404
    assert elena.post(url_of(question), {"text": "Hola"}).status_code == 404
    for name in ("ana", "bruno", "diego", "iris", "pedro"):
        client = client_for(getattr(personas, name))
        assert client.get(QUEUE).status_code == client.get(url_of(question)).status_code == 404


def test_a_team_lead_does_not_read_what_the_team_questions(
    personas: Personas, ana: Person, at: datetime
) -> None:
    question = ask(ana, at=at)
    account = UserFactory(email="jefa@servicio.example")
    RoleAssignmentFactory(
        user=account, role=Role.TEAM_LEAD, institution=personas.institution, unit=personas.unit
    )
    lead = client_for(account)
    assert lead.get(QUEUE).status_code == lead.get(url_of(question)).status_code == 404


def test_an_auditor_reads_and_answers_nothing(auditor: Client, ana: Person, at: datetime) -> None:
    question = ask(ana, at=at)
    text = auditor.get(url_of(question)).content.decode()
    assert "Falta un curso mío." in text and "Enviar la respuesta" not in text
    assert auditor.post(url_of(question), {"text": "Hola"}).status_code == 404
    assert not question.answers.exists()


def test_nobody_answers_the_own_question(carla: Client, personas: Personas, at: datetime) -> None:
    question = ask(personas.carla.person, at=at)
    assert "Enviar la respuesta" not in carla.get(url_of(question)).content.decode()
    assert carla.post(url_of(question), {"text": "Tengo razón."}).status_code == 404


def test_each_look_is_told_to_the_person(carla: Client, ana: Person, at: datetime) -> None:
    question = ask(ana, at=at)
    carla.get(QUEUE)
    carla.get(url_of(question))
    carla.post(url_of(question), {"text": "Lo revisamos."})
    details = list(AccessLogEntry.objects.filter(subject=ana).order_by("pk").values_list("detail", flat=True))
    assert details == ["question_seen", "question_seen", "question_answered"]


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_bad_answer_is_refused_and_kept_in_the_form(
    carla: Client, ana: Person, at: datetime, text: str
) -> None:
    question = ask(ana, at=at)
    response = carla.post(url_of(question), {"text": text})
    assert response.status_code == 400 and not question.answers.exists()
    assert text.strip() in response.content.decode()


def test_a_second_answer_changes_nothing(carla: Client, ana: Person, at: datetime) -> None:
    question = ask(ana, at=at)
    for text in ("Lo revisamos.", "Otra vez."):
        carla.post(url_of(question), {"text": text})
    assert question.answers.get().text == "Lo revisamos."


def test_the_words_of_the_person_are_escaped(carla: Client, ana: Person, at: datetime) -> None:
    question = ask(ana, at=at, text="<img src=x onerror=alert(1)>")
    text = carla.get(url_of(question)).content.decode()
    assert "<img src=x" not in text and "&lt;img src=x" in text


def test_of_a_requirement_hr_may_exempt_and_the_answer_says_so(
    carla: Client, ana: Person, personas: Personas, at: datetime
) -> None:
    make_course(at=at)
    spec = make_spec(make_claim(ana, at=at).course_id, starts_on=at.date())
    asked = make_requirement(owner=personas.institution, spec=spec, at=at)
    question = ask(ana, at=at, subject="due_date", key=str(asked.public_id))
    assert "Eximir" in carla.get(url_of(question)).content.decode()
    fields = {
        "exigencia": str(asked.public_id), "persona": str(ana.public_id), "volver": url_of(question),
        "first_day": "2026-11-20", "last_day": "2026-12-20", "reason": "Comisión de servicio",
    }  # fmt: skip
    assert carla.post(reverse("reports:exempt"), fields)["Location"] == url_of(question)
    carla.post(url_of(question), {"text": "Te eximimos."})
    question.refresh_from_db()
    assert question.state == RecordQuestion.State.CORRECTED and question.answers.get().exemption


def test_an_unknown_question_is_not_found(carla: Client) -> None:
    assert carla.get(reverse("reports:question", args=[uuid4()])).status_code == 404


def test_the_queue_asks_as_many_queries_for_few_and_many(
    carla: Client, personas: Personas, at: datetime
) -> None:
    def crowd(count: int) -> None:
        for _number in range(count):
            person = PersonFactory()
            PostingFactory(person=person, institution=personas.institution, unit=personas.unit)
            ask(person, at=at)

    crowd(3)
    carla.get(QUEUE)
    few = count_page_queries(carla, QUEUE)
    crowd(27)
    assert count_page_queries(carla, QUEUE) == few <= 20
