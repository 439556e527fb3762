"""xAPI-Data 2.4.3 and 2.4.4: verbs and objects."""

from typing import Any

import pytest

from lms.xapi.rules.statements import COMPONENTS
from tests.conformance.judging import refuses
from tests.conformance.sayings import (
    COURSE,
    DROP,
    VERB,
    VOIDED,
    Node,
    activity,
    agent,
    changed,
    full_statement,
    group,
    new_id,
    reference,
    statement,
    substatement,
)
from tests.conformance.speaking import Lrs

FULL = full_statement()
LISTS = ("choices", "scale", "source", "target", "steps")
OF_LISTS = {
    "choices": ("XAPI-00055", "choice"),
    "scale": ("XAPI-00054", "likert"),
    "source": ("XAPI-00053", "matching"),
    "target": ("XAPI-00052", "matching"),
    "steps": ("XAPI-00051", "performance"),
}


@pytest.mark.parametrize(
    ("path", "value", "refused"),
    [
        pytest.param("verb", {"id": VERB}, False, id="XAPI-00044-id-alone"),
        pytest.param("verb", {"display": {"es": "practicó"}}, True, id="XAPI-00044-absent"),
        pytest.param("verb", VERB, True, id="XAPI-00044-text"),
        pytest.param("verb/id", "practicar", True, id="XAPI-00044-no-iri"),
        pytest.param("verb/id", "https://lrs.example/a b", True, id="XAPI-00044-space"),
        pytest.param("verb/id", "https://lrs.example/практика", False, id="XAPI-00044-other-letters"),
        pytest.param("verb/id", "urn:uuid:" + new_id(), False, id="XAPI-00044-urn"),
        pytest.param("verb/display", "practicó", True, id="XAPI-00045-text"),
        pytest.param("verb/display", ["practicó"], True, id="XAPI-00045-list"),
        pytest.param("verb/display", {"es": 5}, True, id="XAPI-00045-number"),
        pytest.param("verb/display", {"es": {"CL": "practicó"}}, True, id="XAPI-00045-nested"),
        pytest.param("object", "curso", True, id="XAPI-00046-text"),
        pytest.param("object", [activity()], True, id="XAPI-00046-list"),
        pytest.param("object", {"id": COURSE}, False, id="XAPI-00046-absent-is-activity"),
        pytest.param("object/objectType", "Course", True, id="XAPI-00046-unknown"),
        pytest.param("object/objectType", 5, True, id="XAPI-00046-number"),
        pytest.param("object", {"objectType": "Activity"}, True, id="XAPI-00047-absent"),
        pytest.param("object/id", "curso", True, id="XAPI-00047-no-iri"),
        pytest.param("object/id", 5, True, id="XAPI-00047-number"),
        pytest.param("object/definition", "curso", True, id="XAPI-00048-text"),
        pytest.param("object/definition", [], True, id="XAPI-00048-list"),
        pytest.param("object/definition", {}, False, id="XAPI-00048-empty"),
        pytest.param("object/definition/name", "Curso", True, id="XAPI-00056-text"),
        pytest.param("object/definition/name", {"es": 5}, True, id="XAPI-00056-number"),
        pytest.param("object/definition/extensions", "x", True, id="XAPI-00057-text"),
        pytest.param("object/definition/extensions", ["x"], True, id="XAPI-00057-list"),
        pytest.param("object/definition/extensions", {"x": 1}, True, id="XAPI-00057-key"),
        pytest.param("object/definition/description", "Un curso", True, id="XAPI-00059-text"),
        pytest.param("object/definition/description", {"es": None}, True, id="XAPI-00059-null"),
        pytest.param("object/definition/type", "curso", True, id="XAPI-00060-no-iri"),
        pytest.param("object/definition/moreInfo", "lrs.example", True, id="XAPI-00061-no-irl"),
        pytest.param("object/definition/correctResponsesPattern", "a", True, id="XAPI-00050-text"),
        pytest.param("object/definition/correctResponsesPattern", [5], True, id="XAPI-00050-number"),
        pytest.param("object/definition/correctResponsesPattern", [], False, id="XAPI-00050-empty"),
        pytest.param("object/definition/interactionType", "essay", True, id="XAPI-00049-unknown"),
        pytest.param("object/definition/interactionType", 5, True, id="XAPI-00049-number"),
        pytest.param("object/definition/interactionType", {"es": "choice"}, True, id="XAPI-00049-object"),
        pytest.param("object/definition/interactionType", DROP, True, id="XAPI-00064-absent"),
    ],
)
def test_verb_and_activity_are_checked(path: str, value: Any, refused: bool) -> None:
    assert refuses(changed(FULL, path, value)) is refused


def interaction(kind: str, **lists: Any) -> Node:
    return statement(object=activity(interactionType=kind, **lists))


