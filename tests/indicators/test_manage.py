"""Keepers write what indicators say, publish and withdraw data, close and open periods."""

from typing import Any

import pytest
from django.test import Client

from lms.indicators.forms import IndicatorForm
from lms.indicators.models import Indicator, IndicatorRevision
from lms.people.models import Role
from lms.plan.models import ActionPlan, PlanChange
from tests.factories.indicators import IndicatorFactory, release
from tests.factories.people import RoleAssignmentFactory
from tests.factories.plan import CommitmentFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = pytest.mark.usefixtures("fixed_clock")
DESK = "/plan/gestion/plan/indicadores/"
NEW = f"{DESK}nuevo/"
ONE = f"{DESK}cumplen/"


def written(**changes: Any) -> dict[str, Any]:
    """The form as filled in for the indicator of the fixtures, with changes."""
    return {
        "title": "Organismos que cumplen",
        "definition": "Cuántos organismos cumplen.",
        "method": "Los que cumplen ÷ los obligados × 100.",
        "origin_text": "Indicador propuesto por Aula Abierta",
        "kind": "ratio",
        "numerator_label": "Organismos que cumplen",
        "denominator_label": "Organismos obligados",
        "is_part_of_whole": "on",
        "factor": "100",
        "unit": "% de los organismos",
        "decimals": "1",
        "direction": "higher",
        "frequency": "year",
        "dimensions": "Región\nSexo: Mujeres; Hombres",
        "licence": "CC BY 4.0",
    } | changes


# --- List ----------------------------------------------------------------------------------------
def test_list_shows_retired_ones_too(pedro: Client, indicator: Indicator) -> None:
    Indicator.objects.update(is_active=False)
    page = pedro.get(DESK).content.decode()
    assert "Retirado" in page and "Sin datos" in page


def test_list_costs_the_same_with_few_and_many(pedro: Client, released: IndicatorRevision) -> None:
    few = count_page_queries(pedro, DESK)
    for number in range(30):
        other = IndicatorFactory(commitment=released.indicator.commitment, code=f"i-{number}")
        release(other, "2025,,,1,2,,")
    assert count_page_queries(pedro, DESK) == few


def test_keeper_of_an_institution_keeps_no_other_plan(personas: Personas, indicator: Indicator) -> None:
    bruno, place = personas.bruno, personas.institution
    RoleAssignmentFactory(user=bruno, role=Role.PLAN_OWNER, institution=place)
    assert client_for(bruno).get(DESK).status_code == 404
    ActionPlan.objects.update(institution=place)
    assert client_for(bruno).get(DESK).status_code == 200


# --- Create and edit -----------------------------------------------------------------------------
def test_created_indicator_has_a_code_a_place_and_a_history(
    pedro: Client, indicator: Indicator, personas: Personas
) -> None:
    answer = pedro.post(NEW, written(commitment=indicator.commitment_id, title="Agua medida"), follow=True)
    assert "Ahora carga sus datos" in answer.content.decode()
    created = Indicator.objects.get(code="agua-medida")
    assert (created.order, [one["name"] for one in created.dimensions]) == (2, ["region", "sexo"])
    change = PlanChange.objects.get()
    assert (change.subject, change.kind, change.changed_by, change.commitment) == (
        "indicator", "created", personas.pedro, indicator.commitment,
    )  # fmt: skip


def test_same_title_twice_gives_two_codes(pedro: Client, indicator: Indicator) -> None:
    for _turn in range(2):
        pedro.post(NEW, written(commitment=indicator.commitment_id, title="Ods"))
    assert sorted(Indicator.objects.exclude(code="cumplen").values_list("code", flat=True)) == [
        "ods-2",
        "ods-3",
    ]


def test_commitment_of_another_plan_is_no_choice(pedro: Client, indicator: Indicator) -> None:
    other = CommitmentFactory(plan__is_current=False)
    answer = pedro.post(NEW, written(commitment=other.pk))
    assert "Elige un compromiso de la lista" in answer.content.decode()


@pytest.mark.parametrize("number", ["1", "99", "x", "9" * 5000, "²"])
def test_commitment_may_be_chosen_in_the_address(pedro: Client, indicator: Indicator, number: str) -> None:
    answer = pedro.get(NEW, {"compromiso": number})
    assert answer.status_code == 200
    assert (answer.context["form"].initial["commitment"] is not None) == (number == "1")


