"""Papers: filled with what is known, plain about what is not."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from lms.lib.paper import Bullets, Passage
from lms.plan.models import ActionPlan, Commitment, CoverageSnapshot, Evidence, Milestone, ProgressUpdate
from lms.plan.rules.progress import HalfYear
from lms.plan.services import MilestoneValues, add_milestone, refresh_current_coverage
from lms.publishing.papers import commitment_paper
from lms.publishing.selectors.records import list_records
from tests.factories.plan import CommitmentFactory, TrainingGoalFactory
from tests.queries import count_page_queries

Covered = Callable[..., CoverageSnapshot]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "/plan/plan/compromisos/2/ficha.pdf"
ROOT = "/plan/gestion/plan/informes/"
HALF_YEAR = f"{ROOT}semestral.docx?periodo=2026-2"
ASSESSMENT = f"{ROOT}autoevaluacion.docx"
PAPERS = [HALF_YEAR, ASSESSMENT, HALF_YEAR.replace("docx", "pdf"), ASSESSMENT.replace("docx", "pdf")]


def read(client: Client, path: str) -> str:
    """All texts of a document, one paragraph a line."""
    response = client.get(path)
    assert response.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    body = fromstring(archive.read("word/document.xml"))
    lines = ("".join(text.text or "" for text in one.iter(f"{W}t")) for one in body.iter(f"{W}p"))
    return "\n".join(lines)


# --- The sheet of a commitment -------------------------------------------------------------------
@pytest.mark.usefixtures("evidence", "coding")
def test_sheet_is_a_tagged_pdf_for_everybody(client: Client, covered: Covered) -> None:
    covered()
    response = client.get(SHEET)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "public, max-age=60"
    assert response.content.startswith(b"%PDF-1.7")
    assert b"StructTreeRoot" in response.content
    assert client.get(SHEET).content == response.content


@pytest.mark.parametrize("number", ["9", "0", "99999999999999999999"])
def test_sheet_of_no_commitment_is_not_found(client: Client, plan: ActionPlan, number: str) -> None:
    assert client.get(f"/plan/plan/compromisos/{number}/ficha.pdf").status_code == 404


def test_sheet_of_a_draft_is_not_found(client: Client, plan: ActionPlan) -> None:
    ActionPlan.objects.update(status="draft")
    assert client.get(SHEET).status_code == 404


def test_sheet_costs_the_same_with_few_and_many_milestones(
    client: Client, milestone: Milestone, at: datetime
) -> None:
    few = count_page_queries(client, SHEET)
    for number in range(30):
        values = MilestoneValues(label=f"Hito {number}")
        add_milestone(commitment_id=milestone.commitment_id, values=values, changed_by_id=None, at=at)
    assert few == count_page_queries(client, SHEET) <= 15


# --- Who may have the drafts ----------------------------------------------------------------------
@pytest.mark.parametrize("path", [ROOT, *PAPERS])
def test_drafts_are_for_whoever_keeps_the_plan(
    client: Client, plan: ActionPlan, pedro: Client, elena: Client, path: str
) -> None:
    assert client.get(path).headers["Location"].startswith("/cuentas/ingresar/")
    assert elena.get(path).status_code == 404
    response = pedro.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_drafts_of_a_plan_that_is_not_public_yet_are_there_too(pedro: Client, plan: ActionPlan) -> None:
    ActionPlan.objects.update(status="draft")
    assert pedro.get(ASSESSMENT).status_code == 200
    assert "Guardar una versión" not in pedro.get(ROOT).content.decode()


@pytest.mark.parametrize("period", ["", "x", "2026-3", "%00", "9" * 5000, "2026-1%0A", "1999-1"])
def test_period_that_there_is_not_counts_as_not_asked(pedro: Client, plan: ActionPlan, period: str) -> None:
    page = pedro.get(f"{ROOT}?periodo={period}")
    assert page.context["period"] == HalfYear(2026, 1)
    assert pedro.get(f"{ROOT}semestral.docx?periodo={period}").status_code == 200


# --- What they say -------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [HALF_YEAR, ASSESSMENT])
def test_it_says_that_it_is_a_draft(pedro: Client, plan: ActionPlan, path: str) -> None:
    assert "Borrador generado el 20 de noviembre de 2026; revisar antes de enviar." in read(pedro, path)


@pytest.mark.parametrize("path", [HALF_YEAR, ASSESSMENT])
def test_what_is_not_known_is_said(pedro: Client, milestone: Milestone, path: str) -> None:
    text = read(pedro, path)
    assert "Sin evidencia disponible" in text
    assert "Responsable: No publicado" in text
    assert "«Publicar la guía»: sin evidencia disponible." in text
    assert "Limitado" not in text


@pytest.mark.parametrize("path", [HALF_YEAR, ASSESSMENT])
def test_replanning_evidence_and_training_are_told(
    pedro: Client, evidence: Evidence, covered: Covered, path: str
) -> None:
    covered()
    text = read(pedro, path)
    assert (
        "«Publicar la guía»: de 30 de junio de 2026 a 31 de diciembre de 2026. Motivo: Faltó presupuesto."
        in text
    )
    assert "Guía impresa (1 de julio de 2026, CC BY 4.0): https://ejemplo.cl/guia.pdf" in text
    assert "Formación en integridad: 47\N{NO-BREAK SPACE}%; 60 de 127 personas; sin meta publicada" in text
    assert "Limitado" in text


def test_external_coding_stands_apart_with_its_source(pedro: Client, coding: None) -> None:
    text = read(pedro, ASSESSMENT)
    own, _heading, _external = text.partition("Evaluación externa")
    assert "Substantial" not in own
    assert "IRM: https://ejemplo.org/cl2 (consultado el 2 de enero de 2026)" in text
    assert "Low" not in text


def test_half_year_tells_what_was_approved_in_it_and_nothing_else(
    pedro: Client, update: ProgressUpdate, evidence: Evidence
) -> None:
    now, before = read(pedro, HALF_YEAR), read(pedro, HALF_YEAR.replace("2026-2", "2026-1"))
    assert "Servicio de Ejemplo, aprobado el 3 de noviembre de 2026: Se redactó la guía." in now
    assert "«Publicar la guía»: Falta diseñarla." in now
    assert "Faltó presupuesto" in now
    for words in ("Se redactó la guía", "Falta diseñarla", "Faltó presupuesto", "Guía impresa"):
        assert words not in before
    assert "Informe semestral: primer semestre de 2026" in before


def test_sheet_says_what_was_reported(update: ProgressUpdate, plan: ActionPlan, at: datetime) -> None:
    (record,) = list_records(plan=plan, number=2)
    blocks = commitment_paper(record=record, at=at).blocks
    assert Bullets(["«Publicar la guía»: Falta diseñarla."]) in blocks
    assert "Se redactó la guía." in [block.text for block in blocks if isinstance(block, Passage)]


def test_update_that_waits_for_approval_is_not_told(pedro: Client, update: ProgressUpdate) -> None:
    ProgressUpdate.objects.update(state="pending")
    assert "Se redactó la guía" not in read(pedro, HALF_YEAR)
    assert "Sin informe aprobado" in read(pedro, HALF_YEAR)


def test_late_milestone_is_named(pedro: Client, milestone: Milestone) -> None:
    Milestone.objects.update(due_on=date(2026, 8, 1))
    assert "Hitos con el plazo vencido\n«Publicar la guía», 1 de agosto de 2026" in read(pedro, HALF_YEAR)


def test_self_assessment_has_the_fields_of_the_form(pedro: Client, milestone: Milestone) -> None:
    text = read(pedro, ASSESSMENT)
    for words in (
        "Compromiso 2. Formar ciudadanía", "Inicio: No publicado", "Término: No publicado",
        "Responsable: No publicado", "Problema público: No publicado", "Resultado esperado: No publicado",
        "Línea de base del problema: [Por completar]",
        "Cómo contribuye a resolver el problema: [Por completar]",
        "Vínculo con otros programas y planes nacionales: [Por completar]",
        "Relevancia para los valores de OGP: [Por completar]", "Presupuesto: No publicado",
        "Objetivos de Desarrollo Sostenible y sus metas: No publicado", "Nivel de cumplimiento",
        "1 hito: 1 Sin evidencia disponible", "Descripción de los resultados", "Próximos pasos",
        "Contacto: [Por completar]", "Otros actores involucrados: No publicado",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("path", PAPERS)
def test_draft_costs_the_same_with_few_and_many_commitments(
    pedro: Client, milestone: Milestone, at: datetime, path: str
) -> None:
    few = count_page_queries(pedro, path)
    for number in range(20, 50):
        commitment = CommitmentFactory(plan=milestone.commitment.plan, number=number, title=f"Otro {number}")
        values = MilestoneValues(label="Hito")
        add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    assert few == count_page_queries(pedro, path)


def test_draft_costs_the_same_with_few_and_many_goals(pedro: Client, covered: Covered, at: datetime) -> None:
    goal = covered().goal
    few = count_page_queries(pedro, ASSESSMENT)
    for number in range(4):
        TrainingGoalFactory(commitment=goal.commitment, code=f"meta-{number}", course_codes=[f"c{number}"])
    refresh_current_coverage(at=at)
    assert count_page_queries(pedro, ASSESSMENT) == few


def test_words_that_no_document_can_hold_break_nothing(pedro: Client, commitment: Commitment) -> None:
    Commitment.objects.filter(pk=commitment.pk).update(description="Uno\x0bdos " + "x" * 5000)
    for path in PAPERS:
        assert pedro.get(path).status_code == 200
