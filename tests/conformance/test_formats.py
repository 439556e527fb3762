"""xAPI-Communication 2.1.3, ``format``: exact, ids, canonical, and the languages of canonical."""

from typing import Any

import pytest

from tests.conformance.sayings import (
    EXTENSION,
    VERB,
    Node,
    activity,
    agent,
    attachment,
    full_statement,
    group,
    new_iri,
    reference,
    statement,
    substatement,
)
from tests.conformance.speaking import Lrs

NAMES = {"es": "Curso", "en-GB": "Course", "fr-CA": "Cours"}


def fetch_in(lrs: Lrs, statement_id: str, form: str, languages: str | None = None) -> Node:
    headers = {"Accept-Language": languages} if languages else {}
    params = {"statementId": statement_id, "format": form}
    found: Node = lrs.send("GET", "statements", params, headers=headers).json
    return found


def test_exact_is_what_comes_without_format_xapi_00168_00170(lrs: Lrs) -> None:
    (found,) = lrs.store(full_statement())
    assert lrs.fetch(found) == lrs.fetch(found, format="exact")
    assert lrs.get().statements == lrs.get(format="exact").statements


def test_exact_keeps_what_the_record_knows_better(lrs: Lrs) -> None:
    iri = new_iri()
    first, _second = lrs.store(
        statement(object=activity(iri, name={"es": "Antes"})),
        statement(object=activity(iri, name={"es": "Después"})),
    )
    assert lrs.fetch(first)["object"]["definition"]["name"] == {"es": "Antes"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        pytest.param({"actor": agent(name="Ana")}, {"actor": agent()}, id="XAPI-00171-agent"),
        pytest.param(
            {
                "actor": {
                    "objectType": "Group",
                    "mbox": "mailto:e@lrs.example",
                    "name": "E",
                    "member": [agent()],
                }
            },
            {"actor": {"objectType": "Group", "mbox": "mailto:e@lrs.example"}},
            id="XAPI-00171-identified-group",
        ),
        pytest.param(
            {"actor": group(agent(name="Ana"), name="Equipo")},
            {"actor": group(agent())},
            id="XAPI-00171-anonymous-group",
        ),
        pytest.param(
            {"verb": {"id": VERB, "display": {"es": "x"}}}, {"verb": {"id": VERB}}, id="XAPI-00171-verb"
        ),
        pytest.param(
            {"object": activity(name={"es": "Curso"})},
            {"object": {"id": activity()["id"]}},
            id="XAPI-00171-activity",
        ),
        pytest.param(
            {"object": substatement(actor=agent(name="Ana"), object=activity(name={"es": "Curso"}))},
            {"object": substatement(object={"id": activity()["id"]})},
            id="XAPI-00171-substatement",
        ),
        pytest.param(
            {
                "context": {
                    "instructor": agent(name="Ana"),
                    "contextActivities": {"parent": activity(name={"es": "C"})},
                }
            },
            {"context": {"instructor": agent(), "contextActivities": {"parent": [{"id": activity()["id"]}]}}},
            id="XAPI-00171-context",
        ),
    ],
)
def test_ids_leaves_what_identifies(lrs: Lrs, sent: Node, kept: Node) -> None:
    (found,) = lrs.store(statement(**sent))
    for said in (lrs.fetch(found, format="ids"), lrs.get(format="ids").statements[0]):
        assert {name: said[name] for name in kept} == kept


def test_ids_keeps_everything_else(lrs: Lrs) -> None:
    (found,) = lrs.store(full_statement())
    exact, ids = lrs.fetch(found), lrs.fetch(found, format="ids")
    assert {
        name: ids[name] for name in ("id", "result", "timestamp", "stored", "version", "attachments")
    } == {name: exact[name] for name in ("id", "result", "timestamp", "stored", "version", "attachments")}


