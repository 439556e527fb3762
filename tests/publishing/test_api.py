"""The API of plans: public, typed, in pages."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from lms.plan.models import ActionPlan, Commitment, CoverageSnapshot
from lms.plan.services import MilestoneValues, add_milestone
from lms.publishing.api.routes import LISTS
from lms.publishing.selectors.tables import TABLES
from tests.factories.plan import ActionPlanFactory
from tests.queries import count_page_queries

Covered = Callable[..., CoverageSnapshot]
pytestmark = pytest.mark.django_db
ROOT = "/api/v1/plan/"
EVERYTHING = pytest.mark.usefixtures("milestone", "update", "evidence", "coding", "figures")
PATHS = ["plans/", "plans/plan/", "plans/plan/commitments/2/", *(f"plans/plan/{path}/" for path in LISTS)]


def read(client: Client, path: str) -> Any:
    return json.loads(client.get(f"{ROOT}{path}").content)


@EVERYTHING
@pytest.mark.parametrize("path", PATHS)
def test_anybody_reads_without_a_token(client: Client, covered: Covered, path: str) -> None:
    covered()
    response = client.get(f"{ROOT}{path}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    again = client.get(f"{ROOT}{path}", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@EVERYTHING
@pytest.mark.parametrize("path", list(LISTS))
def test_list_has_the_rows_of_the_file(client: Client, covered: Covered, path: str) -> None:
    covered()
    found = read(client, f"plans/plan/{path}/")
    rows = TABLES[LISTS[path]].rows(ActionPlan.objects.get())
    assert found["total"] == len(rows) > 0
    assert [list(item) for item in found["items"]] == [list(TABLES[LISTS[path]].columns)] * len(rows)


def test_pages_give_everything_once(client: Client, commitment: Commitment, at: datetime) -> None:
    for number in range(7):
        values = MilestoneValues(label=f"Hito {number}")
        add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    address: str | None = f"{ROOT}plans/plan/milestones/?limit=3&compromiso=2"
    seen: list[str] = []
    while address:
        page = json.loads(client.get(address.removeprefix("http://testserver")).content)
        seen += [item["titulo"] for item in page["items"]]
        address = page["next"]
    assert seen == [f"Hito {number}" for number in range(7)]


def test_list_may_be_that_of_one_commitment(client: Client, plan: ActionPlan) -> None:
    assert read(client, "plans/plan/commitments/?compromiso=2")["total"] == 1
    assert read(client, "plans/plan/milestones/?compromiso=1")["items"] == []


def test_unknown_is_null(client: Client, plan: ActionPlan) -> None:
    assert read(client, "plans/plan/commitments/2/")["responsable"] is None


@pytest.mark.parametrize("path", PATHS[1:])
def test_draft_does_not_exist(client: Client, plan: ActionPlan, path: str) -> None:
    ActionPlan.objects.update(status="draft")
    response = client.get(f"{ROOT}{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert read(client, "plans/")["items"] == []


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=1001",
        "limit=x",
        "offset=-1",
        f"offset={'9' * 5000}",
        "compromiso=%00",
        "comprimiso=1",
    ],
)
def test_wrong_parameter_is_named(client: Client, plan: ActionPlan, query: str) -> None:
    response = client.get(f"{ROOT}plans/plan/milestones/?{query}")
    assert response.status_code == 400
    (error,) = json.loads(response.content)["errors"]
    assert error["name"] == f"query.{query.partition('=')[0]}"
    assert error["detail"].startswith(("debe ser", "el número es", "no existe"))


@pytest.mark.parametrize("path", ["plans/otro/", "plans/plan/commitments/99/", "personas/", "plans/%00/"])
def test_what_there_is_not_is_a_problem_document(client: Client, plan: ActionPlan, path: str) -> None:
    response = client.get(f"{ROOT}{path}")
    assert response.status_code == 404
    assert json.loads(response.content)["type"] == "http://testserver/api/v1/#not-found"


def test_it_is_read_only(client: Client, plan: ActionPlan) -> None:
    assert client.post(f"{ROOT}plans/").status_code == 405


def test_too_many_calls_of_one_network_wait(client: Client, plan: ActionPlan, settings: Any) -> None:
    settings.API_PER_MINUTE = 2
    answers = [client.get(f"{ROOT}plans/") for _turn in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert client.get(f"{ROOT}plans/", REMOTE_ADDR="198.51.100.7").status_code == 200


@pytest.mark.parametrize("path", PATHS[1:])
def test_call_costs_the_same_with_few_and_many_rows(
    client: Client, commitment: Commitment, at: datetime, path: str
) -> None:
    values = MilestoneValues(label="Hito")
    for _turn in range(3):
        add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    few = count_page_queries(client, f"{ROOT}{path}")
    for _turn in range(27):
        add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    assert few == count_page_queries(client, f"{ROOT}{path}") <= 10


def test_list_of_plans_costs_the_same_with_few_and_many(client: Client, plan: ActionPlan) -> None:
    few = count_page_queries(client, f"{ROOT}plans/")
    for number in range(30):
        ActionPlanFactory(code=f"otro-{number}", is_current=False)
    assert few == count_page_queries(client, f"{ROOT}plans/")


# --- The description -----------------------------------------------------------------------------
def test_description_is_openapi_and_solves_its_references(client: Client, db: None) -> None:
    document = read(client, "openapi.json")
    assert document["openapi"].startswith("3.1")
    assert document["info"]["license"]["name"] == "CC BY 4.0"
    assert len(document["paths"]) == len(PATHS)
    text = json.dumps(document)
    for name in {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in document["components"]["schemas"]


def test_description_explains_every_column(client: Client, db: None) -> None:
    schemas = read(client, "openapi.json")["components"]["schemas"]
    for field in TABLES["hitos"].fields:
        assert schemas["Hito"]["properties"][field.name]["description"] == str(field.meaning)


@EVERYTHING
@pytest.mark.parametrize("path", list(LISTS))
def test_answers_have_exactly_the_described_fields(client: Client, covered: Covered, path: str) -> None:
    covered()
    document = read(client, "openapi.json")
    operation = document["paths"][f"{ROOT}plans/{{code}}/{path}/"]["get"]
    reference = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    page = document["components"]["schemas"][reference.rpartition("/")[2]]
    row = document["components"]["schemas"][page["properties"]["items"]["items"]["$ref"].rpartition("/")[2]]
    for item in read(client, f"plans/plan/{path}/")["items"]:
        assert set(item) == set(row["properties"]) == set(row["required"])
