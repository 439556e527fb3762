"""Those responsible report, the plan's team decides, and nobody else writes."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lms.people.models import Role
from lms.plan.models import ActionPlan, Commitment, Evidence, Milestone, ProgressUpdate
from lms.plan.services.evidence import LARGEST_FILE
from tests.factories.people import RoleAssignmentFactory
from tests.factories.plan import ActionPlanFactory
from tests.factories.plan_progress import PDF, create_milestone
from tests.personas import Personas, client_for
from tests.plan.reporting import UPDATE, begun, bruno, commitment, form, pedro, send
from tests.queries import count_page_queries

__all__ = ["begun", "bruno", "commitment", "pedro"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


# --- Who may -------------------------------------------------------------------------------------
def test_reading_the_page_begins_nothing(bruno: Client, commitment: Commitment) -> None:
    assert bruno.get(UPDATE).status_code == 200
    assert not ProgressUpdate.objects.exists()


@pytest.mark.parametrize("who", ["ana", "carla", "diego", "elena", "iris"])
@pytest.mark.parametrize("end", ["", "enviar/", "evidencia/h1/"])
def test_others_do_not_report(begun: ProgressUpdate, personas: Personas, who: str, end: str) -> None:
    client = client_for(getattr(personas, who))
    assert client.get(UPDATE + end).status_code == 404
    assert client.post(UPDATE + end, {"text": "x"}).status_code == 404


def test_reporter_of_another_institution_finds_nothing(commitment: Commitment, personas: Personas) -> None:
    RoleAssignmentFactory(
        user=personas.elena, role=Role.PLAN_REPORTER, institution=personas.other_institution
    )
    elena = client_for(personas.elena)
    assert elena.get(UPDATE).status_code == 404
    assert elena.get("/plan/informar/").context["commitments"] == []


def test_list_says_for_which_institution_one_speaks(
    bruno: Client, commitment: Commitment, personas: Personas
) -> None:
    (found,) = bruno.get("/plan/informar/").context["commitments"]
    assert (found.office, found.milestone_count) == (personas.institution.name, 2)


def test_list_says_which_commitment_has_nothing_due(bruno: Client, commitment: Commitment) -> None:
    assert "No le toca" not in bruno.get("/plan/informar/").content.decode()
    Commitment.objects.update(ends_on=date(2025, 12, 31))
    assert "No le toca este semestre" in bruno.get("/plan/informar/").content.decode()


def test_team_of_the_plan_may_report_too(pedro: Client, commitment: Commitment) -> None:
    pedro.post(UPDATE)
    assert ProgressUpdate.objects.get().office == commitment.plan.institution.name


def test_draft_plan_is_read_by_those_who_report(bruno: Client, commitment: Commitment) -> None:
    ActionPlan.objects.update(status="draft")
    assert bruno.get(UPDATE).status_code == 200


# --- Writing -------------------------------------------------------------------------------------
def test_draft_is_saved_and_not_public(bruno: Client, begun: ProgressUpdate, client: Client) -> None:
    bruno.post(UPDATE, form(begun, **{"h1-status": "limited", "h1-text": "Va a la mitad."}))
    assert "Va a la mitad." in bruno.get(UPDATE).content.decode()
    assert "Va a la mitad." not in client.get("/plan/local/compromisos/1/").content.decode()


def test_two_who_write_at_once_lose_nothing(bruno: Client, begun: ProgressUpdate) -> None:
    old = form(begun)
    bruno.post(UPDATE, form(begun, text="De la primera."))
    answer = bruno.post(UPDATE, old | {"text": "De la segunda.", "seen": "2020-01-01T00:00:00+00:00"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Otra persona guardó este informe" in text
    assert "De la segunda." in text
    begun.refresh_from_db()
    assert begun.text == "De la primera."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "x" * 3001}, "3000 caracteres o menos"),
        ({"h1-status": "perfecto"}, "Elige un estado de la lista"),
        ({"h1-due": "2024-02-31"}, "Escribe la fecha así"),
        ({"h1-due": "0024-02-01", "h1-reason": "x"}, "Revisa el año"),
        ({"h1-due": "2025-03-01"}, "Escribe por qué cambia el plazo"),
        ({"h1-due": "2023-03-01", "h1-reason": "x"}, "anterior al inicio"),
        ({"h1-reason": "x" * 1001}, "1000 caracteres o menos"),
    ],
)
def test_what_is_wrong_in_an_update_is_said(
    bruno: Client, begun: ProgressUpdate, changes: dict[str, str], words: str
) -> None:
    answer = bruno.post(UPDATE, form(begun, **changes))
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_milestone_that_came_meanwhile_has_its_block(
    bruno: Client, begun: ProgressUpdate, commitment: Commitment, at: Any
) -> None:
    create_milestone(commitment=commitment, at=at, label="Evaluar")
    assert "Evaluar" in bruno.get(UPDATE).content.decode()


def test_control_character_does_not_spoil_the_sheet(bruno: Client, begun: ProgressUpdate) -> None:
    bruno.post(UPDATE, form(begun, **{"h1-text": "a\x0bb"}))
    assert bruno.get("/plan/informar/local/planilla.xlsx").status_code == 200


def test_button_of_evidence_saves_first(bruno: Client, begun: ProgressUpdate) -> None:
    answer = bruno.post(UPDATE, form(begun, text="Antes de adjuntar.", luego="evidencia-h2"))
    assert answer.headers["Location"] == UPDATE + "evidencia/h2/"
    begun.refresh_from_db()
    assert begun.text == "Antes de adjuntar."


def test_strange_next_step_is_no_error(bruno: Client, begun: ProgressUpdate) -> None:
    answer = bruno.post(UPDATE, form(begun, luego="evidencia-../../x"))
    assert answer.headers["Location"] == UPDATE


# --- Evidence ------------------------------------------------------------------------------------
def evidence_form(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Acta", "dated_on": "2024-05-02", "licence": "CC BY 4.0", "url": "https://x.example/acta",
    } | changes  # fmt: skip


def test_address_is_evidence(bruno: Client, begun: ProgressUpdate) -> None:
    bruno.post(UPDATE + "evidencia/h1/", evidence_form())
    assert Evidence.objects.get().milestone.code == "h1"


def test_file_is_evidence(bruno: Client, begun: ProgressUpdate) -> None:
    bruno.post(UPDATE + "evidencia/h1/", evidence_form(url="", file=SimpleUploadedFile("acta.pdf", PDF)))
    assert Evidence.objects.get().file_name == "acta.pdf"


def test_two_hundred_megabytes_are_refused_and_the_rest_stays(bruno: Client, begun: ProgressUpdate) -> None:
    file = SimpleUploadedFile("acta.pdf", b"%PDF-1.4" + b"x" * LARGEST_FILE)
    answer = bruno.post(UPDATE + "evidencia/h1/", evidence_form(url="", file=file))
    text = answer.content.decode()
    assert "pesa más de 20 MB" in text
    assert 'value="Acta"' in text
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"url": ""}, "Escribe una dirección o sube un archivo"),
        ({"file": SimpleUploadedFile("acta.pdf", PDF)}, "Elige una sola cosa"),
        ({"url": "javascript:alert(1)"}, "Escribe una dirección completa"),
        ({"url": "", "file": SimpleUploadedFile("a.html", b"<script>")}, "No podemos publicar ese archivo"),
        ({"url": "", "file": SimpleUploadedFile("a.pdf", b"")}, "El archivo está vacío"),
        ({"title": ""}, "Di qué es"),
        ({"dated_on": ""}, "Escribe la fecha del documento"),
        ({"licence": "mía"}, "Elige una licencia"),
    ],
)
def test_what_is_wrong_with_evidence_is_said(
    bruno: Client, begun: ProgressUpdate, changes: dict[str, Any], words: str
) -> None:
    answer = bruno.post(UPDATE + "evidencia/h1/", evidence_form(**changes))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Evidence.objects.exists()


def test_evidence_of_a_draft_can_be_taken_away(bruno: Client, begun: ProgressUpdate) -> None:
    bruno.post(UPDATE + "evidencia/h1/", evidence_form())
    bruno.post(f"{UPDATE}evidencia/{Evidence.objects.get().pk}/quitar/")
    assert not Evidence.objects.exists()


# --- Sending and deciding ------------------------------------------------------------------------
def test_empty_update_is_not_sent(bruno: Client, begun: ProgressUpdate) -> None:
    answer = bruno.post(UPDATE + "enviar/", {"note": ""})
    assert "El informe está vacío" in answer.content.decode()


def test_approved_update_is_public_with_its_file(
    bruno: Client, begun: ProgressUpdate, pedro: Client, client: Client
) -> None:
    bruno.post(UPDATE + "evidencia/h1/", evidence_form(url="", file=SimpleUploadedFile("acta.pdf", PDF)))
    file = f"/plan/local/evidencias/{Evidence.objects.get().pk}/"
    send(bruno, begun, **{"h1-status": "complete", "h1-text": "Se publicó la pauta."})
    assert client.get(file).status_code == 404
    answer = pedro.post(
        f"/plan/gestion/local/informes-de-avance/{begun.pk}/", {"decision": "aprobar", "note": ""}
    )
    assert answer.status_code == 302
    text = client.get("/plan/local/compromisos/1/").content.decode()
    assert "Se publicó la pauta." in text
    sent = client.get(file)
    assert (sent.content, sent.headers["Content-Disposition"]) == (PDF, 'attachment; filename="acta.pdf"')
    assert "sandbox" in sent.headers["Content-Security-Policy"]


def test_returned_update_shows_the_note_and_goes_on(
    bruno: Client, begun: ProgressUpdate, pedro: Client
) -> None:
    send(bruno, begun)
    review = f"/plan/gestion/local/informes-de-avance/{begun.pk}/"
    assert pedro.post(review, {"decision": "devolver", "note": ""}).status_code == 400
    pedro.post(review, {"decision": "devolver", "note": "Falta el acta."})
    assert "Falta el acta." in bruno.get(UPDATE).content.decode()
    assert bruno.post(UPDATE, form(begun, text="Con acta.")).status_code == 302


def test_note_of_an_approval_is_read_by_those_who_report(
    bruno: Client, begun: ProgressUpdate, pedro: Client, client: Client
) -> None:
    send(bruno, begun)
    pedro.post(f"/plan/gestion/local/informes-de-avance/{begun.pk}/", {"note": "La próxima, con actas."})
    begun.refresh_from_db()
    assert begun.state == "approved"
    assert "La próxima, con actas." in bruno.get(UPDATE).content.decode()
    bruno.post(UPDATE)
    assert "La próxima, con actas." in bruno.get(UPDATE).content.decode()
    assert "La próxima" not in client.get("/plan/local/compromisos/1/").content.decode()


def test_file_is_read_before_it_is_decided_on(
    bruno: Client, begun: ProgressUpdate, pedro: Client, personas: Personas, client: Client
) -> None:
    bruno.post(UPDATE + "evidencia/h1/", evidence_form(url="", file=SimpleUploadedFile("acta.pdf", PDF)))
    send(bruno, begun)
    file = f"{UPDATE}evidencia/{Evidence.objects.get().pk}/archivo/"
    assert file in pedro.get(f"/plan/gestion/local/informes-de-avance/{begun.pk}/").content.decode()
    assert pedro.get(file).content == PDF
    assert client_for(personas.elena).get(file).status_code == 404


def test_what_changed_since_it_was_read_is_not_approved(
    bruno: Client, begun: ProgressUpdate, pedro: Client
) -> None:
    send(bruno, begun)
    review = f"/plan/gestion/local/informes-de-avance/{begun.pk}/"
    old = {"decision": "aprobar", "note": "", "seen": "2020-01-01T00:00:00+00:00"}
    answer = pedro.post(review, old)
    assert "El informe cambió mientras lo leías" in answer.content.decode()
    begun.refresh_from_db()
    assert begun.state == "pending"


def test_decision_on_what_was_taken_back_says_so(bruno: Client, begun: ProgressUpdate, pedro: Client) -> None:
    send(bruno, begun)
    bruno.post(UPDATE + "recuperar/")
    answer = pedro.post(
        f"/plan/gestion/local/informes-de-avance/{begun.pk}/",
        {"decision": "aprobar", "note": ""},
        follow=True,
    )
    assert "ya no espera revisión" in answer.content.decode()


def test_update_of_another_plan_is_not_reviewed_here(begun: ProgressUpdate, pedro: Client) -> None:
    ActionPlanFactory(code="otro", is_current=False)
    assert pedro.get(f"/plan/gestion/otro/informes-de-avance/{begun.pk}/").status_code == 404


def test_public_evidence_is_retired_on_a_screen(
    bruno: Client, begun: ProgressUpdate, pedro: Client, client: Client
) -> None:
    bruno.post(UPDATE + "evidencia/h1/", evidence_form(url="", file=SimpleUploadedFile("acta.pdf", PDF)))
    send(bruno, begun)
    pedro.post(f"/plan/gestion/local/informes-de-avance/{begun.pk}/", {"decision": "aprobar", "note": ""})
    pk = Evidence.objects.get().pk
    assert pedro.post(f"/plan/gestion/local/evidencias/{pk}/retirar/", {"motivo": ""}).status_code == 400
    pedro.post(f"/plan/gestion/local/evidencias/{pk}/retirar/", {"motivo": "Traía un RUN."})
    assert client.get(f"/plan/local/evidencias/{pk}/").status_code == 404
    assert "Traía un RUN." in client.get("/plan/local/compromisos/1/historia/").content.decode()


# --- What it costs -------------------------------------------------------------------------------
def test_writing_costs_the_same_with_few_and_many_milestones(
    bruno: Client, begun: ProgressUpdate, commitment: Commitment, at: Any
) -> None:
    few = count_page_queries(bruno, UPDATE)
    for _turn in range(27):
        create_milestone(commitment=commitment, at=at)
    bruno.get(UPDATE)
    assert count_page_queries(bruno, UPDATE) == few
    assert Milestone.objects.count() == 29
