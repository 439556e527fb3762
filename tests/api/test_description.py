"""The description of the API: valid, complete, in Spanish, and the page made of it."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver
from openapi_spec_validator import OpenAPIV31SpecValidator

from lms.api.api import api
from lms.api.documents import build_description, list_operations
from lms.api.problems import KINDS
from lms.api.reference import bits_of, list_topics
from lms.progress.models import TrainingRequirement
from tests.api.asking import BASE, Program
from tests.personas import Personas

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> dict[str, Any]:
    found: dict[str, Any] = Client().get(f"{BASE}/openapi.json").json()
    return found


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert not list(OpenAPIV31SpecValidator(document).iter_errors())


def test_everybody_may_read_it_and_it_may_be_kept(document: dict[str, Any]) -> None:
    answer = Client().get(f"{BASE}/openapi.json")
    assert answer["Cache-Control"] == "public, max-age=300" and not answer.cookies
    assert Client().post(f"{BASE}/openapi.json").status_code == 405


def test_every_route_is_in_it(document: dict[str, Any]) -> None:
    described = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    routes = {
        (f"{BASE}{path}".replace("{uuidstr:", "{").replace("{str:", "{"), method)
        for bound in api._get_bound_routers()
        for path, view in bound.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    assert described == routes
    names = {
        pattern.name for part in get_resolver().url_patterns if str(part.pattern) == "api/v1/"
        for pattern in getattr(part, "url_patterns", [])
    }  # fmt: skip
    assert len(names) == len(document["paths"]) + 1


def test_every_parameter_of_the_code_is_in_it(document: dict[str, Any]) -> None:
    described = {
        item["operationId"]: {one["name"] for one in item["parameters"]} for item in list_operations(document)
    }
    for bound in api._get_bound_routers():
        for view in bound.path_operations.values():
            for operation in view.operations:
                asked = {
                    name
                    for model in operation.models
                    if model.__ninja_param_source__ in ("query", "path")
                    for name in model.__ninja_flatten_map__
                }
                assert asked <= described[operation.operation_id or ""]


def test_everything_is_described_and_has_an_example(document: dict[str, Any]) -> None:
    for operation in list_operations(document):
        assert operation["summary"] and "Permiso" in operation["description"]
        assert all(one.get("description") or one["in"] == "path" for one in operation["parameters"])
        assert {"400", "401", "403", "404", "429"} <= set(operation["responses"])
    for topic in list_topics():
        for call in topic.calls:
            assert json.loads(call.example)


def test_every_reference_leads_somewhere_and_every_schema_is_used(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    schemas = set(document["components"]["schemas"])
    used = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert used == schemas


def test_answers_are_as_described(
    hr: Program, requirement: TrainingRequirement, personas: Personas, document: dict[str, Any]
) -> None:
    from jsonschema import Draft202012Validator

    ids = {
        "code": "AA900",
        "person_id": str(personas.ana.person.public_id),
        "requirement_id": str(requirement.public_id),
    }
    for path, methods in document["paths"].items():
        if "get" not in methods or "roster" in path:
            continue
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = hr.get(path.removeprefix(BASE).format(**ids))
        Draft202012Validator({**schema, "components": document["components"]}).validate(answer)


# --- The page ---------------------------------------------------------------------------------------
def test_the_page_shows_every_operation_and_every_problem() -> None:
    page = Client().get(f"{BASE}/")
    body = page.content.decode()
    for operation in list_operations(build_description()):
        assert f'id="{operation["operationId"].replace("_", "-")}"' in body
        assert operation["summary"] in body
    for problem in KINDS:
        assert f'id="{problem}"' in body


def test_the_page_loads_nothing_from_outside() -> None:
    body = Client().get(f"{BASE}/").content.decode()
    assert "<script src" not in body and "//cdn" not in body and "swagger" not in body.lower()


def test_every_problem_leads_to_its_paragraph(hr: Program) -> None:
    address = hr.ask("/nada/").json()["type"]
    assert address == "http://testserver/api/v1/#not-found"


def test_code_is_told_from_text() -> None:
    assert [(bit.text, bit.is_code) for bit in bits_of("Con `since`, sí.")] == [
        ("Con ", False), ("since", True), (", sí.", False),
    ]  # fmt: skip
