"""The plan's team makes a plan wholly on screens; whoever is of another place finds nothing."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lms.people.models import Role
from lms.plan.models import ActionPlan, Commitment, ExternalCoding, Milestone, PlanChange, Replanning
from tests.factories.people import RoleAssignmentFactory
from tests.factories.plan import ActionPlanFactory, CommitmentFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

DESK = "/plan/gestion/local/"
NUL = "\x00"


@pytest.fixture
def pedro(personas: Personas) -> Client:
    return client_for(personas.pedro)


@pytest.fixture
def keeper(personas: Personas) -> Client:
    """Bruno keeps the plans of his institution alone."""
    RoleAssignmentFactory(user=personas.bruno, role=Role.PLAN_OWNER, institution=personas.institution)
    return client_for(personas.bruno)


def plan_form(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Plan local de Villa Ejemplo", "code": "local", "level": "municipal", "institution_id": "",
        "country": "Chile", "period": "2024-2026", "starts_on": "2024-01-01", "ends_on": "2026-12-31",
        "total_commitments": "2", "adheres_to_id": "", "follows_id": "", "tables": "Transparencia\nParticipación",
        "design_text": "", "monitoring_text": "",
    } | changes  # fmt: skip


def commitment_form(**changes: Any) -> dict[str, Any]:
    return {
        "number": "1", "title": "Abrir las sesiones del concejo", "description": "Transmitirlas.", "problem": "",
        "ambition": "", "table_id": "", "lead": "Secretaría Municipal", "supporting": "", "starts_on": "",
        "ends_on": "", "reporting_institutions": "", "sdg_targets": "", "budget_amount": "",
        "budget_currency": "", "related": "", "policy_areas": "", "ogp_id": "", "notes": "", "source_text": "",
        "source_url": "", "reason": "",
    } | changes  # fmt: skip


def milestone_form(**changes: Any) -> dict[str, Any]:
    return {
        "label": "Comprar cámaras", "description": "", "unit": "Informática", "starts_on": "2024-01-01",
        "due_on": "2024-06-30", "source_text": "", "source_url": "", "reason": "",
    } | changes  # fmt: skip


@pytest.fixture
def plan(pedro: Client) -> ActionPlan:
    pedro.post("/plan/gestion/nuevo/", plan_form())
    return ActionPlan.objects.get(code="local")


@pytest.fixture
def commitment(pedro: Client, plan: ActionPlan) -> Commitment:
    pedro.post(DESK + "compromisos/nuevo/", commitment_form())
    return plan.commitments.get()


# --- A plan --------------------------------------------------------------------------------------
def test_new_plan_is_a_draft_with_its_tables(plan: ActionPlan) -> None:
    assert (plan.status, plan.level) == ("draft", "municipal")
    assert list(plan.tables.values_list("name", flat=True)) == ["Transparencia", "Participación"]


def test_draft_is_published_closed_and_shown_on_the_desk(
    pedro: Client, plan: ActionPlan, client: Client
) -> None:
    assert client.get("/plan/local/").status_code == 404
    pedro.post(DESK + "estado/", {"estado": "active"})
    assert client.get("/plan/local/").status_code == 200
    pedro.post(DESK + "estado/", {"estado": "vigente"})
    assert client.get("/plan/").context["plan"] == plan


def test_unknown_state_is_not_found(pedro: Client, plan: ActionPlan) -> None:
    assert pedro.post(DESK + "estado/", {"estado": NUL}).status_code == 404


def test_only_one_plan_is_current(pedro: Client, plan: ActionPlan) -> None:
    other = ActionPlanFactory()
    pedro.post(DESK + "estado/", {"estado": "active"})
    pedro.post(DESK + "estado/", {"estado": "vigente"})
    other.refresh_from_db()
    plan.refresh_from_db()
    assert (other.is_current, plan.is_current) == (False, True)


def test_editing_a_plan_writes_its_history(pedro: Client, plan: ActionPlan) -> None:
    pedro.post(DESK + "editar/", plan_form(period="2024-2027", tables="Participación"))
    change = PlanChange.objects.filter(kind="edited").get()
    assert (change.before["period"], change.after["period"]) == ("2024-2026", "2024-2027")
    assert change.after["tables"] == ["Participación"]


def test_same_values_change_nothing(pedro: Client, plan: ActionPlan) -> None:
    pedro.post(DESK + "editar/", plan_form())
    assert not PlanChange.objects.filter(kind="edited").exists()


def test_plan_cannot_adhere_to_one_that_adheres_to_it(pedro: Client, plan: ActionPlan) -> None:
    other = ActionPlanFactory(adheres_to=plan)
    answer = pedro.post(DESK + "editar/", plan_form(adheres_to_id=str(other.pk)))
    assert "no puede depender de sí mismo" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Escribe el título del plan."),
        ("title", NUL, "caracteres nulos"),
        ("code", "gestion", "Ese código ya está en uso"),
        ("code", "Con Espacios", "Usa solo minúsculas"),
        ("code", "MAYUS", "Usa solo minúsculas"),
        ("ends_on", "2023-12-31", "Termina antes de empezar"),
        ("starts_on", "0202-01-01", "Revisa el año"),
        ("total_commitments", "0", "de 1 a 200"),
        ("total_commitments", "9" * 5000, "de 1 a 200"),
        ("institution_id", "999999", "Elige una institución"),
        ("adheres_to_id", "x", "Elige un plan"),
        ("tables", "x" * 200, "demasiado larga"),
        ("tables", "\n".join(map(str, range(200))), "100 líneas como máximo"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(pedro: Client, field: str, value: str, words: str) -> None:
    answer = pedro.post("/plan/gestion/nuevo/", plan_form(**{field: value}))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not ActionPlan.objects.exists()


def test_second_plan_of_a_code_is_refused(pedro: Client, plan: ActionPlan) -> None:
    answer = pedro.post("/plan/gestion/nuevo/", plan_form())
    assert "Ese código ya está en uso" in answer.content.decode()


def test_total_below_what_the_plan_has_is_refused(pedro: Client, plan: ActionPlan) -> None:
    CommitmentFactory(plan=plan, number=5)
    answer = pedro.post(DESK + "editar/", plan_form(total_commitments="4"))
    assert "El plan ya tiene el compromiso 5: escribe 5 o más." in answer.content.decode()
    assert pedro.post(DESK + "editar/", plan_form(total_commitments="5")).status_code == 302


def test_link_to_a_plan_that_is_a_draft_stays(pedro: Client, plan: ActionPlan) -> None:
    above = ActionPlanFactory(title="Plan secreto", status="draft", is_current=False)
    ActionPlan.objects.filter(pk=plan.pk).update(adheres_to=above)
    assert "Plan secreto" not in pedro.get(DESK + "editar/").content.decode()
    pedro.post(DESK + "editar/", plan_form(adheres_to_id=str(above.pk), period="2024-2027"))
    plan.refresh_from_db()
    assert (plan.adheres_to, plan.period) == (above, "2024-2027")


def test_draft_is_not_made_the_plan_that_everybody_sees(pedro: Client, plan: ActionPlan) -> None:
    assert pedro.post(DESK + "estado/", {"estado": "vigente"}).status_code == 404
    assert not ActionPlan.objects.filter(is_current=True).exists()


def test_keeper_of_an_institution_does_not_choose_the_plan_of_the_country(
    keeper: Client, personas: Personas
) -> None:
    national = ActionPlanFactory()
    keeper.post("/plan/gestion/nuevo/", plan_form(institution_id=str(personas.institution.pk)))
    keeper.post(DESK + "estado/", {"estado": "active"})
    assert keeper.post(DESK + "estado/", {"estado": "vigente"}).status_code == 404
    national.refresh_from_db()
    assert national.is_current


def test_table_that_is_called_otherwise_keeps_its_commitments(pedro: Client, plan: ActionPlan) -> None:
    table = plan.tables.get(name="Transparencia")
    commitment = CommitmentFactory(plan=plan, number=2, table=table)
    pedro.post(DESK + "editar/", plan_form(tables="Transparencia y datos\nParticipación"))
    commitment.refresh_from_db()
    assert commitment.table is not None
    assert commitment.table.name == "Transparencia y datos"


# --- Whose it is ---------------------------------------------------------------------------------
def test_keeper_of_an_institution_makes_plans_of_it_alone(keeper: Client, personas: Personas) -> None:
    answer = keeper.post("/plan/gestion/nuevo/", plan_form())
    assert answer.status_code == 400
    keeper.post("/plan/gestion/nuevo/", plan_form(institution_id=str(personas.institution.pk)))
    assert ActionPlan.objects.get().institution == personas.institution
    assert keeper.get(DESK).status_code == 200


def test_keeper_of_an_institution_makes_none_of_another(keeper: Client, personas: Personas) -> None:
    other = str(personas.other_institution.pk)
    assert keeper.post("/plan/gestion/nuevo/", plan_form(institution_id=other)).status_code == 400


PAGES = (
    "", "editar/", "compromisos/nuevo/", "compromisos/1/", "compromisos/1/editar/", "compromisos/1/hitos/nuevo/",
    "compromisos/1/evaluaciones/nueva/",
)  # fmt: skip


@pytest.mark.parametrize("end", PAGES)
@pytest.mark.parametrize("who", ["ana", "carla", "elena", "iris"])
def test_desk_does_not_exist_for_others(
    commitment: Commitment, personas: Personas, who: str, end: str
) -> None:
    assert client_for(getattr(personas, who)).get(DESK + end).status_code == 404


@pytest.mark.parametrize("end", PAGES)
def test_keeper_of_another_place_finds_nothing(commitment: Commitment, keeper: Client, end: str) -> None:
    assert keeper.get(DESK + end).status_code == 404


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
        ("description", NUL, "caracteres nulos"),
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


def test_contradictory_dates_are_refused(pedro: Client, plan: ActionPlan) -> None:
    answer = pedro.post(
        DESK + "compromisos/nuevo/", commitment_form(starts_on="2025-01-01", ends_on="2024-01-01")
    )
    assert "Termina antes de empezar" in answer.content.decode()


# --- Milestones ----------------------------------------------------------------------------------
@pytest.fixture
def milestone(pedro: Client, commitment: Commitment) -> Milestone:
    pedro.post(DESK + "compromisos/1/hitos/nuevo/", milestone_form())
    return commitment.milestones.get()


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


# --- What it costs -------------------------------------------------------------------------------
def test_desk_costs_the_same_with_few_and_many(pedro: Client, commitment: Commitment) -> None:
    few = count_page_queries(pedro, DESK)
    for number in range(2, 31):
        CommitmentFactory(plan=commitment.plan, number=number)
    assert count_page_queries(pedro, DESK) == few


# --- Two who write at once -----------------------------------------------------------------------
def seen_on(client: Client, address: str) -> dict[str, str]:
    """What the form of a page carries along."""
    return {"seen": str(client.get(address).context["seen"])}


def test_two_keepers_of_a_commitment_lose_nothing(pedro: Client, commitment: Commitment) -> None:
    address = DESK + "compromisos/1/editar/"
    seen = seen_on(pedro, address)
    pedro.post(address, commitment_form(lead="Alcaldía") | seen)
    answer = pedro.post(address, commitment_form(problem="Nadie las ve.") | seen)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Otra persona cambió esto mientras escribías (Responsable)" in text
    assert "Nadie las ve." in text
    commitment.refresh_from_db()
    assert (commitment.lead, commitment.problem) == ("Alcaldía", None)


def test_who_was_told_may_save_again(pedro: Client, commitment: Commitment) -> None:
    address = DESK + "compromisos/1/editar/"
    seen = seen_on(pedro, address)
    pedro.post(address, commitment_form(lead="Alcaldía") | seen)
    again = {"seen": str(pedro.post(address, commitment_form() | seen).context["seen"])}
    assert pedro.post(address, commitment_form(problem="Nadie las ve.") | again).status_code == 302


def test_milestone_that_changed_meanwhile_disturbs_no_commitment(pedro: Client, milestone: Milestone) -> None:
    seen = seen_on(pedro, DESK + "compromisos/1/editar/")
    pedro.post(DESK + "compromisos/1/hitos/h1/", milestone_form(unit="Alcaldía"))
    answer = pedro.post(DESK + "compromisos/1/editar/", commitment_form(problem="Nadie las ve.") | seen)
    assert answer.status_code == 302


def test_two_keepers_of_a_milestone_lose_nothing(pedro: Client, milestone: Milestone) -> None:
    address = DESK + "compromisos/1/hitos/h1/"
    seen = seen_on(pedro, address)
    pedro.post(address, milestone_form(unit="Alcaldía") | seen)
    answer = pedro.post(address, milestone_form(label="Comprar micrófonos") | seen)
    assert (answer.status_code, "(Unidad responsable)" in answer.content.decode()) == (400, True)
    milestone.refresh_from_db()
    assert (milestone.label, milestone.unit) == ("Comprar cámaras", "Alcaldía")


def test_two_keepers_of_a_plan_lose_nothing(pedro: Client, plan: ActionPlan) -> None:
    address = DESK + "editar/"
    seen = seen_on(pedro, address)
    pedro.post(address, plan_form(period="2024-2027") | seen)
    assert pedro.post(address, plan_form(country="Perú") | seen).status_code == 400
    plan.refresh_from_db()
    assert (plan.period, plan.country) == ("2024-2027", "Chile")


@pytest.mark.parametrize("seen", ["", "x", NUL, "-1", "9" * 5000])
def test_form_that_does_not_say_what_it_saw_is_saved(
    pedro: Client, commitment: Commitment, seen: str
) -> None:
    answer = pedro.post(DESK + "compromisos/1/editar/", commitment_form(lead="Alcaldía", seen=seen))
    assert answer.status_code == 302
