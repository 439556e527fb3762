"""xAPI-Communication 2.2, 2.3, 2.6, 2.7: the three document resources; their requirements differ in number only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from time_machine import Traveller

from tests.conformance.sayings import COURSE, Node, agent, new_id
from tests.conformance.speaking import JSON, NEW, Answer, Lrs

ANY = {"If-None-Match": "*"}
DOCUMENT = {"a": 1, "b": {"x": 1, "y": 2}}


@dataclass(frozen=True)
class Shelf:
    """A document resource: its address, whose documents, the parameter that names one, and its requirements.

    ``codes`` are the numbers of the requirements under the names that the tests below use.
    """

    path: str
    owner: Node
    name: str
    codes: Mapping[str, str]

    def params(self, *, name: str | None = "uno", **more: Any) -> Node:
        named = {} if name is None else {self.name: name}
        return {**self.owner, **named, **more}

    def send(self, lrs: Lrs, method: str, body: Any = b"", kind: str = JSON, **more: Any) -> Answer:
        headers = more.pop("headers", None)
        return lrs.send(method, self.path, self.params(**more), body, kind, headers=headers)

    def put(self, lrs: Lrs, body: Any, kind: str = JSON, **more: Any) -> None:
        """A document that must not be there yet."""
        assert self.send(lrs, "PUT", body, kind, headers=ANY, **more).status == 204


STATE = Shelf(
    "activities/state",
    {"activityId": COURSE, "agent": agent()},
    "stateId",
    {"PUT": "00190", "POST": "00189", "GET": "00192", "DELETE": "00191", "list": "00193", "since": "00195",
     "not-json": "00232", "merge": "00234", "new": "00233", "broken": "00235", "place": "00230", "object": "00229"},
)  # fmt: skip
ACTIVITY_PROFILE = Shelf(
    "activities/profile",
    {"activityId": COURSE},
    "profileId",
    {"PUT": "00287", "POST": "00286", "GET": "00288", "DELETE": "00285", "list": "00289", "since": "00294",
     "not-json": "00309", "merge": "00308", "new": "00310", "broken": "00314", "place": "00311", "object": "00313"},
)  # fmt: skip
AGENT_PROFILE = Shelf(
    "agents/profile",
    {"agent": agent()},
    "profileId",
    {"PUT": "00273", "POST": "00272", "GET": "00269", "DELETE": "00271", "list": "00270", "since": "00275",
     "not-json": "00278", "merge": "00279", "new": "00280", "broken": "00284", "place": "00282", "object": "00281"},
)  # fmt: skip
SHELVES = (STATE, ACTIVITY_PROFILE, AGENT_PROFILE)


def each(code: str) -> pytest.MarkDecorator:
    """Once per resource, named after the requirement that it then covers."""
    return pytest.mark.parametrize(
        "shelf", [pytest.param(shelf, id=f"XAPI-{shelf.codes[code]}-{shelf.path}") for shelf in SHELVES]
    )


@each("place")
def test_a_resource_is_where_xapi_puts_it_xapi_00140(lrs: Lrs, shelf: Shelf) -> None:
    assert shelf.send(lrs, "GET", name=None).status == 200


@each("PUT")
def test_put_answers_204_without_body_xapi_00293(lrs: Lrs, shelf: Shelf) -> None:
    answer = shelf.send(lrs, "PUT", DOCUMENT, headers=ANY)
    assert (answer.status, answer.body) == (204, b"")


@each("POST")
def test_post_answers_204_without_body_xapi_00231_00283_00292_00312(lrs: Lrs, shelf: Shelf) -> None:
    answer = shelf.send(lrs, "POST", DOCUMENT)
    assert (answer.status, answer.body) == (204, b"")


@each("new")
def test_post_makes_the_document_where_there_is_none(lrs: Lrs, shelf: Shelf) -> None:
    shelf.send(lrs, "POST", DOCUMENT)
    assert shelf.send(lrs, "GET").json == DOCUMENT


@each("GET")
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (json.dumps(DOCUMENT).encode(), JSON),
        (b"[1, 2]", "text/plain"),
        (b"\x00\xff" * 100, "image/png"),
        ("¡así!".encode(), "text/plain; charset=utf-8"),
        (b"", "text/plain"),
    ],
    ids=["json", "text", "binary", "charset", "empty"],
)
def test_a_document_comes_back_byte_for_byte_xapi_00274_00290(
    lrs: Lrs, shelf: Shelf, body: bytes, kind: str
) -> None:
    shelf.put(lrs, body, kind)
    answer = shelf.send(lrs, "GET")
    assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, body, kind)


@each("GET")
def test_an_unknown_document_is_not_found(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT)
    assert shelf.send(lrs, "GET", name="dos").status == 404


@each("DELETE")
def test_delete_answers_204_and_leaves_the_others_xapi_00291(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT)
    shelf.put(lrs, DOCUMENT, name="dos")
    answer = shelf.send(lrs, "DELETE")
    assert (answer.status, answer.body) == (204, b"")
    assert shelf.send(lrs, "GET").status == 404
    assert shelf.send(lrs, "GET", name=None).json == ["dos"]


@each("DELETE")
def test_delete_of_nothing_is_no_error(lrs: Lrs, shelf: Shelf) -> None:
    assert shelf.send(lrs, "DELETE").status == 204


@each("list")
def test_without_a_name_the_names_are_listed(lrs: Lrs, shelf: Shelf) -> None:
    assert shelf.send(lrs, "GET", name=None).json == []
    for name in ("dos", "uno", "tres/ñ"):
        shelf.put(lrs, DOCUMENT, name=name)
    assert sorted(shelf.send(lrs, "GET", name=None).json) == ["dos", "tres/ñ", "uno"]


@each("list")
def test_documents_of_others_are_not_listed_nor_found(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT)
    for key, value in {"agent": agent("bruno"), "activityId": COURSE + "/2"}.items():
        if key in shelf.owner:
            other = {**shelf.owner, key: value}
            assert lrs.send("GET", shelf.path, other).json == []
            assert lrs.send("GET", shelf.path, {**other, shelf.name: "uno"}).status == 404


@each("since")
def test_since_lists_what_changed_afterwards_xapi_00141_00222(lrs: Lrs, shelf: Shelf, now: Traveller) -> None:
    now.move_to(datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC))
    shelf.put(lrs, DOCUMENT, name="antes")
    shelf.put(lrs, DOCUMENT, name="cambiado")
    now.move_to(datetime(2026, 3, 2, 13, 0, 0, tzinfo=UTC))
    shelf.put(lrs, DOCUMENT, name="después")
    shelf.send(lrs, "POST", {"c": 3}, name="cambiado")
    found = shelf.send(lrs, "GET", name=None, since="2026-03-02T12:30:00Z").json
    assert sorted(found) == ["cambiado", "después"]
    assert shelf.send(lrs, "GET", name=None, since="2026-03-02T13:00:00Z").json == []


@each("merge")
def test_post_merges_top_level_properties_xapi_00183_00184(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT, "application/json; charset=utf-8")
    assert shelf.send(lrs, "POST", {"b": {"z": 3}, "c": None}).status == 204
    assert shelf.send(lrs, "GET").json == {"a": 1, "b": {"z": 3}, "c": None}


@each("merge")
def test_a_merge_keeps_what_numbers_and_letters_say(lrs: Lrs, shelf: Shelf) -> None:
    """XAPI-00185 and XAPI-00186 from outside: what was read and written again means the same."""
    shelf.put(lrs, b'{"n": 12345678901234567890, "f": 0.1, "t": "\\u00f1\\ud83d\\ude42"}')
    shelf.send(lrs, "POST", {"c": "¿?"})
    assert shelf.send(lrs, "GET").json == {"n": 12345678901234567890, "f": 0.1, "t": "ñ🙂", "c": "¿?"}


UNMERGEABLE = [
    pytest.param(b"texto", "text/plain", DOCUMENT, JSON, id="known-is-text"),
    pytest.param(DOCUMENT, JSON, b"texto", "text/plain", id="told-is-text"),
    pytest.param(DOCUMENT, JSON, DOCUMENT, "text/plain", id="told-is-json-called-text"),
    pytest.param(b"uno", "text/plain", b"dos", "text/plain", id="both-are-text"),
    pytest.param(DOCUMENT, JSON, DOCUMENT, "", id="told-has-no-type"),
]


@each("not-json")
@pytest.mark.parametrize(("known", "known_kind", "told", "told_kind"), UNMERGEABLE)
def test_only_json_is_merged(
    lrs: Lrs, shelf: Shelf, known: Any, known_kind: str, told: Any, told_kind: str
) -> None:
    shelf.put(lrs, known, known_kind)
    before = shelf.send(lrs, "GET")
    assert shelf.send(lrs, "POST", told, told_kind).status == 400
    after = shelf.send(lrs, "GET")
    assert (after.body, after.headers["ETag"]) == (before.body, before.headers["ETag"])


BROKEN = [b"{", b"hola", b'{"a": 1} {"b": 2}', b'{"a": NaN}', b'{"a": 1, "a": 2}', b"\xff", b"", b"[" * 3000]


@each("broken")
def test_broken_json_is_refused_on_post(lrs: Lrs, shelf: Shelf) -> None:
    for body in BROKEN:
        assert shelf.send(lrs, "POST", body).status == 400, body
    assert shelf.send(lrs, "GET").status == 404


@each("object")
@pytest.mark.parametrize("body", [b"[1]", b'"texto"', b"5", b"null"], ids=["list", "text", "number", "null"])
def test_json_that_is_no_object_cannot_be_merged(lrs: Lrs, shelf: Shelf, body: bytes) -> None:
    shelf.put(lrs, DOCUMENT)
    assert shelf.send(lrs, "POST", body).status == 400
    assert shelf.send(lrs, "GET").json == DOCUMENT


@each("GET")
def test_last_modified_says_when_the_document_changed(lrs: Lrs, shelf: Shelf, now: Traveller) -> None:
    """IEEE 9274.1.1, 4.1.6.2, 4.1.6.5, 4.1.6.6."""
    now.move_to(datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC))
    shelf.put(lrs, DOCUMENT)
    assert shelf.send(lrs, "GET").headers["Last-Modified"] == "Mon, 02 Mar 2026 12:00:00 GMT"
    now.move_to(datetime(2026, 3, 2, 12, 0, 5, tzinfo=UTC))
    shelf.send(lrs, "POST", {"c": 3})
    assert shelf.send(lrs, "GET").headers["Last-Modified"] == "Mon, 02 Mar 2026 12:00:05 GMT"


def test_an_agent_is_the_same_whatever_else_is_said_of_it(lrs: Lrs) -> None:
    STATE.put(lrs, DOCUMENT)
    for said in ({"mbox": agent()["mbox"]}, agent(name="Ana"), {**agent(), "name": "Otra"}):
        params = {"activityId": COURSE, "agent": said, "stateId": "uno"}
        assert lrs.send("GET", STATE.path, params).json == DOCUMENT


class TestState:
    """What only the State Resource has: registrations, and deleting all."""

    def test_a_registration_is_part_of_the_name_xapi_00218_00220_00227(self, lrs: Lrs) -> None:
        first, second = new_id(), new_id()
        STATE.put(lrs, {"r": 0})
        STATE.put(lrs, {"r": 1}, registration=first)
        assert STATE.send(lrs, "POST", {"r": 2}, registration=second).status == 204
        found = [
            STATE.send(lrs, "GET", **more).json
            for more in ({}, {"registration": first}, {"registration": second})
        ]
        assert found == [{"r": 0}, {"r": 1}, {"r": 2}]
        assert STATE.send(lrs, "GET", registration=first.upper()).json == {"r": 1}

    def test_a_registration_lists_its_own_documents_xapi_00220(self, lrs: Lrs) -> None:
        registration = new_id()
        STATE.put(lrs, DOCUMENT)
        STATE.put(lrs, DOCUMENT, name="dos", registration=registration)
        assert STATE.send(lrs, "GET", name=None, registration=registration).json == ["dos"]
        assert sorted(STATE.send(lrs, "GET", name=None).json) == ["dos", "uno"]

    def test_a_registration_deletes_its_own_documents_xapi_00219(self, lrs: Lrs) -> None:
        registration = new_id()
        STATE.put(lrs, DOCUMENT)
        STATE.put(lrs, DOCUMENT, registration=registration)
        assert STATE.send(lrs, "DELETE", registration=registration).status == 204
        assert STATE.send(lrs, "GET", registration=registration).status == 404
        assert STATE.send(lrs, "GET").status == 200

    def test_without_a_name_all_are_deleted_xapi_00187_00194(self, lrs: Lrs) -> None:
        registration = new_id()
        for more in ({}, {"name": "dos"}, {"registration": registration}):
            STATE.put(lrs, DOCUMENT, **more)
        assert STATE.send(lrs, "DELETE", name=None, registration=registration).status == 204
        assert sorted(STATE.send(lrs, "GET", name=None).json) == ["dos", "uno"]
        answer = STATE.send(lrs, "DELETE", name=None)
        assert (answer.status, answer.body) == (204, b"")
        assert STATE.send(lrs, "GET", name=None).json == []

    def test_deleting_all_leaves_what_is_of_others_xapi_00194(self, lrs: Lrs) -> None:
        others = {"activityId": COURSE, "agent": agent("bruno"), "stateId": "uno"}
        assert lrs.send("PUT", STATE.path, others, DOCUMENT, headers=ANY).status == 204
        STATE.send(lrs, "DELETE", name=None)
        assert lrs.send("GET", STATE.path, others).json == DOCUMENT

    def test_put_replaces_without_header_in_1_0_3_only(self, lrs: Lrs) -> None:
        """IEEE 9274.1.1, 4.1.4 extends concurrency control to states."""
        STATE.put(lrs, DOCUMENT)
        answer = STATE.send(lrs, "PUT", {"new": 1})
        assert answer.status == (409 if lrs.version == NEW else 204)
        assert STATE.send(lrs, "GET").json == (DOCUMENT if lrs.version == NEW else {"new": 1})