def test_saving_what_is_there_changes_nothing(pedro: Client, indicator: Indicator) -> None:
    form = pedro.get(ONE).context["form"]
    sent = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    assert "No cambió nada" in pedro.post(ONE, sent, follow=True).content.decode()
    assert not PlanChange.objects.exists()


def test_edit_is_shown_in_the_history_before_and_after(pedro: Client, indicator: Indicator) -> None:
    pedro.post(ONE, written(target_value="1234,5", target_period="2030", target_source_text="Plan"))
    (change,) = pedro.get(ONE).context["changes"]
    assert {(one.label, one.before, one.after) for one in change.fields} >= {
        ("Meta", "", "1234.5"),
        ("Fuente de la meta", "", "Plan"),
    }


def test_count_keeps_no_denominator(pedro: Client, indicator: Indicator) -> None:
    pedro.post(ONE, written(kind="count"))
    indicator.refresh_from_db()
    assert (indicator.kind, indicator.denominator_label, indicator.factor) == ("count", "", 1)


def test_published_data_stay_as_they_were_when_the_indicator_changes(
    pedro: Client, client: Client, released: IndicatorRevision
) -> None:
    pedro.post(ONE, written(dimensions="Comuna", kind="count"))
    assert "Norte" in client.get("/plan/plan/indicadores/cumplen/revisiones/1/").content.decode()


def test_keeper_is_told_that_the_data_do_not_follow_the_new_definition(
    pedro: Client, released: IndicatorRevision
) -> None:
    assert "Los datos siguen" not in pedro.post(ONE, written(title="Otro"), follow=True).content.decode()
    page = pedro.post(ONE, written(title="Otro", factor="1000"), follow=True).content.decode()
    assert "Los datos siguen con la definición de la revisión 1" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "necesario"),
        ("title", "x" * 251, "250"),
        ("title", "\u200b\u00a0", "necesario"),
        ("denominator_label", "\u200b", "Di qué es el denominador"),
        ("unit", "\u3164", "necesario"),
        ("definition", "x" * 4001, "4000"),
        ("kind", "otro", "opción"),
        ("factor", "7", "opción"),
        ("factor", "9" * 5000, "opción"),
        ("decimals", "9" * 5000, "número entero"),
        ("decimals", "5", "4"),
        ("frequency", "diaria", "opción"),
        ("denominator_label", "", "Di qué es el denominador"),
        ("dimensions", "Nota: a", "es el nombre de otra columna"),
        ("dimensions", "a\nb\nc\nd\ne\nf", "hasta cinco"),
        ("dimensions", "x" * 70_001, "70000"),
        ("target_value", "ochenta", "Escribe un número"),
        ("target_value", "1.234", "de dos maneras"),
        ("target_value", "9" * 5000, "demasiado largo"),
        ("target_value", "-1", "cero o un número mayor"),
        ("sdg_target", "16.99", "como 16 o 16.6"),
        ("source_url", "javascript:alert(1)", "URL"),
        ("origin_url", "no es", "URL"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    pedro: Client, indicator: Indicator, field: str, value: str, words: str
) -> None:
    answer = pedro.post(ONE, written(**{field: value}))
    assert answer.status_code == 400
    assert any(words in error for error in answer.context["form"].errors[field])
    assert not PlanChange.objects.exists()


def test_form_lets_nothing_through_that_the_table_cannot_hold() -> None:
    for name, field in IndicatorForm.base_fields.items():
        room = getattr(Indicator._meta.get_field(name), "max_length", None)
        assert room is None or not hasattr(field, "max_length") or field.max_length <= room, name


def test_column_of_a_dimension_stays_when_the_form_is_saved(pedro: Client, indicator: Indicator) -> None:
    kept = [{"name": "grupo", "label": "Grupo de población", "values": []}]
    Indicator.objects.update(dimensions=kept)
    form = pedro.get(ONE).context["form"]
    pedro.post(ONE, written(title="Otro", dimensions=form["dimensions"].value()))
    indicator.refresh_from_db()
    assert (indicator.title, indicator.dimensions) == ("Otro", kept)


