"""When two statements are the same (xAPI-Data 2.3.1), and when they are not."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lms.xapi.rules.canonical import digest_statement
from tests.xapi.samples import Text, write
from tests.xapi.sayings import OTHER, saying

BASE: dict[str, Any] = {
    "id": "12345678-1234-4234-8234-123456789012",
    "actor": {"objectType": "Agent", "mbox": "mailto:ana@otro.example"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
    "object": {"id": "https://otro.example/a"},
}
BRUNO = {"mbox": "mailto:bruno@otro.example"}
PARENT = {"id": "https://otro.example/padre"}
OTHER_PARENT = {"id": "https://otro.example/madre"}
UUID = "ec531277-b57b-4c15-8d91-d292c5b2b8f7"


def score(text: str) -> dict[str, Any]:
    return {"result": {"score": {"raw": Text(text)}}}


def lasting(text: str) -> dict[str, Any]:
    return {"result": {"duration": text}}


def at(text: str) -> dict[str, Any]:
    return {"timestamp": text}


def within(**lists: Any) -> dict[str, Any]:
    return {"context": {"contextActivities": lists}}


def extended(text: str) -> dict[str, Any]:
    return {"result": {"extensions": {"urn:x": Text(text)}}}


def digest(changes: dict[str, Any]) -> bytes:
    return digest_statement(write(BASE | changes).encode())


SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "id": ({}, {"id": UUID}),
    "stored": ({}, {"stored": "2026-11-20T12:00:00Z"}),
    "authority": ({}, {"authority": OTHER}),
    "version": ({"version": "1.0.0"}, {"version": "1.0.3"}),
    "verb display": ({}, {"verb": BASE["verb"] | {"display": {"es": "respondió"}}}),
    "definition": ({}, {"object": BASE["object"] | {"definition": {"name": {"es": "A"}}}}),
    "objectType of an activity": ({}, {"object": {"objectType": "Activity", **BASE["object"]}}),
    "objectType of an agent": ({}, {"actor": {"mbox": "mailto:ana@otro.example"}}),
    "1 and 1.0": (score("1"), score("1.0")),
    "10 and 1e1": (score("10"), score("1e1")),
    "0.5 and 0.50": (score("0.5"), score("0.50")),
    "zones": (at("2026-11-20T12:00:00-03:00"), at("2026-11-20T15:00:00Z")),
    "a zone without minutes": (at("2026-11-20T12:00:00-03"), at("2026-11-20T15:00:00.000Z")),
    "beyond milliseconds": (at("2026-11-20T15:00:00.1234Z"), at("2026-11-20T15:00:00.123499Z")),
    "duration beyond hundredths": (lasting("PT1.234S"), lasting("PT1.23S")),
    "duration with zeros": (lasting("PT1.50S"), lasting("PT1.5S")),
    "duration of whole seconds": (lasting("PT1.00S"), lasting("PT1S")),
    "a lone context activity": (within(parent=PARENT), within(parent=[PARENT])),
    "order of context activities": (
        within(other=[PARENT, OTHER_PARENT]),
        within(other=[OTHER_PARENT, PARENT]),
    ),
    "definition of a context activity": (
        within(parent=[PARENT]),
        within(parent=[PARENT | {"definition": {"name": {"es": "P"}}}]),
    ),
    "registration in capitals": (
        {"context": {"registration": UUID}},
        {"context": {"registration": UUID.upper()}},
    ),
    "reference in capitals": (
        {"object": {"objectType": "StatementRef", "id": UUID}},
        {"object": {"objectType": "StatementRef", "id": UUID.upper()}},
    ),
    "order of members": (
        {"actor": {"objectType": "Group", "member": [BRUNO, OTHER]}},
        {"actor": {"objectType": "Group", "member": [OTHER, BRUNO]}},
    ),
    "order of members of a team": (
        {"context": {"team": {"objectType": "Group", "member": [BRUNO, OTHER]}}},
        {"context": {"team": {"objectType": "Group", "member": [OTHER, BRUNO]}}},
    ),
    "inside a substatement": (
        {"object": {"objectType": "SubStatement", **{k: v for k, v in BASE.items() if k != "id"}, **score("1")}},
        {"object": {"objectType": "SubStatement", **{k: v for k, v in BASE.items() if k != "id"}, **score("1.0")}},
    ),
    "escapes": ({"result": {"response": Text('"ñ"')}}, {"result": {"response": Text('"\\u00f1"')}}),
}  # fmt: skip
DIFFERENT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "actor": ({}, {"actor": OTHER}),
    "name of the actor": ({}, {"actor": BASE["actor"] | {"name": "Ana"}}),
    "verb": ({}, {"verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}}),
    "object": ({}, {"object": {"id": "https://otro.example/b"}}),
    "object in capitals": ({}, {"object": {"id": "https://otro.example/A"}}),
    "object of another kind": ({}, {"object": {"objectType": "Agent", **BRUNO}}),
    "a result": ({}, {"result": {"success": True}}),
    "success": ({"result": {"success": True}}, {"result": {"success": False}}),
    "score": (score("1"), score("1.5")),
    "a small difference": (score("0.1"), score("0.10000001")),
    "a large number": (score("9007199254740993"), score("9007199254740992")),
    "timestamp": (at("2026-11-20T15:00:00Z"), at("2026-11-20T15:00:01Z")),
    "milliseconds": (at("2026-11-20T15:00:00.123Z"), at("2026-11-20T15:00:00.124Z")),
    "no timestamp": ({}, at("2026-11-20T15:00:00Z")),
    "hundredths": (lasting("PT1.23S"), lasting("PT1.24S")),
    "response": ({"result": {"response": "a"}}, {"result": {"response": "A"}}),
    "extension": (extended("1"), extended("2")),
    "true and 1 in an extension": (extended("true"), extended("1")),
    "null in an extension": (extended("null"), extended("{}")),
    "order of a list in an extension": (extended("[1,2]"), extended("[2,1]")),
    "another context activity": (within(parent=[PARENT]), within(parent=[OTHER_PARENT])),
    "another place in the context": (within(parent=[PARENT]), within(grouping=[PARENT])),
    "one context activity more": (within(parent=[PARENT]), within(parent=[PARENT, OTHER_PARENT])),
    "registration": ({}, {"context": {"registration": UUID}}),
    "one member more": (
        {"actor": {"objectType": "Group", "member": [BRUNO]}},
        {"actor": {"objectType": "Group", "member": [BRUNO, OTHER]}},
    ),
    "language": ({"context": {"language": "es"}}, {"context": {"language": "es-CL"}}),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_what_may_change_on_the_way_makes_no_difference(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert digest(one) == digest(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_what_is_stated_differently_is_not_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert digest(one) != digest(other)


def reversed_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: reversed_keys(found) for name, found in reversed(value.items())}
    return [reversed_keys(found) for found in value] if isinstance(value, list) else value


_json = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=12,
)  # fmt: skip


@settings(
    derandomize=True, database=None, deadline=None, max_examples=60, suppress_health_check=list(HealthCheck)
)
@given(_json)
def test_the_order_of_keys_makes_no_difference(value: Any) -> None:
    said = BASE | {"result": {"extensions": {"urn:x": value}, "success": True}}
    assert digest_statement(write(said).encode()) == digest_statement(write(reversed_keys(said)).encode())


def test_a_digest_has_sixteen_bytes_and_does_not_change() -> None:
    """What is stored is compared with it for ever."""
    assert digest({}).hex() == "5da451a81748629304c8237f575265b6"
    assert len(digest(saying())) == 16
