"""From gaps to a local plan, once."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from lms.diagnostics.models import Assessment, PlannedImprovement, Questionnaire
from lms.diagnostics.services import (
    ChosenImprovement,
    Destination,
    LocalPlan,
    NotFinishedError,
    PlanNotOpenError,
    make_local_plan,
)
from lms.people.models import Institution, Role
from lms.plan.models import ActionPlan, Milestone, PlanChange
from tests.factories.diagnostics import CODE, begin, finish
from tests.factories.people import InstitutionFactory, RoleAssignmentFactory, UserFactory
from tests.factories.plan import ActionPlanFactory, CommitmentFactory
from tests.personas import Personas, client_for

DUE = date(2027, 6, 30)
NEW = Destination(title="Plan local")


def choose(*keys: str) -> list[ChosenImprovement]:
    return [ChosenImprovement(key, f"Hacer {key}", "Participación", DUE) for key in keys]


def make(
    assessment: Assessment, *keys: str, at: datetime, destination: Destination = NEW
) -> LocalPlan | None:
    return make_local_plan(
        assessment_id=assessment.pk, chosen=choose(*keys), destination=destination, words="Del diagnóstico.",
        changed_by_id=None, at=at,
    )  # fmt: skip


@pytest.fixture
def done(questionnaire: Questionnaire, at: datetime) -> Assessment:
    """A municipality with gaps in both dimensions."""
    town = InstitutionFactory(code="MU001", kind=Institution.Kind.MUNICIPALITY)
    return finish(town, (3, 1, 0, 2), questionnaire=questionnaire, at=at)


# --- Service -------------------------------------------------------------------------------------
def test_each_dimension_is_a_commitment_and_each_improvement_a_milestone(
    done: Assessment, at: datetime
) -> None:
    national = ActionPlanFactory(code="plan")

    made = make(done, "publicado", "sesiona", "responde", at=at)

    assert made is not None and made.is_new
    plan = ActionPlan.objects.get(pk=made.plan.pk)
    assert (plan.level, plan.status, plan.adheres_to, plan.institution) == (
        "municipal",
        "draft",
        national,
        done.institution,
    )
    assert (plan.period, plan.starts_on, plan.ends_on) == ("2026-2027", date(2026, 11, 20), DUE)
    assert [(one.number, one.title) for one in plan.commitments.all()] == [(1, "Creación"), (2, "Uso")]
    milestones = Milestone.objects.filter(commitment__plan=plan).order_by("commitment__number", "order")
    assert [(one.label, one.due_on, one.unit) for one in milestones] == [
        (f"Hacer {key}", DUE, "Participación") for key in ("publicado", "sesiona", "responde")
    ]
    assert milestones[0].source_text == "Ley 18.575, artículo 74"
    made = PlanChange.objects.filter(plan=plan, kind="created")
    assert made.count() == 6


def test_a_second_time_makes_nothing_twice(done: Assessment, at: datetime) -> None:
    make(done, "publicado", at=at)

    assert make(done, "publicado", at=at) is None
    assert (ActionPlan.objects.count(), Milestone.objects.count(), PlannedImprovement.objects.count()) == (
        1,
        1,
        1,
    )


def test_more_improvements_go_to_the_same_plan_and_commitment(done: Assessment, at: datetime) -> None:
    first = make(done, "sesiona", at=at)
    assert first is not None

    second = make(
        done, "sesiona", "responde", "publicado", at=at, destination=Destination(plan_id=first.plan.pk)
    )

    assert second is not None and second.made == ["publicado", "responde"] and not second.is_new
    assert [one.milestones.count() for one in first.plan.commitments.order_by("number")] == [2, 1]


def test_a_commitment_that_somebody_spelled_otherwise_is_the_same(done: Assessment, at: datetime) -> None:
    first = make(done, "sesiona", at=at)
    assert first is not None
    first.plan.commitments.update(title="USO.", number=1)
    assert make(done, "responde", at=at, destination=Destination(plan_id=first.plan.pk)) is not None
    assert first.plan.commitments.count() == 1


def test_the_code_of_a_new_plan_is_one_that_nobody_has(done: Assessment, at: datetime) -> None:
    ActionPlanFactory(code="mu001-consejo-2026", is_current=False)

    made = make(done, "sesiona", at=at)

    assert made is not None and made.plan.code == "mu001-consejo-2026-2"


def test_only_a_draft_plan_of_the_same_institution_takes_milestones(done: Assessment, at: datetime) -> None:
    elsewhere = ActionPlanFactory(status="draft", institution=InstitutionFactory(), is_current=False)
    running = ActionPlanFactory(status="active", institution=done.institution, is_current=False)

    for plan in (elsewhere, running):
        with pytest.raises(PlanNotOpenError):
            make(done, "sesiona", at=at, destination=Destination(plan_id=plan.pk))
    assert not Milestone.objects.exists()


def test_a_draft_assessment_makes_no_plan(questionnaire: Questionnaire, at: datetime) -> None:
    draft = begin(InstitutionFactory(), questionnaire=questionnaire, at=at)

    with pytest.raises(NotFinishedError):
        make(draft, "sesiona", at=at)


def test_an_error_in_the_middle_leaves_nothing(done: Assessment, at: datetime) -> None:
    with pytest.raises(KeyError):
        make(done, "sesiona", "no-existe", at=at)

    assert not ActionPlan.objects.exists() and not PlannedImprovement.objects.exists()


# --- Screen --------------------------------------------------------------------------------------
@pytest.fixture
def mine(personas: Personas, questionnaire: Questionnaire, at: datetime) -> Assessment:
    return finish(personas.institution, (3, 1, 0, 2), questionnaire=questionnaire, at=at - timedelta(days=1))


def page_of(assessment: Assessment) -> str:
    return f"/plan/diagnosticos/{CODE}/plan-local/{assessment.public_id}/"


def form(**fields: str) -> dict[str, str]:
    """What the form sends: "sesiona" chosen, the others not."""
    return {
        "sesiona-chosen": "on",
        "sesiona-label": "Sesionar cuatro veces",
        "sesiona-due_on": "30-06-2027",
        "sesiona-unit": "Gabinete",
        "publicado-label": "Lograr que publicado",
        "responde-label": "Lograr que responde",
        "plan": "nuevo",
        "title": "Plan local de prueba",
        **fields,
    }


def test_the_institution_makes_its_plan_and_a_second_post_changes_nothing(
    mine: Assessment, pedro: Client
) -> None:
    assert "Lograr que sesiona" in pedro.get(page_of(mine)).content.decode()

    made = pedro.post(page_of(mine), form())

    plan = ActionPlan.objects.get()
    assert made["Location"] == f"/plan/{plan.code}/"
    assert [one.label for one in Milestone.objects.all()] == ["Sesionar cuatro veces"]
    again = pedro.post(page_of(mine), form(), follow=True)
    assert "No se hizo nada dos veces" in again.content.decode()
    assert (ActionPlan.objects.count(), Milestone.objects.count()) == (1, 1)
    profile = pedro.get(f"/plan/diagnosticos/{CODE}/perfil/{mine.public_id}/").content.decode()
    assert "Ya es un hito" in profile


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sesiona-due_on": ""}, "Escribe hasta cuándo."),
        ({"sesiona-due_on": "19-11-2026"}, "El plazo debe ser desde hoy"),
        ({"sesiona-due_on": "31-02-2027"}, "Escribe la fecha así"),
        ({"sesiona-due_on": "01-01-9999"}, "El plazo debe ser desde hoy"),
        ({"sesiona-label": " "}, "Escribe qué se va a hacer."),
        ({"sesiona-label": "x" * 301}, "Escribe 300 caracteres o menos."),
        ({"sesiona-unit": "x" * 201}, "Escribe 200 caracteres o menos."),
        ({"sesiona-unit": "a\x00b"}, "nulos"),
        ({"title": ""}, "Escribe un título para el plan."),
        ({"title": "x" * 201}, "200 caracteres o menos"),
        ({"plan": "9" * 5000}, "Elige una de las alternativas."),
        ({"plan": ""}, "Elige dónde quedan los hitos."),
        ({"sesiona-chosen": ""}, "Elige al menos una mejora."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    mine: Assessment, pedro: Client, fields: dict[str, str], words: str
) -> None:
    sent = form(**{"sesiona-comment": "", **fields})
    if fields.get("sesiona-chosen") == "":
        del sent["sesiona-chosen"]

    response = pedro.post(page_of(mine), sent)

    assert response.status_code == 400 and words in response.content.decode()
    assert not ActionPlan.objects.exists()


def test_what_was_not_chosen_need_not_be_right(mine: Assessment, pedro: Client) -> None:
    response = pedro.post(page_of(mine), form(**{"publicado-due_on": "nada", "publicado-label": "x" * 400}))

    assert response.status_code == 302


def test_who_keeps_no_plan_of_the_institution_makes_none(mine: Assessment, iris: Client) -> None:
    assert iris.get(page_of(mine)).status_code == 404
    assert (
        "Hacer el plan local" not in iris.get(page_of(mine).replace("plan-local", "perfil")).content.decode()
    )


def test_the_plan_team_of_the_institution_makes_it_too(
    mine: Assessment, personas: Personas, fixed_clock: None
) -> None:
    user = UserFactory()
    RoleAssignmentFactory(user=user, role=Role.PLAN_OWNER, institution=personas.institution)

    assert client_for(user).post(page_of(mine), form()).status_code == 302


# --- The commitment's page -----------------------------------------------------------------------
def test_a_commitment_leads_to_its_questionnaires(questionnaire: Questionnaire, client: Client) -> None:
    plan = ActionPlanFactory(code="plan")
    CommitmentFactory(plan=plan, number=9)
    CommitmentFactory(plan=plan, number=8)

    assert questionnaire.title in client.get("/plan/plan/compromisos/9/").content.decode()
    assert questionnaire.title not in client.get("/plan/plan/compromisos/8/").content.decode()