def test_target_without_period_and_source_is_refused(pedro: Client, indicator: Indicator) -> None:
    errors = pedro.post(ONE, written(target_value="80")).context["form"].errors
    assert set(errors) == {"target_period", "target_source_text"}


def test_retired_indicator_leaves_the_public_pages_and_returns(
    pedro: Client, client: Client, indicator: Indicator
) -> None:
    public = "/plan/plan/indicadores/cumplen/"
    assert pedro.get(f"{ONE}retirar/").status_code == 200
    pedro.post(f"{ONE}retirar/")
    assert client.get(public).status_code == 404
    pedro.post(f"{ONE}reponer/")
    pedro.post(f"{ONE}reponer/")
    assert client.get(public).status_code == 200
    assert PlanChange.objects.count() == 2


# --- Releases ------------------------------------------------------------------------------------
def test_keeper_withdraws_with_a_reason_and_not_without(pedro: Client, released: IndicatorRevision) -> None:
    address = f"{ONE}revisiones/1/retirar/"
    for nothing in ("", "\u200b", "\u00a0"):
        assert pedro.post(address, {"reason": nothing}).status_code == 400
    assert "quedó retirada" in pedro.post(address, {"reason": "Mal sumada"}, follow=True).content.decode()
    assert pedro.post(address, {"reason": "Otra vez"}).status_code == 302
    assert IndicatorRevision.objects.get().withdrawal_reason == "Mal sumada"


@pytest.mark.parametrize("number", ["0", "9", "99999999999999999999"])
def test_unknown_release_is_not_found(pedro: Client, released: IndicatorRevision, number: str) -> None:
    assert pedro.get(f"{ONE}revisiones/{number}/retirar/").status_code == 404
    assert pedro.post(f"{ONE}revisiones/{number}/publicar/").status_code == 404


def test_publishing_what_is_public_changes_nothing(pedro: Client, released: IndicatorRevision) -> None:
    answer = pedro.post(f"{ONE}revisiones/1/publicar/", follow=True)
    assert "No cambió nada" in answer.content.decode()


def test_withdrawal_that_would_change_a_closed_period_says_so(
    pedro: Client, released: IndicatorRevision
) -> None:
    pedro.post(f"{ONE}periodos/", {"period": "2025"})
    answer = pedro.post(f"{ONE}revisiones/1/retirar/", {"reason": "Mal"})
    assert answer.status_code == 400
    assert "Ábrelo primero" in answer.content.decode()


# --- Periods -------------------------------------------------------------------------------------
def test_keeper_closes_and_opens_a_period_and_all_is_shown(
    pedro: Client, client: Client, indicator: Indicator
) -> None:
    page = pedro.post(f"{ONE}periodos/", {"period": "2025", "reason": "Auditado"}, follow=True)
    assert "El período 2025 quedó cerrado" in page.content.decode()
    assert "Períodos cerrados" in client.get("/plan/plan/indicadores/cumplen/").content.decode()
    for nothing in ("", "\u200b"):
        assert pedro.post(f"{ONE}periodos/2025/abrir/", {"reason": nothing}).status_code == 400
    page = pedro.post(f"{ONE}periodos/2025/abrir/", {"reason": "Cambió la fuente"}, follow=True)
    assert [one.reason for one in page.context["locks"]] == ["Cambió la fuente", "Auditado"]
    assert page.context["locked"] == []


@pytest.mark.parametrize("period", ["", "2025-S1", "9" * 5000, "a\0b", "ayer"])
def test_what_is_no_period_is_not_closed(pedro: Client, indicator: Indicator, period: str) -> None:
    assert pedro.post(f"{ONE}periodos/", {"period": period}).status_code == 400
    assert not indicator.locks.exists()


def test_closed_period_is_not_closed_again(pedro: Client, indicator: Indicator) -> None:
    pedro.post(f"{ONE}periodos/", {"period": "2025"})
    assert "ya está cerrado" in pedro.post(f"{ONE}periodos/", {"period": "2025"}).content.decode()


def test_open_period_has_no_page_to_open_it(pedro: Client, indicator: Indicator) -> None:
    assert pedro.get(f"{ONE}periodos/2025/abrir/").status_code == 404
