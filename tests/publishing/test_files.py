"""The files of the open data and the dictionary that explains them."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from lms.plan.models import ActionPlan, Commitment, CoverageSnapshot, Evidence, Milestone, ProgressUpdate
from lms.plan.selectors.open_data import COVERAGE_COLUMNS
from lms.plan.services import MilestoneValues, add_milestone
from lms.publishing.selectors.tables import SUFFIXES, TABLES
from tests.factories.plan import ActionPlanFactory, CommitmentFactory
from tests.queries import count_page_queries

Covered = Callable[..., CoverageSnapshot]
pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
EVERYTHING = pytest.mark.usefixtures("milestone", "update", "evidence", "coding", "figures")
FILES = [f"{name}.{suffix}" for name in TABLES for suffix in SUFFIXES]


def read_rows(client: Client, name: str, code: str = "plan") -> list[dict[str, str]]:
    body = client.get(f"/plan/{code}/datos/{name}.csv").content.decode()
    return list(csv.DictReader(io.StringIO(body, newline="")))


def read_json(client: Client, name: str, code: str = "plan") -> Any:
    return json.loads(client.get(f"/plan/{code}/datos/{name}.json").content)


@EVERYTHING
@pytest.mark.parametrize("name", FILES)
def test_anybody_may_download_each_file(client: Client, covered: Covered, name: str) -> None:
    covered()
    response = client.get(f"/plan/plan/datos/{name}")
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    again = client.get(f"/plan/plan/datos/{name}", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@EVERYTHING
@pytest.mark.parametrize("name", list(TABLES))
def test_columns_are_those_of_the_dictionary(client: Client, covered: Covered, name: str) -> None:
    covered()
    rows = read_rows(client, name)
    assert rows
    assert tuple(rows[0]) == TABLES[name].columns


def test_every_column_of_coverage_is_in_the_dictionary() -> None:
    assert TABLES["cobertura"].columns == COVERAGE_COLUMNS


@EVERYTHING
@pytest.mark.parametrize("name", sorted(set(TABLES) - {"compromisos", "cobertura"}))
def test_json_has_the_rows_of_the_csv(client: Client, plan: ActionPlan, name: str) -> None:
    document = read_json(client, name)["datos"]
    assert [list(row) for row in document] == [list(row) for row in read_rows(client, name)]


@EVERYTHING
@pytest.mark.parametrize("name", FILES)
def test_file_costs_the_same_with_few_and_many_rows(
    client: Client, plan: ActionPlan, at: datetime, name: str
) -> None:
    few = count_page_queries(client, f"/plan/plan/datos/{name}")
    for number in range(20, 50):
        commitment = CommitmentFactory(plan=plan, number=number, title=f"Otro {number}")
        add_milestone(
            commitment_id=commitment.pk, values=MilestoneValues(label="Hito"), changed_by_id=None, at=at
        )
    assert few == count_page_queries(client, f"/plan/plan/datos/{name}") <= MOST_QUERIES


def test_current_plan_has_short_addresses(client: Client, plan: ActionPlan) -> None:
    short = client.get("/plan/datos/compromisos.csv").content
    assert short == client.get("/plan/plan/datos/compromisos.csv").content


@pytest.mark.parametrize("name", FILES)
def test_without_a_plan_the_short_addresses_are_empty_and_no_error(client: Client, name: str) -> None:
    assert client.get(f"/plan/datos/{name}").status_code == 200


@pytest.mark.parametrize("path", ["", "compromisos.csv", "hitos.json", "datapackage.json", "v/1/"])
def test_draft_has_no_data(client: Client, plan: ActionPlan, pedro: Client, path: str) -> None:
    ActionPlan.objects.update(status=ActionPlan.Status.DRAFT)
    assert client.get(f"/plan/plan/datos/{path}").status_code == 404
    assert pedro.get(f"/plan/plan/datos/{path}").status_code == 404


@pytest.mark.parametrize("name", ["personas.csv", "compromisos.xlsx", "../x.csv", "%00.csv"])
def test_file_that_there_is_not_is_not_found(client: Client, plan: ActionPlan, name: str) -> None:
    assert client.get(f"/plan/plan/datos/{name}").status_code == 404


def test_file_is_the_same_in_every_language(client: Client, milestone: Milestone) -> None:
    spanish = client.get("/plan/plan/datos/hitos.csv").content
    english = client.get("/plan/plan/datos/hitos.csv", headers={"Accept-Language": "en"}).content
    assert spanish == english


# --- What the rows say ---------------------------------------------------------------------------
def test_approved_update_is_told_whole_and_by_milestone(client: Client, update: ProgressUpdate) -> None:
    whole, part = read_rows(client, "informes-de-avance")
    assert (whole["semestre"], whole["texto"], whole["hito"]) == ("2026-2", "Se redactó la guía.", "")
    assert (part["hito"], part["texto"], part["estado_codigo"]) == ("h1", "Falta diseñarla.", "limited")


@pytest.mark.parametrize("state", ["draft", "pending", "returned"])
def test_update_that_is_not_approved_is_in_no_file(
    client: Client, update: ProgressUpdate, state: str
) -> None:
    ProgressUpdate.objects.update(state=state)
    assert read_rows(client, "informes-de-avance") == []


def test_status_without_evidence_reads_as_such(client: Client, milestone: Milestone) -> None:
    (row,) = read_rows(client, "hitos")
    assert (row["estado"], row["estado_codigo"]) == ("Sin evidencia disponible", "no_evidence")
    assert (row["plazo_original"], row["plazo"], row["reprogramaciones"]) == ("2026-06-30", "2026-12-31", "1")


def test_status_with_evidence_is_what_was_reported(client: Client, evidence: Evidence) -> None:
    (row,) = read_rows(client, "hitos")
    assert (row["estado"], row["evidencias"]) == ("Limitado", "1")


def test_evidence_taken_back_shows_nothing_any_more(client: Client, evidence: Evidence, at: datetime) -> None:
    Evidence.objects.update(retired_at=at, retired_reason="Tenía datos personales.")
    assert read_rows(client, "hitos")[0]["estado_codigo"] == "no_evidence"
    (row,) = read_rows(client, "evidencias")
    assert (row["direccion"], row["motivo_retiro"]) == ("", "Tenía datos personales.")


def test_evidence_that_waits_for_approval_is_nowhere(client: Client, evidence: Evidence) -> None:
    Evidence.objects.update(published_at=None)
    assert read_rows(client, "evidencias") == []
    assert read_rows(client, "hitos")[0]["evidencias"] == "0"


def test_replanning_is_listed_with_its_reason(client: Client, milestone: Milestone) -> None:
    (row,) = read_rows(client, "reprogramaciones")
    assert (row["hito"], row["plazo_nuevo"], row["motivo"]) == ("h1", "2026-12-31", "Faltó presupuesto.")


def test_earlier_coding_stays_and_the_latest_is_marked(client: Client, coding: None) -> None:
    rows = read_rows(client, "evaluaciones-externas")
    assert [(row["valor"], row["es_la_ultima"]) for row in rows] == [("Low", "no"), ("Substantial", "sí")]


def test_history_says_before_and_after_and_no_account(client: Client, milestone: Milestone) -> None:
    rows = read_rows(client, "cambios")
    moved = [row for row in rows if row["tipo"] == "replanned"]
    assert [(row["campo"], row["antes"], row["despues"]) for row in moved] == [
        ("Plazo", "2026-06-30", "2026-12-31")
    ]
    assert not {"autor", "cuenta", "persona"} & set(rows[0])


def test_formula_in_a_milestone_is_disarmed(client: Client, milestone: Milestone) -> None:
    Milestone.objects.update(label='=HYPERLINK("x")')
    assert read_rows(client, "hitos")[0]["titulo"] == '\'=HYPERLINK("x")'


def test_commitments_say_what_the_plan_adds(client: Client, commitment: Commitment) -> None:
    Commitment.objects.filter(pk=commitment.pk).update(
        problem="Nadie sabe", budget_amount="1500.50", budget_currency="CLP"
    )
    row = read_rows(client, "compromisos")[1]
    assert (row["problema"], row["presupuesto"], row["moneda"]) == ("Nadie sabe", "1500.50", "CLP")
    document = read_json(client, "compromisos")["compromisos"][1]
    assert document["presupuesto"] == "1500.50"


# --- The dictionary ------------------------------------------------------------------------------
def test_datapackage_describes_every_file(client: Client, plan: ActionPlan) -> None:
    document = json.loads(client.get("/plan/plan/datos/datapackage.json").content)
    assert [one["path"] for one in document["resources"]] == FILES
    assert document["licenses"][0]["name"] == "CC-BY-4.0"


@EVERYTHING
def test_each_csv_obeys_its_schema(client: Client, covered: Covered) -> None:
    covered()
    document = json.loads(client.get("/plan/plan/datos/datapackage.json").content)
    for resource in document["resources"]:
        if resource["format"] == "csv":
            rows = read_rows(client, resource["path"].removesuffix(".csv"))
            check_rows(rows, resource["schema"])


def check_rows(rows: list[dict[str, str]], schema: dict[str, Any]) -> None:
    """What a Table Schema asks: order of columns, types, and that the key is one."""
    readers: dict[str, Callable[[str], object]] = {
        "string": str,
        "integer": int,
        "date": lambda text: datetime.strptime(text, "%Y-%m-%d"),  # noqa: DTZ007
        "datetime": datetime.fromisoformat,
        "boolean": {"sí": True, "no": False}.__getitem__,
    }
    for row in rows:
        assert list(row) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            if row[field["name"]] not in schema["missingValues"]:
                readers[field["type"]](row[field["name"]])
    if key := schema.get("primaryKey"):
        found = [tuple(row[name] for name in key) for row in rows]
        assert len(found) == len(set(found))


def test_page_explains_every_column(client: Client, plan: ActionPlan) -> None:
    text = client.get("/plan/datos/").content.decode()
    for table in TABLES.values():
        for column in table.columns:
            assert f'<th scope="row">{column}</th>' in text


def test_data_pages_cost_the_same_with_few_and_many_plans(client: Client, plan: ActionPlan) -> None:
    few = count_page_queries(client, "/plan/datos/"), count_page_queries(client, "/plan/plan/datos/")
    for number in range(30):
        ActionPlanFactory(code=f"otro-{number}", is_current=False)
    many = count_page_queries(client, "/plan/datos/"), count_page_queries(client, "/plan/plan/datos/")
    assert few == many
    assert max(few) <= MOST_QUERIES


def test_catalogue_page_names_no_draft(client: Client, plan: ActionPlan) -> None:
    ActionPlanFactory(code="secreto", title="Plan secreto", is_current=False, status="draft")
    assert "Plan secreto" not in client.get("/plan/datos/").content.decode()
