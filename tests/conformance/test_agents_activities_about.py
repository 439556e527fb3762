"""xAPI-Communication 2.4, 2.5, 2.8: what is known of agents and activities, and about the record."""

import re
from typing import Any

import pytest

from tests.conformance.sayings import (
    EXTENSION,
    SHA1,
    Node,
    activity,
    agent,
    group,
    new_iri,
    statement,
    substatement,
)
from tests.conformance.speaking import Lrs

ACCOUNT = {"homePage": "https://lrs.example", "name": "ana"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("mbox", "mailto:ana@lrs.example", id="XAPI-00239-00244-mbox"),
        pytest.param("mbox_sha1sum", SHA1, id="XAPI-00240-mbox_sha1sum"),
        pytest.param("openid", "https://lrs.example/ana", id="XAPI-00241-openid"),
        pytest.param("account", ACCOUNT, id="XAPI-00242-account"),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_a_person_has_lists_xapi_00236_00237_00245_00246(
    lrs: Lrs, name: str, value: Any, known: bool
) -> None:
    if known:
        lrs.store(statement(actor={name: value}))
    answer = lrs.get("agents", agent={name: value})
    assert (answer.status, answer.json) == (200, {"objectType": "Person", name: [value]})


def test_a_person_has_every_name_of_its_agent_xapi_00238_00248(lrs: Lrs) -> None:
    lrs.store(
        *[statement(actor=agent(name=name)) for name in ("Ana", "Ana María", "Ana")],
        statement(actor=agent("b", name="B")),
    )
    found = lrs.get("agents", agent=agent()).json
    assert sorted(found["name"]) == ["Ana", "Ana María"]


def test_an_unknown_agent_is_a_person_with_what_was_asked_xapi_00247(lrs: Lrs) -> None:
    found = lrs.get("agents", agent=agent("nadie", name="Nadie")).json
    assert found == {"objectType": "Person", "name": ["Nadie"], "mbox": ["mailto:nadie@lrs.example"]}


@pytest.mark.parametrize(
    "params",
    [
        pytest.param({}, id="XAPI-00243-absent"),
        pytest.param({"agent": ""}, id="XAPI-00243-empty"),
        pytest.param({"agent": "ana"}, id="XAPI-00249-text"),
        pytest.param({"agent": "[]"}, id="XAPI-00249-list"),
        pytest.param({"agent": {"name": "Ana"}}, id="XAPI-00249-no-identifier"),
        pytest.param({"agent": {"mbox": "ana"}}, id="XAPI-00249-bad-mbox"),
        pytest.param({"agent": agent(account=ACCOUNT)}, id="XAPI-00249-two-identifiers"),
        pytest.param({"agent": group(agent())}, id="XAPI-00249-anonymous-group"),
        pytest.param({"agent": agent(), "foo": 1}, id="XAPI-00324-unknown"),
        pytest.param({"Agent": agent()}, id="XAPI-00325-case"),
    ],
)
def test_agents_refuses_anything_else(lrs: Lrs, params: Node) -> None:
    assert lrs.send("GET", "agents", params).status == 400


def test_an_activity_is_answered_whole_xapi_00251_00252_00253(lrs: Lrs) -> None:
    told = activity(new_iri(), name={"es": "Curso"}, interactionType="numeric", extensions={EXTENSION: None})
    lrs.store(statement(object=told))
    answer = lrs.get("activities", activityId=told["id"])
    assert (answer.status, answer.json) == (200, told)


@pytest.mark.parametrize("place", ["object", "context", "substatement", "context-of-substatement"])
def test_an_activity_is_known_from_wherever_it_was_defined_xapi_00254(lrs: Lrs, place: str) -> None:
    told = activity(new_iri(), name={"es": "Curso"})
    context = {"contextActivities": {"grouping": told}}
    parts: dict[str, Node] = {
        "object": {"object": told},
        "context": {"context": context},
        "substatement": {"object": substatement(object=told)},
        "context-of-substatement": {"object": substatement(context=context)},
    }
    lrs.store(statement(**parts[place]))
    assert lrs.get("activities", activityId=told["id"]).json == told


def test_an_activity_has_every_language_it_was_told_in_xapi_00254(lrs: Lrs) -> None:
    iri = new_iri()
    for name in ({"es": "Reunión"}, {"fr-CA": "Réunion"}, {"es": "Junta"}):
        lrs.store(statement(object=activity(iri, name=name, description=name)))
    lrs.store(statement(object=activity(iri)))
    definition = lrs.get("activities", activityId=iri).json["definition"]
    assert definition == {
        "name": {"es": "Junta", "fr-CA": "Réunion"},
        "description": {"es": "Junta", "fr-CA": "Réunion"},
    }


def test_a_batch_tells_of_an_activity_in_order(lrs: Lrs) -> None:
    iri = new_iri()
    lrs.post([statement(object=activity(iri, name={"es": name})) for name in ("A", "B")])
    assert lrs.get("activities", activityId=iri).json["definition"]["name"] == {"es": "B"}


def test_a_refused_statement_tells_nothing_xapi_00182(lrs: Lrs) -> None:
    told = activity(new_iri(), name={"es": "Curso"})
    assert lrs.post([statement(object=told), statement(verb={})]).status == 400
    assert "definition" not in lrs.get("activities", activityId=told["id"]).json


def test_an_unknown_activity_is_answered_all_the_same(lrs: Lrs) -> None:
    """IEEE 9274.1.1, 4.1.6.4."""
    iri = new_iri()
    assert lrs.get("activities", activityId=iri).json == {"objectType": "Activity", "id": iri}


@pytest.mark.parametrize(
    "params",
    [
        pytest.param({}, id="XAPI-00250-absent"),
        pytest.param({"activityId": ""}, id="XAPI-00250-empty"),
        pytest.param({"activityId": "course"}, id="XAPI-00012-no-iri"),
        pytest.param({"activityId": "{}"}, id="XAPI-00012-object"),
        pytest.param({"activityId": "https://lrs.example/a", "foo": 1}, id="XAPI-00324-unknown"),
        pytest.param({"activityid": "https://lrs.example/a"}, id="XAPI-00325-case"),
    ],
)
def test_activities_refuses_anything_else(lrs: Lrs, params: Node) -> None:
    assert lrs.send("GET", "activities", params).status == 400


def test_about_needs_no_credential_xapi_00315_00319(lrs: Lrs) -> None:
    assert lrs.showing(None).get("about").status == 200


def test_about_lists_the_versions_xapi_00316_00317_00318(lrs: Lrs) -> None:
    versions = lrs.get("about").json["version"]
    assert {"1.0.3", "2.0.0"} <= set(versions)
    assert all(re.fullmatch(r"0\.9|0\.95|[12]\.0\.\d+", version) for version in versions)


def test_about_has_extensions_as_an_object_xapi_00320(lrs: Lrs) -> None:
    assert isinstance(lrs.get("about").json.get("extensions", {}), dict)


def test_about_has_no_parameters_xapi_00324(lrs: Lrs) -> None:
    assert lrs.get("about", foo="bar").status == 400
