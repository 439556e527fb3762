"""xAPI-Communication 2.1.1 and 2.1.2: PUT and POST; xAPI-Data 2.4.1, 2.4.6.2 to 2.4.10: what is assigned."""

from datetime import datetime
from itertools import product
from typing import Any

import pytest

from tests.conformance.sayings import (
    VERB,
    Node,
    activity,
    agent,
    full_statement,
    new_id,
    new_iri,
    statement,
    substatement,
)
from tests.conformance.speaking import VERSIONS, Lrs

LISTS = ("parent", "grouping", "category", "other")
OTHERS = [
    pytest.param({"verb": {"id": "https://lrs.example/verbs/other"}}, id="XAPI-00142-verb"),
    pytest.param({"actor": agent("bruno")}, id="XAPI-00142-actor"),
    pytest.param({"object": activity("https://lrs.example/activities/other")}, id="XAPI-00142-object"),
    pytest.param({"result": {"success": True}}, id="XAPI-00142-result"),
]


def test_put_answers_204_without_body_xapi_00143_00144(lrs: Lrs) -> None:
    statement_id = new_id()
    answer = lrs.put(statement(), statement_id)
    assert (answer.status, answer.body) == (204, b"")
    assert lrs.fetch(statement_id)["id"] == statement_id


def test_put_may_repeat_its_id_in_the_statement(lrs: Lrs) -> None:
    statement_id = new_id()
    assert lrs.put(statement(id=statement_id), statement_id).status == 204


@pytest.mark.parametrize(
    ("params", "body"),
    [
        pytest.param({}, statement(), id="XAPI-00145-no-parameter"),
        pytest.param({"statementId": ""}, statement(), id="XAPI-00145-empty-parameter"),
        pytest.param({"statementId": "5"}, statement(), id="XAPI-00012-no-uuid"),
        pytest.param({"statementId": new_id()}, statement(id=new_id()), id="2.1.1-other-id"),
        pytest.param({"statementId": new_id()}, [statement()], id="2.1.1-list"),
        pytest.param({"statementId": new_id(), "verb": VERB}, statement(), id="XAPI-00324-more"),
    ],
)
def test_put_of_anything_else_is_refused(lrs: Lrs, params: Node, body: Any) -> None:
    assert lrs.send("PUT", "statements", params, body).status == 400


def test_post_answers_200_with_the_ids_in_order_xapi_00146_00147(lrs: Lrs) -> None:
    ids = [new_id() for _ in range(3)]
    answer = lrs.post([statement(id=found) for found in ids])
    assert (answer.status, answer.json) == (200, ids)


def test_one_statement_is_answered_with_a_list_of_one_id_xapi_00146(lrs: Lrs) -> None:
    statement_id = new_id()
    assert lrs.post(statement(id=statement_id)).json == [statement_id]


def test_an_id_is_made_where_there_is_none_xapi_00026(lrs: Lrs) -> None:
    answer = lrs.post([statement(), statement()])
    assert len(set(answer.json)) == 2
    assert all(lrs.fetch(found)["id"] == found for found in answer.json)


def test_an_empty_batch_stores_nothing(lrs: Lrs) -> None:
    answer = lrs.post([])
    assert answer.status in (200, 400)
    assert lrs.get().statements == []


@pytest.mark.parametrize("other", OTHERS)
def test_another_statement_with_a_known_id_is_a_conflict(lrs: Lrs, other: Node) -> None:
    statement_id = new_id()
    lrs.store(statement(id=statement_id))
    before = lrs.fetch(statement_id)
    assert lrs.put(statement(**other), statement_id).status == 409
    assert lrs.post(statement(id=statement_id, **other)).status == 409
    assert lrs.fetch(statement_id) == before


def test_the_same_statement_again_changes_nothing_xapi_00142(lrs: Lrs) -> None:
    statement_id = new_id()
    lrs.store(statement(id=statement_id))
    before = lrs.fetch(statement_id)
    assert lrs.post(statement(id=statement_id)).json == [statement_id]
    assert lrs.put(statement(), statement_id).status == 204
    assert lrs.post(before).json == [statement_id]
    assert lrs.fetch(statement_id) == before
    assert len(lrs.get().statements) == 1


def test_an_id_in_upper_case_is_the_same_id(lrs: Lrs) -> None:
    (statement_id,) = lrs.store(statement(id=new_id().upper()))
    assert lrs.fetch(statement_id.lower())["id"] == statement_id.lower()
    assert lrs.fetch(statement_id.upper())["id"] == statement_id.lower()


def test_the_same_id_twice_in_a_batch_is_refused(lrs: Lrs) -> None:
    statement_id = new_id()
    assert lrs.post([statement(id=statement_id), statement(id=statement_id)]).status == 400
    assert lrs.get().statements == []


