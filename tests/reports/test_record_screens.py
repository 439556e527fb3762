"""HR attests and corrects: what the screens ask, show, refuse and never lose."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from certificates.models import Certificate
from courses.models import Course, CoursePage
from lms.people.models import AccessLogEntry, Person, Role
from lms.progress.models import (
    Completion,
    CompletionEvidence,
    CompletionVoid,
    EvidenceFile,
    RecordQuestion,
)
from tests.factories.learning import make_course, make_learner
from tests.factories.people import PersonFactory, PostingFactory, RoleAssignmentFactory, UserFactory
from tests.factories.records import JPEG, PDF, ask, attest, make_paper, png
from tests.factories.requirements import make_requirement, make_spec
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = pytest.mark.usefixtures("fixed_clock")

ZIP = b"PK\x03\x04" + b"\0" * 40
NOBODYS = "3f2b8a5e-5c3c-4d0e-9a57-0d6f6a0d1c11"


@pytest.fixture
def course(db: None, at: datetime) -> CoursePage:
    return make_course(at=at)


@pytest.fixture
def carla(personas: Personas, course: CoursePage) -> Client:
    return client_for(personas.carla)


@pytest.fixture
def ana(personas: Personas) -> Person:
    person: Person = personas.ana.person
    return person


def paper(content: bytes = PDF, name: str = "certificado.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def form(**changes: object) -> dict[str, object]:
    """A good form; ``None`` takes a field away."""
    data: dict[str, object] = {
        "course": Course.objects.get(code="curso").pk,
        "completed_on": "2026-03-16",
        "hours": "10",
        "minutes": "30",
        "percent": "90",
        "valid_until": "",
        "source": "Escuela de Gobierno",
        "paper": paper(),
        **changes,
    }
    return {name: value for name, value in data.items() if value is not None}


def attest_url(person: Person) -> str:
    return reverse("reports:attest", args=[person.public_id])


def correct_url(completion: Completion) -> str:
    return reverse("reports:record_correct", args=[completion.public_id])


def person_page(client: Client, person: Person) -> str:
    return client.get(reverse("reports:person", args=[person.public_id])).content.decode()


# --- Attesting -----------------------------------------------------------------------------------
def test_a_course_is_attested_and_shown_in_the_file(carla: Client, ana: Person) -> None:
    response = carla.post(attest_url(ana), form())
    assert response.status_code == 302
    completion = Completion.objects.get()
    assert (completion.minutes, completion.percent, completion.assurance) == (630, 90, "D")
    text = person_page(carla, ana)
    assert "Escuela de Gobierno" in text and "Descargar la evidencia" in text
    assert "Lo acreditó Gestión de Personas" in text


def test_it_is_told_to_the_person_that_it_was_done(carla: Client, ana: Person) -> None:
    carla.post(attest_url(ana), form())
    assert AccessLogEntry.objects.get(subject=ana).detail == "completion_attested"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"course": ""}, "Elige el curso"),
        ({"course": "999"}, "Escoja una opción válida"),
        ({"completed_on": "ayer"}, "Escribe la fecha así"),
        ({"completed_on": "2026-11-21"}, "aún no llega"),
        ({"completed_on": "2001-01-01"}, "no trabajaba en tu institución"),
        ({"hours": "", "minutes": ""}, "Escribe cuánto duró"),
        ({"hours": "0", "minutes": "0"}, "Escribe cuánto duró"),
        ({"minutes": "75"}, "59"),
        ({"percent": "101"}, "100"),
        ({"valid_until": "2026-03-01"}, "Vence antes"),
        ({"source": "  "}, "Escribe quién lo dictó"),
        ({"paper": None}, "Sube el archivo"),
        ({"paper": paper(b"")}, "vacío"),
        ({"paper": paper(ZIP)}, "No es un PDF, PNG o JPEG"),
        ({"paper": paper(png(after=ZIP), "foto.png")}, "No es un PDF, PNG o JPEG"),
        ({"paper": paper(b"<html><script>alert(1)</script>")}, "No es un PDF, PNG o JPEG"),
        ({"paper": paper(PDF + b"\0" * (10 * 1024 * 1024))}, "más de 10 MB"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(
    carla: Client, ana: Person, changes: dict[str, object], words: str
) -> None:
    response = carla.post(attest_url(ana), form(**changes))
    text = response.content.decode()
    assert response.status_code == 400 and words in text
    assert not Completion.objects.exists()
    if "source" not in changes:
        assert "Escuela de Gobierno" in text  # what was written is still there


def test_a_good_paper_is_kept_while_the_rest_is_corrected(carla: Client, ana: Person) -> None:
    response = carla.post(attest_url(ana), form(source=""))
    kept = EvidenceFile.objects.get()
    assert "Archivo recibido" in response.content.decode()
    response = carla.post(attest_url(ana), form(paper=None, kept=str(kept.public_id)))
    assert response.status_code == 302
    assert CompletionEvidence.objects.get().file == kept


@pytest.mark.parametrize("kept", ["x", NOBODYS, "a" * 36])
def test_a_paper_that_nobody_uploaded_is_none(carla: Client, ana: Person, kept: str) -> None:
    assert carla.post(attest_url(ana), form(paper=None, kept=kept)).status_code == 400


def test_a_paper_of_another_account_is_none(
    carla: Client, ana: Person, personas: Personas, at: datetime
) -> None:
    other = make_paper(at=at, user_id=personas.elena.pk)
    assert carla.post(attest_url(ana), form(paper=None, kept=str(other.public_id))).status_code == 400


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "a\x00.pdf", "x" * 200 + ".pdf", "virus.exe", "ñandú <b>.pdf"]
)
def test_the_name_of_the_file_means_nothing(carla: Client, ana: Person, name: str) -> None:
    carla.post(attest_url(ana), form(paper=paper(name=name)))
    proof = CompletionEvidence.objects.select_related("file", "completion").get()
    response = carla.get(reverse("reports:record_evidence", args=[proof.completion.public_id]))
    assert response["Content-Disposition"] == f'attachment; filename="evidencia-{proof.file.sha256[:8]}.pdf"'


def test_a_second_post_of_the_form_attests_nothing_more(carla: Client, ana: Person) -> None:
    carla.post(attest_url(ana), form())
    response = carla.post(attest_url(ana), form())
    assert "ya está acreditado" in response.content.decode()
    assert Completion.objects.count() == 1


def test_nobody_attests_the_own_courses(carla: Client, personas: Personas) -> None:
    assert carla.get(attest_url(personas.carla.person)).status_code == 404
    assert carla.post(attest_url(personas.carla.person), form()).status_code == 404


@pytest.mark.parametrize("name", ["elena", "bruno", "diego", "iris", "ana"])
def test_whoever_is_not_hr_of_the_institution_finds_nothing(
    personas: Personas, course: CoursePage, ana: Person, at: datetime, name: str
) -> None:
    completion = attest(ana, at=at)
    client = client_for(getattr(personas, name))
    for url in (attest_url(ana), correct_url(completion)):
        assert client.get(url).status_code == 404
        assert client.post(url, form()).status_code == 404
    assert client.get(reverse("reports:record_evidence", args=[completion.public_id])).status_code == 404


# --- Evidence ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "kind"), [(PDF, "application/pdf"), (png(), "image/png"), (JPEG, "image/jpeg")]
)
def test_evidence_is_a_download_of_its_own_kind(
    carla: Client, ana: Person, at: datetime, content: bytes, kind: str
) -> None:
    completion = attest(ana, at=at, file=make_paper(at=at, content=content))
    response = carla.get(reverse("reports:record_evidence", args=[completion.public_id]))
    assert response.content == content
    assert response["Content-Type"] == kind and response["X-Content-Type-Options"] == "nosniff"
    assert (
        response["Content-Disposition"].startswith("attachment") and "no-store" in response["Cache-Control"]
    )
    assert AccessLogEntry.objects.get(subject=ana).detail == "evidence_seen"


def test_an_auditor_reads_evidence_and_changes_nothing(
    personas: Personas, course: CoursePage, ana: Person, at: datetime
) -> None:
    completion = attest(ana, at=at)
    account = UserFactory(email="auditoria@servicio.example")
    RoleAssignmentFactory(user=account, role=Role.AUDITOR, everywhere=True)
    auditor = client_for(account)
    assert auditor.get(reverse("reports:record_evidence", args=[completion.public_id])).status_code == 200
    assert auditor.get(correct_url(completion)).status_code == 404
    assert "Corregir" not in person_page(auditor, ana)


def test_a_team_lead_sees_the_course_but_neither_paper_nor_reason(
    personas: Personas, course: CoursePage, ana: Person, at: datetime
) -> None:
    attest(ana, at=at)
    account = UserFactory(email="jefa@servicio.example")
    RoleAssignmentFactory(
        user=account, role=Role.TEAM_LEAD, institution=personas.institution, unit=personas.unit
    )
    text = person_page(client_for(account), ana)
    assert "Atestiguado por Gestión de Personas" in text
    assert "Escuela de Gobierno" not in text and "Descargar la evidencia" not in text


# --- Correcting ----------------------------------------------------------------------------------
@pytest.fixture
def done(course: CoursePage, ana: Person, at: datetime) -> Completion:
    """Ana completed the course here, with a certificate; a requirement asks for it."""
    learner = make_learner(person=ana, at=at, posting=ana.postings.get())
    learner.complete(at)
    completion = Completion.objects.get()
    spec = make_spec(completion.course_id, starts_on=date(2026, 1, 1), due_on=date(2026, 6, 1))
    make_requirement(owner=ana.postings.get().institution, spec=spec, at=at, title="Integridad 2026")
    return completion


VOID = {"reason": "wrong_data", "note": "No fue ella.", "instead": "nothing"}


def test_the_preview_shows_before_and_after_and_writes_nothing(carla: Client, done: Completion) -> None:
    text = carla.post(correct_url(done), VOID).content.decode()
    assert "Revisa la corrección" in text and "Integridad 2026" in text
    assert "Completada" in text and "Atrasada" in text
    assert Certificate.objects.get().formatted_code in text
    assert not CompletionVoid.objects.exists()


def test_a_confirmed_correction_is_done_once(carla: Client, done: Completion, ana: Person) -> None:
    for _time in range(2):
        assert carla.post(correct_url(done), {**VOID, "confirmar": "si"}).status_code == 302
    void = CompletionVoid.objects.get()
    assert (void.note, void.role) == ("No fue ella.", "hr")
    text = person_page(carla, ana)
    assert "Anulado" in text and "No fue ella." in text and "Revocado" in text
    assert Certificate.objects.get().is_revoked


def test_one_with_other_data_takes_its_place(carla: Client, done: Completion) -> None:
    fields = {**VOID, "instead": "another", **form(completed_on="2026-03-20")}
    text = carla.post(correct_url(done), fields).content.decode()
    assert "20 de marzo de 2026" in text and "sin cambio" in text
    kept = EvidenceFile.objects.get()
    again = {
        **VOID,
        "instead": "another",
        **form(completed_on="2026-03-20", paper=None, kept=str(kept.public_id)),
    }
    assert carla.post(correct_url(done), {**again, "confirmar": "si"}).status_code == 302
    made = Completion.objects.get(counts=True)
    assert made.completed_on == date(2026, 3, 20) and made.evidence.replaces_id == done.public_id


def test_the_paper_of_an_attested_one_serves_again(carla: Client, ana: Person, at: datetime) -> None:
    wrong = attest(ana, at=at)
    fields = {**VOID, "instead": "another", **form(completed_on="2026-03-20", paper=None), "confirmar": "si"}
    assert carla.post(correct_url(wrong), fields).status_code == 302
    files = CompletionEvidence.objects.values_list("file_id", flat=True)
    assert len(set(files)) == 1 and len(files) == 2


def test_going_back_to_edit_loses_nothing(carla: Client, done: Completion) -> None:
    fields = {**VOID, "instead": "another", **form(), "editar": "si"}
    text = carla.post(correct_url(done), fields).content.decode()
    assert "No fue ella." in text and "Escuela de Gobierno" in text and "Archivo recibido" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Elige un motivo"),
        ({"reason": "capricho"}, "Escoja una opción válida"),
        ({"note": ""}, "Explica en una frase"),
        ({"note": "x" * 501}, "500"),
        ({"instead": ""}, "Elige qué queda"),
        ({"instead": "another"}, "Escribe cuánto duró"),
        (
            {"instead": "another", "hours": "1", "course": "", "completed_on": "", "source": ""},
            "Elige el curso",
        ),
        ({"instead": "another", "hours": "1"}, "Sube el archivo"),
    ],
)
def test_a_correction_says_what_is_missing(
    carla: Client, done: Completion, changes: dict[str, str], words: str
) -> None:
    response = carla.post(correct_url(done), {**VOID, **changes, "confirmar": "si"})
    assert response.status_code == 400 and words in response.content.decode()
    assert not CompletionVoid.objects.exists()


def test_what_a_citizen_learned_is_nobodys_to_correct(carla: Client, ana: Person, at: datetime) -> None:
    make_learner(person=ana, at=at).complete(at)
    assert carla.get(correct_url(Completion.objects.get())).status_code == 404


def test_what_was_completed_before_the_posting_is_not_found(
    carla: Client, personas: Personas, at: datetime
) -> None:
    mover = PersonFactory()
    PostingFactory(
        person=mover,
        institution=personas.other_institution,
        valid_from=date(2024, 1, 1),
        valid_until=date(2026, 6, 1),
    )
    completion = attest(mover, at=at)
    PostingFactory(
        person=mover, institution=personas.institution, unit=personas.unit, valid_from=date(2026, 6, 2)
    )
    assert carla.get(correct_url(completion)).status_code == 404
    assert "Escuela de Gobierno" not in person_page(carla, mover)


def test_a_correction_answers_the_question(
    carla: Client, done: Completion, ana: Person, at: datetime
) -> None:
    question = ask(ana, at=at, subject="completion", key=str(done.public_id))
    url = f"{correct_url(done)}?consulta={question.public_id}"
    assert "Falta un curso mío." in carla.get(url).content.decode()
    assert "Escribe qué hiciste" in carla.post(url, {**VOID, "confirmar": "si"}).content.decode()
    response = carla.post(url, {**VOID, "answer": "Tenías razón.", "confirmar": "si"})
    assert response["Location"] == reverse("reports:question", args=[question.public_id])
    question.refresh_from_db()
    assert question.state == RecordQuestion.State.CORRECTED


def test_attesting_answers_the_question(carla: Client, ana: Person, at: datetime) -> None:
    question = ask(ana, at=at)
    url = f"{attest_url(ana)}?consulta={question.public_id}"
    carla.post(url, form(answer="Ya está."))
    question.refresh_from_db()
    assert question.state == RecordQuestion.State.CORRECTED and question.answers.get().evidence


@pytest.mark.parametrize("key", ["x", NOBODYS])
def test_an_unknown_question_is_not_found(carla: Client, ana: Person, key: str) -> None:
    assert carla.get(f"{attest_url(ana)}?consulta={key}").status_code == 404


def test_the_question_of_somebody_else_is_not_found(
    carla: Client, ana: Person, personas: Personas, at: datetime
) -> None:
    question = ask(personas.bruno.person, at=at)
    assert carla.get(f"{attest_url(ana)}?consulta={question.public_id}").status_code == 404


def test_markup_in_what_is_written_stays_text(carla: Client, ana: Person) -> None:
    carla.post(attest_url(ana), form(source="<script>alert(1)</script>"))
    assert "<script>alert(1)" not in person_page(carla, ana)


def test_a_file_of_many_courses_asks_no_more_queries(carla: Client, ana: Person, at: datetime) -> None:
    url = reverse("reports:person", args=[ana.public_id])
    for day in range(1, 4):
        attest(ana, at=at, completed_on=date(2026, 3, day))
    carla.get(url)
    few = count_page_queries(carla, url)
    for day in range(4, 31):
        attest(ana, at=at, completed_on=date(2026, 3, day))
    assert count_page_queries(carla, url) == few
