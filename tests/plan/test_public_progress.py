"""What everybody reads: milestones, the calendar, the history, any version."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from lms.plan.models import ActionPlan, Commitment, PlanChange, ThematicTable
from lms.plan.services import (
    CommitmentLinks,
    CommitmentValues,
    LineValues,
    PlanValues,
    create_plan,
    edit_commitment,
    edit_plan,
    set_plan_status,
)
from tests.factories.plan import CommitmentFactory
from tests.factories.plan_progress import approve, attach, create_milestone, write_update
from tests.queries import count_page_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]

PAGE = "/plan/local/compromisos/1/"
HISTORY = PAGE + "historia/"


@pytest.fixture
def commitment(at: datetime) -> Commitment:
    found: Commitment = CommitmentFactory(
        plan__code="local", plan__installed_at=at - timedelta(days=300), number=1, title="Abrir el concejo"
    )
    create_milestone(commitment=found, at=at, due_on=date(2024, 2, 1))
    create_milestone(commitment=found, at=at, label="Capacitar", due_on=date(2030, 2, 1))
    return found


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_milestone_without_report_says_so(client: Client, commitment: Commitment) -> None:
    assert "Sin informar" in text_of(client, PAGE)


def test_status_without_evidence_reads_so(client: Client, commitment: Commitment, at: datetime) -> None:
    approve(update=write_update(commitment=commitment, at=at, h1=LineValues(status="complete")), at=at)
    text = text_of(client, PAGE)
    assert "Sin evidencia disponible" in text
    assert "La institución informó «Completo» y no mostró evidencia." in text


def test_dead_address_is_shown_as_dead(client: Client, commitment: Commitment, at: datetime) -> None:
    update = write_update(commitment=commitment, at=at)
    evidence = attach(update=update, at=at)
    approve(update=update, at=at)
    evidence.refresh_from_db()
    evidence.dead_since, evidence.checked_at = at, at + timedelta(days=1)
    evidence.save()
    assert "El enlace no responde" in text_of(client, PAGE)


def test_banner_says_since_when_nothing_was_reported(
    client: Client, commitment: Commitment, at: datetime
) -> None:
    assert "Sin actualizar desde el" in text_of(client, PAGE)
    approve(update=write_update(commitment=commitment, at=at), at=at)
    assert "Sin actualizar desde el" not in text_of(client, PAGE)
    with time_machine.travel(at + timedelta(days=190), tick=False):
        assert "Sin actualizar desde el" in text_of(client, PAGE)


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 2), ("?ver=atrasados", 1), ("?ver=reprogramados", 0), ("?ver=sin-evidencia", 0), ("?ver=x\x00", 2)],
)
def test_milestones_are_filtered(client: Client, commitment: Commitment, query: str, count: int) -> None:
    assert len(client.get(f"/plan/local/hitos/{query}").context["rows"].object_list) == count


def test_plan_page_counts_milestones(client: Client, commitment: Commitment) -> None:
    counts = client.get("/plan/local/").context["counts"]
    assert (counts.total, counts.late, counts.complete) == (2, 1, 0)


def test_calendar_shows_each_half_year(client: Client, commitment: Commitment, at: datetime) -> None:
    approve(update=write_update(commitment=commitment, at=at), at=at)
    (row,) = client.get("/plan/local/calendario/").context["rows"]
    assert "done" in [str(cell.duty) for cell in row.cells]


def test_calendar_asks_nothing_of_a_commitment_that_ended(
    client: Client, commitment: Commitment, at: datetime
) -> None:
    CommitmentFactory(
        plan=commitment.plan, number=2, title="Otro", starts_on=date(2020, 1, 1), ends_on=date(2020, 6, 30)
    )
    _running, ended = client.get("/plan/local/calendario/").context["rows"]
    assert {str(cell.duty) for cell in ended.cells} == {"none"}


def test_plan_without_milestones_says_that_none_are_published(client: Client) -> None:
    CommitmentFactory(plan__code="local")
    assert "El plan no publica hitos" in text_of(client, "/plan/local/hitos/")


# --- What is not known ---------------------------------------------------------------------------
def unknown(client: Client) -> list[str]:
    return list(client.get(PAGE).context["unknown"])


def test_every_field_without_a_value_is_named(client: Client, commitment: Commitment) -> None:
    found = unknown(client)
    for label in ("Problema público", "Responsable", "Presupuesto", "Mesa de trabajo", "Inicio"):
        assert f"{label}: no publicado." in found
    assert "Descripción: no publicado." not in found
    assert "Formación: no hay cursos vinculados ni una meta publicada." in found
    assert "Evaluación externa: no publicada en las fuentes leídas." in found


def test_milestone_that_nothing_shows_is_not_known(
    client: Client, commitment: Commitment, at: datetime
) -> None:
    update = write_update(
        commitment=commitment, at=at, h1=LineValues(status="complete"), h2=LineValues(status="limited")
    )
    attach(update=update, at=at)
    approve(update=update, at=at)
    found = unknown(client)
    assert "«Capacitar»: sin evidencia disponible." in found
    assert not [one for one in found if "Publicar la pauta" in one or "informe aprobado" in one]


def test_table_and_budget_are_told_with_their_sources(client: Client, commitment: Commitment) -> None:
    table = ThematicTable.objects.create(plan=commitment.plan, order=1, name="Mesa de transparencia")
    source = {"text": "Ley de Presupuestos", "url": "https://example.org/ley"}
    Commitment.objects.update(
        table=table,
        budget_amount="1500000.50",
        budget_currency="CLP",
        sources={"budget": source, "table": source},
    )
    facts = {fact.label: fact for fact in client.get(PAGE).context["facts"]}
    assert facts["Mesa de trabajo"].value == "Mesa de transparencia"
    assert (facts["Presupuesto"].value, facts["Presupuesto"].source_text) == (
        "CLP 1.500.000,50", "Ley de Presupuestos",
    )  # fmt: skip


# --- History -------------------------------------------------------------------------------------
def edit(commitment: Commitment, at: datetime, **values: object) -> None:
    edit_commitment(
        commitment_id=commitment.pk,
        values=CommitmentValues(**{"title": commitment.title, "description": "Realizar talleres."} | values),  # type: ignore[arg-type]
        links=CommitmentLinks(),
        sources={},
        changed_by_id=None,
        at=at,
        reason="Lo pidió la mesa.",
    )


def test_history_shows_words_that_went_and_came(client: Client, commitment: Commitment, at: datetime) -> None:
    edit(commitment, at, description="Realizar cursos.")
    text = text_of(client, HISTORY)
    assert "<del>" in text
    assert "cursos." in text
    assert "Lo pidió la mesa." in text


def test_history_names_nobody(client: Client, commitment: Commitment, at: datetime, personas: object) -> None:
    edit(commitment, at, description="Otra.")
    assert "Araya" not in text_of(client, HISTORY)


def test_two_versions_are_compared(client: Client, commitment: Commitment, at: datetime) -> None:
    edit(commitment, at, problem="Nadie se entera.")
    edit(commitment, at, problem="Pocas personas se enteran.")
    first, second = (
        PlanChange.objects.filter(subject="commitment").order_by("pk").values_list("version", flat=True)
    )
    found = client.get(f"{HISTORY}?desde={first}&hasta={second}").context["differences"]
    assert [(one.label, one.before) for one in found] == [("Problema público", "Nadie se entera.")]


@pytest.mark.parametrize("query", ["?desde=1&hasta=99", "?desde=99&hasta=1"])
def test_version_that_never_was_is_not_found(client: Client, commitment: Commitment, query: str) -> None:
    assert client.get(HISTORY + query).status_code == 404


@pytest.mark.parametrize("query", ["?desde=x&hasta=2", "?desde=-1", "?desde=" + "9" * 5000, "?pagina=x"])
def test_strange_questions_show_the_history(client: Client, commitment: Commitment, query: str) -> None:
    assert client.get(HISTORY + query).status_code == 200


def test_version_keeps_its_address(client: Client, commitment: Commitment, at: datetime) -> None:
    edit(commitment, at, problem="Nadie se entera.")
    number = PlanChange.objects.filter(subject="commitment").latest("pk").version
    edit(commitment, at, problem="Pocas personas se enteran.")
    assert "Nadie se entera." in text_of(client, f"{PAGE}versiones/{number}/")
    assert client.get(f"{PAGE}versiones/999/").status_code == 404


# --- Versions of the plan itself -----------------------------------------------------------------
PLAN = "/plan/abierto/"


@pytest.fixture
def plan(at: datetime) -> ActionPlan:
    """Made, published and changed: its versions 1, 2 and 3."""
    values = PlanValues(
        title="Plan abierto", level="municipal", country="Chile", period="2026", total_commitments=2,
        design_text="Se hicieron dos talleres.",
    )  # fmt: skip
    found = create_plan(code="abierto", values=values, tables=["Datos"], changed_by_id=None, at=at)
    set_plan_status(plan_id=found.pk, status="active", changed_by_id=None, at=at)
    later = replace(values, period="2026-2028", design_text="Se hicieron cuatro talleres.")
    edit_plan(plan_id=found.pk, values=later, tables=["Datos", "Agua"], changed_by_id=None, at=at)
    return found


def test_page_of_a_plan_leads_to_its_versions(client: Client, plan: ActionPlan) -> None:
    assert f'href="{PLAN}versiones/"' in text_of(client, PLAN)


def test_versions_of_a_plan_are_told_apart_from_its_commitments(
    client: Client, plan: ActionPlan, at: datetime
) -> None:
    create_milestone(commitment=CommitmentFactory(plan=plan, number=1, title="Abrir el concejo"), at=at)
    lines = client.get(PLAN + "versiones/").context["lines"]
    assert [line.version for line in lines] == [3, 2, 1]
    assert "Publicar la pauta" in text_of(client, PLAN + "historia/")
    assert "Publicar la pauta" not in text_of(client, PLAN + "versiones/")


def test_two_versions_of_a_plan_are_compared_in_words(client: Client, plan: ActionPlan) -> None:
    found = client.get(PLAN + "versiones/?desde=1&hasta=3").context["differences"]
    assert [(one.label, one.before, one.after) for one in found] == [
        ("Estado", "Borrador", "En ejecución"),
        ("Período", "2026", "2026-2028"),
        ("Mesas de trabajo", "Datos", "Datos, Agua"),
        ("Cómo se diseñó", "Se hicieron dos talleres.", "Se hicieron cuatro talleres."),
    ]
    assert [piece.text for piece in found[-1].pieces if piece.is_gone] == ["dos "]


def test_version_of_a_plan_keeps_its_address(client: Client, plan: ActionPlan) -> None:
    text = text_of(client, PLAN + "versiones/2/")
    assert "Se hicieron dos talleres." in text
    assert "2026-2028" not in text
    assert client.get(PLAN + "versiones/9/").status_code == 404


def test_versions_of_a_draft_are_not_found(client: Client, plan: ActionPlan) -> None:
    ActionPlan.objects.update(status="draft")
    for end in ("versiones/", "versiones/1/"):
        assert client.get(PLAN + end).status_code == 404


# --- What it costs -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        "/plan/local/",
        PAGE,
        "/plan/local/hitos/",
        "/plan/local/calendario/",
        HISTORY,
        "/plan/local/historia/",
        "/plan/local/versiones/",
    ],
)
def test_page_costs_the_same_with_few_and_many(
    client: Client, commitment: Commitment, at: datetime, address: str
) -> None:
    approve(update=write_update(commitment=commitment, at=at, h1=LineValues(status="limited")), at=at)
    few = count_page_queries(client, address)
    for _turn in range(27):
        create_milestone(commitment=commitment, at=at)
    many = write_update(
        commitment=commitment, at=at, **{f"h{n}": LineValues(status="limited") for n in range(1, 28)}
    )
    attach(update=many, at=at)
    approve(update=many, at=at)
    assert count_page_queries(client, address) == few
    assert few <= 15
