"""What is asked of me, my record, and what I question of it."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from courses.readability import measure
from lms.journeys.correct_completion import correct_completion
from lms.people.models import Leave, Person
from lms.progress.models import Completion, Enrolment, QuestionSubject, RecordQuestion, TrainingRequirement
from lms.progress.services.assigned import follow_people
from lms.progress.services.questions import answer_question
from lms.progress.services.requirements import exempt_person
from lms.workshops.models import Attendance
from lms.workshops.rules import Mark
from lms.workshops.services.sheets import save_sheet
from lms.xapi.models import Statement
from lms.xapi.platform import current_platform
from tests.factories.learning import make_learner
from tests.factories.people import UserFactory
from tests.factories.records import PDF, ask, attest, author_at, grade_again, make_claim
from tests.factories.requirements import make_requirement, make_spec
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = pytest.mark.usefixtures("fixed_clock")
HOME, RECORD, ASK = "/aula/", "/aula/mi-registro/", "/aula/mi-registro/preguntar/"


@pytest.fixture
def me(people: Personas) -> Person:
    person: Person = people.ana.person
    return person


def require(
    people: Personas, at: datetime, *, due: date, title: str = "Integridad 2026", **more: object
) -> TrainingRequirement:
    course = make_claim(people.ana.person, at=at).course_id
    spec = make_spec(course, starts_on=date(2026, 1, 1), due_on=due, **more)
    return make_requirement(owner=people.institution, spec=spec, at=at, title=title)


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


# --- What is asked of me -------------------------------------------------------------------------
def test_home_says_what_is_asked_by_when_and_why(client: Client, people: Personas, at: datetime) -> None:
    require(people, at, due=date(2026, 12, 2))
    text = text_of(client, HOME)
    for words in ("Lo que se me exige", "Integridad 2026", "Lo pide el plan anual.", "Sin iniciar"):
        assert words in text
    assert "El plazo es el 2 de diciembre de 2026: quedan 12 días." in text
    assert "Empezar" in text and "/aula/curso/inscribirme/" in text


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 20), "El plazo es hoy."),
        (date(2026, 11, 21), "queda 1 día."),
        (date(2026, 11, 19), "hace 1 día."),
        (date(2026, 6, 1), "El plazo era el 1 de junio de 2026: hace 172 días."),
    ],
)
def test_the_deadline_is_told_in_days(
    client: Client, people: Personas, at: datetime, due: date, words: str
) -> None:
    require(people, at, due=due)
    assert words in text_of(client, HOME)


def test_late_ones_come_first_and_only_the_first_step_is_yellow(
    client: Client, people: Personas, at: datetime
) -> None:
    require(people, at, due=date(2026, 12, 2), title="En plazo")
    require(people, at, due=date(2026, 6, 1), title="Vencida")
    page = client.get(HOME)
    assert [line.asked.requirement.title for line in page.context["home"].lines] == ["Vencida", "En plazo"]
    assert page.content.decode().count('class="btn go"') == 1


def test_a_course_in_the_middle_goes_on(client: Client, people: Personas, me: Person, at: datetime) -> None:
    require(people, at, due=date(2026, 12, 2))
    make_learner(person=me, at=at, posting=me.postings.get())
    step = client.get(HOME).context["home"].lines[0].step
    assert (step.text, step.url, step.is_post) == ("Continuar", "/aula/curso/continuar/", False)


def test_one_that_expires_is_renewed_by_enrolling_again(
    client: Client, people: Personas, me: Person, at: datetime
) -> None:
    then = at - timedelta(days=350)
    make_learner(person=me, at=then, posting=me.postings.get()).complete(then)
    require(people, at, due=date(2026, 12, 2), recertify_months=12)
    text = text_of(client, HOME)
    assert "Por vencer" in text and "Renovar" in text
    client.post("/aula/curso/inscribirme/", {"contexto": "employee"})
    assert Enrolment.objects.filter(person=me, cycle=2).exists()


def test_what_is_met_is_only_counted(client: Client, people: Personas, me: Person, at: datetime) -> None:
    make_learner(person=me, at=at, posting=me.postings.get()).complete(at)
    require(people, at, due=date(2026, 12, 2))
    home = client.get(HOME)
    assert home.context["home"].lines == [] and "Además cumples 1 exigencia." in home.content.decode()


def test_exempt_and_on_leave_are_told_in_words(
    client: Client, people: Personas, me: Person, at: datetime
) -> None:
    asked = require(people, at, due=date(2026, 12, 2))
    Leave.objects.create(person=me, institution=people.institution, first_day=date(2026, 11, 1))
    follow_people(person_ids=[me.pk], at=at)
    assert "mientras dure el permiso" in text_of(client, HOME)
    exempt_person(
        requirement=asked, person=me, first_day=at.date(), last_day=date(2026, 11, 30), reason="Comisión",
        author=None, at=at,
    )  # fmt: skip
    text = text_of(client, HOME)
    assert "No se exige hasta el 30 de noviembre de 2026." in text and "Empezar" not in text


def test_home_asks_as_many_queries_for_few_and_many(client: Client, people: Personas, at: datetime) -> None:
    for number in range(2):
        require(people, at, due=date(2026, 12, 2), title=f"Exigencia {number}")
    client.get(HOME)
    few = count_page_queries(client, HOME)
    for number in range(2, 12):
        require(people, at, due=date(2026, 12, 2), title=f"Exigencia {number}")
    assert count_page_queries(client, HOME) == few <= 20


# --- My record -----------------------------------------------------------------------------------
def test_my_record_tells_the_days_in_words(client: Client, people: Personas, at: datetime) -> None:
    require(people, at, due=date(2026, 6, 1))
    text = text_of(client, RECORD)
    assert "Desde el 2 de junio de 2026: con el plazo vencido" in text
    assert "en plazo, sin empezar" in text and "Por qué: Lo pide el plan anual." in text


def test_my_record_shows_courses_with_source_evidence_and_article_28(
    client: Client, me: Person, at: datetime
) -> None:
    completion = attest(me, at=at, minutes=20 * 45, percent=80)
    text = text_of(client, RECORD)
    for words in (
        "Escuela de Gobierno",
        "Lo acreditó Gestión de Personas",
        "Cuenta",
        "15 horas",
        "Resultado: 80",
    ):
        assert words in text
    response = client.get(reverse("classroom:evidence", args=[completion.public_id]))
    assert response.content == PDF and response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("minutes", "percent", "counts"), [(900, 80, True), (899, 80, False), (900, None, False)]
)
def test_article_28_asks_for_twenty_hours_and_a_result(
    client: Client, me: Person, at: datetime, minutes: int, percent: int | None, counts: bool
) -> None:
    attest(me, at=at, minutes=minutes, percent=percent)
    assert client.get(RECORD).context["record"].completions[0].counts_for_28 is counts


def test_a_correction_is_shown_with_role_place_date_and_reason_and_no_name(
    client: Client, people: Personas, me: Person, at: datetime
) -> None:
    completion = attest(me, at=at)
    correct_completion(
        completion=completion, reason="wrong_data", note="La fecha era otra.", author=author_at(people.institution.pk),
        platform=current_platform(), at=at, replacement=make_claim(me, at=at, completed_on=date(2026, 3, 20)),
    )  # fmt: skip
    text = text_of(client, RECORD)
    for words in (
        "Anulado", "La fecha era otra.", "Tenía un dato equivocado", "Gestión de Personas", people.institution.name,
        "20 de noviembre de 2026", "En su lugar: el del 20 de marzo de 2026", "Reemplaza a uno anulado",
    ):  # fmt: skip
        assert words in text
    assert "Carla" not in text


def test_a_voided_course_is_not_among_the_completed_ones(
    client: Client, people: Personas, me: Person, at: datetime
) -> None:
    make_learner(person=me, at=at, posting=me.postings.get()).complete(at)
    correct_completion(
        completion=Completion.objects.get(), reason="fraud", note="x", author=author_at(people.institution.pk),
        platform=current_platform(), at=at,
    )  # fmt: skip
    assert client.get(HOME).context["done_standings"] == []


def test_my_record_says_that_a_result_rose(
    client: Client, people: Personas, me: Person, at: datetime
) -> None:
    learner = make_learner(person=me, at=at, posting=me.postings.get())
    learner.complete(at)
    grade_again(learner.enrolment, at=at)
    assert "se corrigió la pauta de una pregunta de la evaluación. El puntaje subió de 2 a 3." in text_of(
        client, RECORD
    )


def test_my_record_asks_as_many_queries_for_few_and_many(
    client: Client, people: Personas, me: Person, at: datetime
) -> None:
    def more(first: int, last: int) -> None:
        for number in range(first, last):
            attest(me, at=at, completed_on=date(2026, 3, number))
            ask(me, at=at, text=f"Falta el {number}")
            require(people, at, due=date(2026, 12, 2), title=f"Exigencia {number}")

    more(1, 4)
    client.get(RECORD)
    few = count_page_queries(client, RECORD)
    more(4, 12)
    assert count_page_queries(client, RECORD) == few <= 20


def test_an_account_without_person_has_an_empty_record(db: None) -> None:
    client = client_for(UserFactory())
    assert "Todavía no completas ningún curso." in text_of(client, RECORD)
    assert client.get(f"{ASK}?sobre=missing").status_code == 404


def test_the_page_is_easy_to_read(client: Client, people: Personas, me: Person, at: datetime) -> None:
    words = [
        "Lo que tu institución te pide y lo que has completado. Si algo no está bien, dilo: lo revisan y te responden aquí.",
        "Lo lee Gestión de Personas de tu institución, y Auditoría. Nadie más. Verás la respuesta en tu registro.",
        "No se exige mientras dure el permiso. Esos días se suman al plazo.",
        "Di qué esperabas ver y por qué. Hasta 2.000 letras.",
    ]
    assert all(measure(text).score >= 65 for text in words)


# --- No estoy de acuerdo -------------------------------------------------------------------------
def link(subject: str, key: object = "") -> str:
    return f"{ASK}?sobre={subject}&clave={key}"


def test_every_line_of_the_record_can_be_questioned(
    client: Client, people: Personas, me: Person, at: datetime
) -> None:
    asked, completion = require(people, at, due=date(2026, 6, 1)), attest(me, at=at)
    text = text_of(client, RECORD).replace("&amp;", "&")
    lines = [
        (QuestionSubject.COMPLETION, completion.public_id), (QuestionSubject.STANDING, asked.public_id),
        (QuestionSubject.DUE_DATE, asked.public_id), (QuestionSubject.MISSING, ""),
    ]  # fmt: skip
    for subject, key in lines:
        assert (link(subject, key) if key else f"{ASK}?sobre=missing") in text
        response = client.post(link(subject, key), {"text": f"No es así: {subject}"}, follow=True)
        assert "Enviamos tu consulta" in response.content.decode()
    assert RecordQuestion.objects.filter(person=me, institution=people.institution).count() == 4
    assert not [s for s in Statement.objects.all() if "No es así" in s.text.decode()]


def test_an_attendance_at_a_workshop_can_be_questioned(
    client: Client, people: Personas, me: Person, at: datetime
) -> None:
    session = WorkshopSessionFactory(running=True, title="Taller de ética")
    seats = [
        RegistrationFactory(session=session, person=person, posting=person.postings.get(), context="employee")
        for person in (me, people.bruno.person)
    ]
    save_sheet(
        session_id=session.pk, marks={seat.pk: Mark.PRESENT for seat in seats}, reason="", marked_by_id=None,
        platform=current_platform(), at=at,
    )  # fmt: skip
    mine, theirs = (Attendance.objects.get(person=person) for person in (me, people.bruno.person))
    assert "Taller de ética" in text_of(client, RECORD)
    assert client.get(link("attendance", theirs.public_id)).status_code == 404
    client.post(link("attendance", mine.public_id), {"text": "Ese día no fui."})
    question = RecordQuestion.objects.get()
    assert (question.title, question.institution) == ("Taller de ética", people.institution)


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_a_bad_text_is_refused_and_not_lost(client: Client, text: str) -> None:
    response = client.post(link("missing"), {"text": text})
    assert response.status_code == 400 and text.strip() in response.content.decode()
    assert not RecordQuestion.objects.exists()


def test_sending_twice_asks_once(client: Client) -> None:
    for _time in range(2):
        client.post(link("missing"), {"text": "Falta uno."})
    assert RecordQuestion.objects.count() == 1


def test_what_is_not_mine_does_not_exist(client: Client, people: Personas, me: Person, at: datetime) -> None:
    theirs = attest(people.bruno.person, at=at)
    question = ask(people.bruno.person, at=at)
    for url in (
        link("completion", theirs.public_id), link("completion", "x"), link("standing", uuid4()), link("attendance", uuid4()),
        link("otro"), ASK, link("missing", "x"), reverse("classroom:record_question", args=[question.public_id]),
        reverse("classroom:evidence", args=[theirs.public_id]),
    ):  # fmt: skip
        assert client.get(url).status_code == 404
    assert client.post(link("completion", theirs.public_id), {"text": "Mío"}).status_code == 404
    for step in ("", "retirar/"):
        url = reverse("classroom:record_question", args=[question.public_id]) + step
        assert client.post(url, {"text": "Mío"}).status_code == 404
    question.refresh_from_db()
    assert question.is_open


def test_what_i_learned_on_my_own_is_not_put_before_my_institution(
    client: Client, me: Person, at: datetime
) -> None:
    make_learner(person=me, at=at).complete(at)
    assert client.get(link("completion", Completion.objects.get().public_id)).status_code == 404


def test_the_answer_is_shown_and_i_may_write_once_more(
    client: Client, people: Personas, me: Person, at: datetime
) -> None:
    question = ask(me, at=at, text="<b>Falta</b> uno.")
    url = reverse("classroom:record_question", args=[question.public_id])
    assert "&lt;b&gt;Falta" in text_of(client, url) and "Retirar la consulta" in text_of(client, url)
    author = author_at(people.institution.pk)
    answer_question(question_id=question.pk, text="Lo revisamos.", author=author, at=at)
    text = text_of(client, url)
    assert "Lo revisamos." in text and "Respondió Gestión de Personas" in text and "Carla" not in text
    assert "Respondieron tu consulta" in text_of(client, HOME)
    assert client.post(url, {"text": ""}).status_code == 400
    client.post(url, {"text": "Sigue faltando."})
    assert "Sigue faltando." in text_of(client, url)
    answer_question(question_id=question.pk, text="Es definitivo.", author=author, at=at)
    assert "Escribir una vez más" not in text_of(client, url)
    client.post(url, {"text": "Otra vez."})
    assert question.answers.count() == 2 and "Otra vez." not in text_of(client, url)


def test_i_may_give_it_up(client: Client, me: Person, at: datetime) -> None:
    question = ask(me, at=at)
    client.post(reverse("classroom:record_question_withdraw", args=[question.public_id]))
    assert "Retirada" in text_of(client, RECORD)
