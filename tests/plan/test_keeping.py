"""The plan's team makes a plan wholly on screens; whoever is of another place finds nothing."""

from datetime import date

import pytest
from django.test import Client

from lms.plan.models import ActionPlan, Commitment, PlanChange
from tests.factories.plan import ActionPlanFactory, CommitmentFactory
from tests.personas import Personas, client_for
from tests.plan.keeping import (
    DESK,
    NUL,
    commitment,
    keeper,
    pedro,
    plan,
    plan_form,
)
from tests.queries import count_page_queries

__all__ = ["commitment", "keeper", "pedro", "plan"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


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
        ("title", NUL, "Escribe el título del plan"),
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


def test_institution_that_ended_stays_that_of_its_plan(
    pedro: Client, plan: ActionPlan, personas: Personas
) -> None:
    ActionPlan.objects.update(institution=personas.institution)
    personas.institution.valid_until = date(2020, 1, 1)
    personas.institution.save()
    place = str(personas.institution.pk)
    pedro.post(DESK + "editar/", plan_form(institution_id=place, period="2024-2027"))
    plan.refresh_from_db()
    assert (plan.institution, plan.period) == (personas.institution, "2024-2027")


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


# --- What it costs -------------------------------------------------------------------------------
def test_desk_costs_the_same_with_few_and_many(pedro: Client, commitment: Commitment) -> None:
    few = count_page_queries(pedro, DESK)
    for number in range(2, 31):
        CommitmentFactory(plan=commitment.plan, number=number)
    assert count_page_queries(pedro, DESK) == few