@pytest.mark.parametrize("kind", [pytest.param(kind, id=f"XAPI-00049-{kind}") for kind in COMPONENTS])
def test_an_interaction_type_has_its_own_lists_and_no_other(kind: str) -> None:
    components = [{"id": "a"}, {"id": "b", "description": {"es": "B"}}]
    assert not refuses(interaction(kind, correctResponsesPattern=["a"]))
    for name in LISTS:
        assert refuses(interaction(kind, **{name: components})) is (name not in COMPONENTS[kind])


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"id": "a"}, id="object"),
        pytest.param("a", id="text"),
        pytest.param(["a"], id="XAPI-00063-list-of-text"),
        pytest.param([["a"]], id="XAPI-00063-list-of-lists"),
        pytest.param([{"description": {"es": "A"}}], id="XAPI-00058-without-id"),
        pytest.param([{"id": "a"}, {"id": "a"}], id="XAPI-00058-same-id-twice"),
        pytest.param([{"id": 5}], id="XAPI-00058-number-as-id"),
        pytest.param([{"id": ""}], id="XAPI-00058-empty-id"),
        pytest.param([{"id": "a", "description": "A"}], id="XAPI-00062-text"),
        pytest.param([{"id": "a", "description": {"a12345": "A"}}], id="XAPI-00062-no-language"),
        pytest.param([{"id": "a", "description": {"es": 5}}], id="XAPI-00062-number"),
        pytest.param([{"id": "a", "name": "A"}], id="unknown-property"),
    ],
)
@pytest.mark.parametrize(
    "name", [pytest.param(name, id=f"{code}-{name}") for name, (code, _kind) in OF_LISTS.items()]
)
def test_interaction_components_are_checked(name: str, value: Any) -> None:
    assert refuses(interaction(OF_LISTS[name][1], **{name: value}))


@pytest.mark.parametrize("name", [pytest.param(name, id=f"XAPI-00064-{name}") for name in LISTS])
def test_lists_of_an_interaction_need_its_type(name: str) -> None:
    assert refuses(statement(object=activity(**{name: [{"id": "a"}]})))


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        pytest.param(agent(), False, id="XAPI-00065-agent"),
        pytest.param(group(agent()), False, id="XAPI-00065-group"),
        pytest.param({"mbox": "mailto:ana@lrs.example"}, True, id="XAPI-00065-agent-without-type"),
        pytest.param(reference(new_id()), False, id="XAPI-00073-reference"),
        pytest.param({"id": new_id()}, True, id="XAPI-00073-reference-without-type"),
        pytest.param({"objectType": "statementRef", "id": new_id()}, True, id="XAPI-00073-reference-case"),
        pytest.param({"objectType": "StatementRef"}, True, id="XAPI-00072-absent"),
        pytest.param({"objectType": "StatementRef", "id": "5"}, True, id="XAPI-00072-no-uuid"),
        pytest.param({"objectType": "StatementRef", "id": COURSE}, True, id="XAPI-00072-iri"),
        pytest.param({"objectType": "StatementRef", "id": 5}, True, id="XAPI-00072-number"),
        pytest.param(
            reference(new_id()) | {"definition": {}}, True, id="XAPI-00073-reference-with-definition"
        ),
        pytest.param(substatement(), False, id="XAPI-00066-substatement"),
        pytest.param(statement(), True, id="XAPI-00073-substatement-without-type"),
        pytest.param(substatement() | {"id": new_id()}, True, id="XAPI-00070-id"),
        pytest.param(substatement() | {"stored": "2026-03-02T12:30:00Z"}, True, id="XAPI-00069-stored"),
        pytest.param(substatement() | {"version": "1.0.3"}, True, id="XAPI-00068-version"),
        pytest.param(substatement() | {"authority": agent()}, True, id="XAPI-00067-authority"),
        pytest.param(substatement(object=substatement()), True, id="XAPI-00071-substatement-in-substatement"),
        pytest.param(substatement(object=reference(new_id())), False, id="XAPI-00066-reference-inside"),
        pytest.param(substatement(object=agent()), False, id="XAPI-00066-agent-inside"),
        pytest.param(substatement(object=group(agent())), False, id="XAPI-00066-group-inside"),
        pytest.param(substatement(actor=DROP), True, id="XAPI-00066-without-actor"),
        pytest.param(substatement(verb=DROP), True, id="XAPI-00066-without-verb"),
        pytest.param(substatement(object=DROP), True, id="XAPI-00066-without-object"),
        pytest.param(substatement(verb={"id": "v"}), True, id="XAPI-00066-bad-verb"),
    ],
)
def test_what_may_be_an_object(told: Node, refused: bool) -> None:
    assert refuses(statement(object=told), nested=False) is refused


@pytest.mark.parametrize(
    ("target", "refused"),
    [
        pytest.param(reference(new_id()), False, id="XAPI-00019-reference"),
        pytest.param(activity(), True, id="XAPI-00017-activity"),
        pytest.param(agent(), True, id="XAPI-00017-agent"),
        pytest.param(substatement(), True, id="XAPI-00017-substatement"),
        pytest.param({"id": new_id()}, True, id="XAPI-00020-without-type"),
    ],
)
def test_to_void_needs_a_reference(target: Node, refused: bool) -> None:
    assert refuses(statement(verb={"id": VOIDED}, object=target)) is refused


def test_a_substatement_that_voids_takes_nothing_back(lrs: Lrs) -> None:
    """It is not a statement of the record (xAPI-Data 2.4.4.3)."""
    (target,) = lrs.store(statement())
    lrs.store(statement(object=substatement(verb={"id": VOIDED}, object=reference(target))))
    assert lrs.get(statementId=target).status == 200
