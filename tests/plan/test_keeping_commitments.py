"""The plan's team writes commitments, milestones and what reviewers say."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lms.plan.models import ActionPlan, Commitment, ExternalCoding, Milestone, PlanChange, Replanning
from tests.factories.people import InstitutionFactory
from tests.factories.plan import CommitmentFactory
from tests.personas import Personas
from tests.plan.keeping import (
    DESK,
    NUL,
    commitment,
    commitment_form,
    milestone,
    milestone_form,
    pedro,
    plan,
)

__all__ = ["commitment", "milestone", "pedro", "plan"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


# --- Commitments ---------------------------------------------------------------------------------
def test_commitment_says_what_was_written(commitment: Commitment) -> None:
    assert (commitment.title, commitment.lead, commitment.problem) == (
        "Abrir las sesiones del concejo", "Secretaría Municipal", None,
    )  # fmt: skip


def test_commitment_is_versioned_with_its_reason(pedro: Client, commitment: Commitment) -> None:
    pedro.post(
        DESK + "compromisos/1/editar/",
        commitment_form(description="Transmitirlas y archivarlas.", reason="Lo pidió la mesa."),
    )
    commitment.refresh_from_db()
    assert (commitment.version, commitment.description) == (2, "Transmitirlas y archivarlas.")
    assert PlanChange.objects.get(version=2, commitment=commitment).reason == "Lo pidió la mesa."


def test_source_goes_to_what_is_new_alone(pedro: Client, commitment: Commitment) -> None:
    pedro.post(
        DESK + "compromisos/1/editar/",
        commitment_form(
            problem="Nadie ve las sesiones.", source_text="Acta 3", source_url="https://x.example/a"
        ),
    )
    commitment.refresh_from_db()
    assert commitment.sources == {"problem": {"text": "Acta 3", "url": "https://x.example/a"}}


def test_changed_value_loses_the_source_that_says_something_else(
    pedro: Client, commitment: Commitment
) -> None:
    Commitment.objects.update(sources={"lead": {"text": "Plan", "url": ""}})
    pedro.post(DESK + "compromisos/1/editar/", commitment_form(lead="Alcaldía"))
    commitment.refresh_from_db()
    assert (commitment.lead, commitment.sources) == ("Alcaldía", {})


def test_draft_of_others_is_not_named_as_related(
    pedro: Client, commitment: Commitment, client: Client
) -> None:
    hidden = CommitmentFactory(plan__code="oculto", plan__status="draft", plan__is_current=False, number=1)
    answer = pedro.post(DESK + "compromisos/1/editar/", commitment_form(related="oculto/1"))
    assert "No hay un compromiso «oculto/1»" in answer.content.decode()
    assert not commitment.related.filter(pk=hidden.pk).exists()


def test_lists_of_a_commitment(pedro: Client, plan: ActionPlan, personas: Personas) -> None:
    other = CommitmentFactory(plan=plan, number=7)
    pedro.post(
        DESK + "compromisos/nuevo/",
        commitment_form(
            sdg_targets="16.10, 16.5", related="7", supporting="Una\nOtra\nUna", budget_amount="1500000",
            budget_currency="clp", reporting_institutions=personas.institution.name.upper(),
        ),
    )  # fmt: skip
    found = plan.commitments.get(number=1)
    assert (found.sdg_targets, found.supporting) == (["16.5", "16.10"], ["Una", "Otra"])
    assert (found.budget_amount, found.budget_currency) == (1500000, "CLP")
    assert list(found.related.all()) == [other]
    assert list(found.reporting_institutions.all()) == [personas.institution]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("number", "1", "ya tiene un compromiso con ese número"),
        ("number", "x", "de 1 a 200"),
        ("title", "ABRIR LAS SESIONES DEL CONCEJO", "El compromiso 1 ya se llama así"),
        ("title", "Abrir  las sesiónes del Concejo.", "El compromiso 1 ya se llama así"),
        ("sdg_targets", "16.77", "no es un objetivo ni una meta"),
        ("related", "99", "No hay un compromiso «99»"),
        ("related", "otro/1", "No hay un compromiso «otro/1»"),
        ("related", "9" * 5000, "300 caracteres o menos"),
        ("reporting_institutions", "Ministerio de Nada", "No hay una institución «Ministerio de Nada»"),
        ("budget_amount", "-1", "no puede ser negativo"),
        ("budget_amount", "1.500.000", "sin puntos"),
        ("budget_amount", "5", "Di en qué moneda"),
        ("budget_currency", "pesos", "Escribe tres letras"),
        ("source_url", "https://x.example", "Di qué documento"),
        ("source_url", "no", "Escribe una dirección completa"),
    ],
)
def test_what_is_wrong_with_a_commitment_is_said(
    pedro: Client, commitment: Commitment, field: str, value: str, words: str
) -> None:
    answer = pedro.post(
        DESK + "compromisos/nuevo/", commitment_form(**{"number": "2", "title": "Otro", field: value})
    )
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert Commitment.objects.count() == 1


def test_reporting_institution_is_told_from_another_of_its_name(
    pedro: Client, commitment: Commitment, personas: Personas
) -> None:
    InstitutionFactory(name=personas.institution.name.upper(), code="OTRA")
    commitment.reporting_institutions.add(personas.institution)
    written = pedro.get(DESK + "compromisos/1/editar/").context["form"].initial["reporting_institutions"]
    answer = pedro.post(
        DESK + "compromisos/1/editar/",
        commitment_form(reporting_institutions=written, lead="Alcaldía"),
    )
    assert answer.status_code == 302
    assert list(commitment.reporting_institutions.all()) == [personas.institution]


def test_contradictory_dates_are_refused(pedro: Client, plan: ActionPlan) -> None:
    answer = pedro.post(
        DESK + "compromisos/nuevo/", commitment_form(starts_on="2025-01-01", ends_on="2024-01-01")
    )
    assert "Termina antes de empezar" in answer.content.decode()


# --- Milestones ----------------------------------------------------------------------------------
def test_milestone_has_no_status_of_its_own(milestone: Milestone) -> None:
    assert (milestone.code, milestone.status) == ("h1", None)


def test_new_deadline_without_a_reason_is_refused(pedro: Client, milestone: Milestone) -> None:
    answer = pedro.post(DESK + "compromisos/1/hitos/h1/", milestone_form(due_on="2025-01-31"))
    assert "Cambiaste el plazo: escribe por qué." in answer.content.decode()
    milestone.refresh_from_db()
    assert milestone.due_on == date(2024, 6, 30)


def test_replanned_milestone_is_in_the_public_list(
    pedro: Client, milestone: Milestone, client: Client
) -> None:
    pedro.post(
        DESK + "compromisos/1/hitos/h1/", milestone_form(due_on="2025-01-31", reason="Quedó desierta.")
    )
    pedro.post(DESK + "estado/", {"estado": "active"})
    text = client.get("/plan/local/hitos/reprogramados/").content.decode()
    assert "Quedó desierta." in text
    assert Replanning.objects.count() == 1


def test_retired_milestone_keeps_its_reason(pedro: Client, milestone: Milestone) -> None:
    address = DESK + "compromisos/1/hitos/h1/vigencia/"
    assert pedro.post(address, {"motivo": NUL}).status_code == 400
    pedro.post(address, {"motivo": "Lo hizo el ministerio."})
    milestone.refresh_from_db()
    assert not milestone.is_active
    assert PlanChange.objects.get(kind="retired").reason == "Lo hizo el ministerio."
    pedro.post(address, {"motivo": "Se retomó."})
    milestone.refresh_from_db()
    assert milestone.is_active


def test_button_pressed_twice_withdraws_a_milestone_once(pedro: Client, milestone: Milestone) -> None:
    for _turn in range(2):
        pedro.post(
            DESK + "compromisos/1/hitos/h1/vigencia/", {"motivo": "Lo hizo el ministerio.", "vigente": "no"}
        )
    milestone.refresh_from_db()
    assert not milestone.is_active
    assert not PlanChange.objects.filter(kind="restored").exists()


def test_deadline_before_the_start_is_refused(pedro: Client, commitment: Commitment) -> None:
    answer = pedro.post(DESK + "compromisos/1/hitos/nuevo/", milestone_form(due_on="2023-12-31"))
    assert "Termina antes de empezar" in answer.content.decode()


# --- External codings ----------------------------------------------------------------------------
def coding_form(**changes: Any) -> dict[str, Any]:
    return {
        "by": "IRM", "source_url": "https://ogp.example/c1", "retrieved_on": "2024-05-01", "verifiable": "Yes",
        "relevant_to_ogp_values": "", "ambition": "Modest", "completion": "", "early_results": "",
    } | changes  # fmt: skip


def test_later_coding_stands_beside_the_earlier(pedro: Client, commitment: Commitment) -> None:
    address = DESK + "compromisos/1/evaluaciones/nueva/"
    pedro.post(address, coding_form())
    pedro.post(address, coding_form(retrieved_on="2025-05-01", completion="Limited"))
    assert ExternalCoding.objects.count() == 2
    (review,) = pedro.get(DESK + "compromisos/1/").context["irm"]
    assert {fact.label: fact.value for fact in review.facts}["Cumplimiento"] == "Limitado"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"retrieved_on": ""}, "Escribe qué día la leíste"),
        ({"source_url": "x"}, "Escribe una dirección completa"),
        ({"verifiable": "", "ambition": ""}, "Elige al menos un resultado"),
    ],
)
def test_coding_says_where_and_when_it_was_read(
    pedro: Client, commitment: Commitment, changes: dict[str, str], words: str
) -> None:
    answer = pedro.post(DESK + "compromisos/1/evaluaciones/nueva/", coding_form(**changes))
    assert words in answer.content.decode()
    assert not ExternalCoding.objects.exists()


def test_history_says_what_a_reviewer_said_before_and_says_now(
    pedro: Client, commitment: Commitment, client: Client
) -> None:
    address = DESK + "compromisos/1/evaluaciones/nueva/"
    pedro.post(address, coding_form(ambition="", completion="Not Started"))
    pedro.post(address, coding_form(ambition="", completion="Limited"))
    line = pedro.get("/plan/local/compromisos/1/historia/").context["lines"][0]
    assert [(one.label, one.before, one.after) for one in line.differences if one.label == "Qué dice"] == [
        ("Qué dice", "Verificable: Sí; Cumplimiento: No iniciado", "Verificable: Sí; Cumplimiento: Limitado")
    ]


def test_earlier_coding_is_read_on_the_public_page(
    pedro: Client, commitment: Commitment, client: Client
) -> None:
    address = DESK + "compromisos/1/evaluaciones/nueva/"
    pedro.post(address, coding_form(completion="Not Started"))
    pedro.post(address, coding_form(retrieved_on="2025-05-01", completion="Limited"))
    pedro.post(DESK + "estado/", {"estado": "active"})
    page = client.get("/plan/local/compromisos/1/")
    (review,) = page.context["irm"]
    (before,) = review.earlier
    assert {fact.label: fact.value for fact in before.facts}["Cumplimiento"] == "No iniciado"
    text = " ".join(page.content.decode().split())
    assert "Lo que decía IRM antes (1 evaluación)" in text
    assert "su página en ogp.example" in text