@pytest.mark.parametrize(
    ("languages", "tag"),
    [
        pytest.param("es", "es", id="XAPI-00172-exact"),
        pytest.param("en-GB", "en-GB", id="XAPI-00172-region"),
        pytest.param("en", "en-GB", id="XAPI-00172-language-for-region"),
        pytest.param("es-CL", "es", id="XAPI-00172-region-for-language"),
        pytest.param("FR-ca", "fr-CA", id="XAPI-00172-case"),
        pytest.param("de, en;q=0.3, fr;q=0.7", "fr-CA", id="XAPI-00172-best-weight"),
        pytest.param("de;q=1, es;q=0, en-GB;q=0.1", "en-GB", id="XAPI-00172-zero-weight"),
    ],
)
def test_canonical_gives_the_language_that_suits_best(lrs: Lrs, languages: str, tag: str) -> None:
    sent = statement(
        verb={"id": VERB, "display": NAMES}, object=activity(new_iri(), name=NAMES, description=NAMES)
    )
    (found,) = lrs.store(sent)
    said = fetch_in(lrs, found, "canonical", languages)
    assert said["verb"]["display"] == {tag: NAMES[tag]}
    assert said["object"]["definition"] == {"name": {tag: NAMES[tag]}, "description": {tag: NAMES[tag]}}


@pytest.mark.parametrize("languages", [None, "*", "de", ";;q=x"])
def test_canonical_gives_one_language_in_any_case_xapi_00169(lrs: Lrs, languages: str | None) -> None:
    (found,) = lrs.store(
        statement(verb={"id": VERB, "display": NAMES}, object=activity(new_iri(), name=NAMES))
    )
    said = fetch_in(lrs, found, "canonical", languages)
    assert len(said["verb"]["display"]) == len(said["object"]["definition"]["name"]) == 1


@pytest.mark.parametrize("form", ["exact", "ids"])
def test_other_formats_choose_no_language_xapi_00172(lrs: Lrs, form: str) -> None:
    (found,) = lrs.store(full_statement())
    assert fetch_in(lrs, found, form, "en-GB") == fetch_in(lrs, found, form)
    answer = lrs.send("GET", "statements", {"statementId": found}, headers={"Accept-Language": "en-GB"})
    assert answer.json["verb"]["display"] == full_statement()["verb"]["display"]


def in_context(target: Node) -> Node:
    return {"context": {"contextActivities": {"category": [target]}}}


@pytest.mark.parametrize("place", ["object", "context", "substatement"])
def test_canonical_gives_the_definition_that_the_record_knows_xapi_00169(lrs: Lrs, place: str) -> None:
    iri = new_iri()
    bare = {"id": iri}
    parts: dict[str, Any] = {
        "object": {"object": bare},
        "context": in_context(bare),
        "substatement": {"object": substatement(object=bare)},
    }
    found, _told = lrs.store(
        statement(**parts[place]),
        statement(
            object=activity(
                iri, name=NAMES, type="https://lrs.example/types/course", extensions={EXTENSION: 1}
            )
        ),
    )
    said = fetch_in(lrs, found, "canonical", "es")
    target = {
        "object": lambda: said["object"],
        "context": lambda: said["context"]["contextActivities"]["category"][0],
        "substatement": lambda: said["object"]["object"],
    }[place]()
    assert target["definition"] == {
        "name": {"es": "Curso"},
        "type": "https://lrs.example/types/course",
        "extensions": {EXTENSION: 1},
    }


def test_canonical_chooses_in_components_and_attachments_too_xapi_00172(lrs: Lrs) -> None:
    target = activity(new_iri(), interactionType="choice", choices=[{"id": "a", "description": NAMES}])
    (found,) = lrs.store(statement(object=target, attachments=[attachment(display=NAMES)]))
    said = fetch_in(lrs, found, "canonical", "es")
    assert said["object"]["definition"]["choices"] == [{"id": "a", "description": {"es": "Curso"}}]
    assert said["attachments"][0]["display"] == {"es": "Curso"}


@pytest.mark.parametrize("form", ["exact", "ids", "canonical"])
def test_every_format_gives_actors_and_references_as_objects(lrs: Lrs, form: str) -> None:
    ids = lrs.store(
        *[statement(object=told) for told in (agent(), group(agent()), reference(new_id_of(lrs)))]
    )
    found = [fetch_in(lrs, statement_id, form)["object"]["objectType"] for statement_id in ids]
    assert found == ["Agent", "Group", "StatementRef"]


def new_id_of(lrs: Lrs) -> str:
    """The id of a statement just stored."""
    return lrs.store(statement())[0]