def test_a_batch_is_stored_whole_or_not_at_all_xapi_00326(committed: Lrs) -> None:
    (known,) = committed.store(statement())
    bad: list[tuple[Any, int, str]] = [
        (statement(verb={"id": "no"}), 400, ".verb.id"),
        (statement(extra=1), 400, ""),
        (statement(id=known, actor=agent("bruno")), 409, ""),
    ]
    for version, (said, status, field), place in product(VERSIONS, bad, range(3)):
        batch = [statement(), statement()]
        batch.insert(place, said)
        answer = committed.speaking(version).post(batch)
        assert answer.status == status
        assert status == 409 or answer.json["path"] == f"$[{place}]{field}"
        assert committed.get().ids == [known]


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_stored_is_assigned_whatever_is_sent_xapi_00097(lrs: Lrs, method: str) -> None:
    statement_id = new_id()
    params = {"statementId": statement_id} if method == "PUT" else {}
    sent = statement(id=statement_id, stored="2001-01-01T00:00:00Z")
    assert lrs.send(method, "statements", params, sent).status in (200, 204)
    assert not lrs.fetch(statement_id)["stored"].startswith("2001")


def test_stored_is_an_instant_with_milliseconds_xapi_00023_00122(lrs: Lrs) -> None:
    (statement_id,) = lrs.store(statement())
    stored = lrs.fetch(statement_id)["stored"]
    assert datetime.fromisoformat(stored).tzinfo is not None
    assert len(stored.partition(".")[2].rstrip("Z")) >= 3


def test_timestamp_is_that_of_storing_where_there_is_none(lrs: Lrs) -> None:
    (statement_id,) = lrs.store(statement())
    found = lrs.fetch(statement_id)
    assert found["timestamp"] == found["stored"]


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param("2026-03-02T12:30:00.123456Z", id="XAPI-00122-microseconds"),
        pytest.param("2026-03-02T12:30:00.123Z", id="XAPI-00122-milliseconds"),
        pytest.param("2023-05-04T12:00:00.500-05:00", id="4.2.7-other-zone"),
        pytest.param("2126-01-01T00:00:00Z", id="4.2.4.2-future"),
    ],
)
def test_a_timestamp_keeps_its_instant(lrs: Lrs, sent: str) -> None:
    (statement_id,) = lrs.store(statement(timestamp=sent))
    kept = lrs.fetch(statement_id)["timestamp"]
    assert datetime.fromisoformat(kept) == datetime.fromisoformat(sent)


def test_authority_is_the_one_of_the_credential_xapi_00099(lrs: Lrs) -> None:
    first, second = lrs.store(statement(), statement(authority=agent("otra")))
    authority = lrs.fetch(first)["authority"]
    assert authority["objectType"] == "Agent"
    assert set(authority["account"]) == {"homePage", "name"}
    assert lrs.fetch(second)["authority"] == authority


@pytest.mark.parametrize("version", ["1.0", "1.0.0", "1.0.3", "1.0.9"])
def test_the_version_of_a_statement_is_kept_xapi_00332(lrs: Lrs, version: str) -> None:
    (statement_id,) = lrs.store(statement(version=version))
    assert lrs.fetch(statement_id)["version"] == version


def test_a_statement_without_version_gets_that_of_its_request(old: Lrs, new: Lrs) -> None:
    assert old.fetch(old.store(statement())[0])["version"] == "1.0.0"
    assert new.fetch(new.store(statement())[0])["version"] == "2.0.0"


def test_what_was_stored_in_one_version_is_not_changed_for_the_other_xapi_00330(old: Lrs, new: Lrs) -> None:
    (statement_id,) = old.store(full_statement())
    assert new.fetch(statement_id) == old.fetch(statement_id)
    (newer,) = new.store(full_statement())
    assert old.fetch(newer) == new.fetch(newer)


def test_everything_comes_back_as_it_was_sent_xapi_00170(lrs: Lrs) -> None:
    sent = full_statement()
    (statement_id,) = lrs.store(sent)
    kept = lrs.fetch(statement_id, format="exact")
    assert {name: kept[name] for name in sent} == sent
    assert kept.keys() - sent.keys() == {"id", "stored", "authority", "version"}


@pytest.mark.parametrize("name", [pytest.param(name, id=f"XAPI-00096-{name}") for name in LISTS])
def test_a_lone_context_activity_comes_back_in_a_list(lrs: Lrs, name: str) -> None:
    lone = activity(new_iri(), name={"es": "Curso"})
    context = {"contextActivities": {name: lone}}
    outer, inner = lrs.store(statement(context=context), statement(object=substatement(context=context)))
    assert lrs.fetch(outer)["context"]["contextActivities"] == {name: [lone]}
    assert lrs.fetch(inner)["object"]["context"]["contextActivities"] == {name: [lone]}


@pytest.mark.parametrize(
    "content_type",
    [
        pytest.param("text/plain", id="XAPI-00127-text"),
        pytest.param("application/xml", id="XAPI-00127-xml"),
        pytest.param("multipart/form-data; boundary=b", id="XAPI-00127-form-data"),
        pytest.param("application/x-www-form-urlencoded", id="XAPI-00127-form"),
        pytest.param("", id="XAPI-00127-none"),
    ],
)
def test_another_content_type_is_refused(lrs: Lrs, content_type: str) -> None:
    assert lrs.send("POST", "statements", {}, statement(), content_type).status == 400
    assert lrs.send("PUT", "statements", {"statementId": new_id()}, statement(), content_type).status == 400
    assert lrs.get().statements == []


def test_json_with_a_charset_is_json(lrs: Lrs) -> None:
    answer = lrs.send("POST", "statements", {}, statement(), "application/JSON; charset=UTF-8")
    assert answer.status == 200
