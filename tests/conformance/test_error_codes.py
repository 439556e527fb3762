"""xAPI-Communication 3.2 and 4.0: which refusal gets which status, and who may do what."""

import base64
from typing import Any

import pytest
from pytest_django import Settings

from tests.conformance.conftest import Issue
from tests.conformance.multipart import MIXED, file_part, json_part, write_parts
from tests.conformance.sayings import SOME_ID, Node, attachment, new_id, statement
from tests.conformance.speaking import RESOURCES, Lrs, basic
from tests.conformance.test_documents import ANY, DOCUMENT, SHELVES, STATE
from tests.conformance.test_headers import PARAMS

CLOSED = [path for path in RESOURCES if path != "about"]


@pytest.mark.parametrize("path", [pytest.param(path, id=f"XAPI-00324-{path}") for path in RESOURCES])
def test_an_unknown_parameter_is_refused(lrs: Lrs, path: str) -> None:
    assert lrs.send("GET", path, {**PARAMS[path], "foo": "bar"}).status == 400


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(None, id="XAPI-00334-absent"),
        pytest.param("", id="XAPI-00334-empty"),
        pytest.param(basic("nadie", "secreto"), id="XAPI-00334-unknown"),
        pytest.param("Basic:" + base64.b64encode(b"a:b").decode(), id="XAPI-00334-colon"),
        pytest.param("Basic " + base64.b64encode(b"sin-dos-puntos").decode(), id="XAPI-00334-no-secret"),
        pytest.param("Basic ñ", id="XAPI-00334-no-base64"),
        pytest.param("Basic " + base64.b64encode(b"\xff\x00:x").decode(), id="XAPI-00334-no-text"),
        pytest.param("Bearer abc", id="XAPI-00334-bearer"),
        pytest.param("Basic", id="XAPI-00334-scheme-alone"),
    ],
)
def test_without_a_valid_credential_the_answer_is_401(lrs: Lrs, header: str | None) -> None:
    for path in CLOSED:
        assert lrs.showing(header).send("GET", path, PARAMS[path]).status == 401
    assert lrs.showing(header).post(statement()).status == 401
    assert lrs.showing(header).put(statement(), new_id()).status == 401
    assert lrs.get().statements == []


def test_a_wrong_secret_is_refused_xapi_00334(lrs: Lrs) -> None:
    key, _secret = base64.b64decode((lrs.authorization or "")[6:]).decode().split(":")
    assert lrs.showing(basic(key, "otro")).get().status == 401


@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC"])
def test_basic_authentication_is_supported_xapi_00335(lrs: Lrs, scheme: str) -> None:
    assert lrs.showing((lrs.authorization or "").replace("Basic", scheme)).get().status == 200


def test_a_bad_version_and_a_bad_credential_are_400_or_401_xapi_00334(lrs: Lrs) -> None:
    assert lrs.speaking("BAD").showing(basic("nadie", "x")).get().status in (400, 401)


WRITES: dict[str, tuple[str, str, Node, Any]] = {
    "post": ("POST", "statements", {}, statement()),
    "get": ("GET", "statements", {}, b""),
    "put-state": ("PUT", STATE.path, STATE.params(), DOCUMENT),
    "get-state": ("GET", STATE.path, STATE.params(name=None), b""),
    "put-agent-profile": ("PUT", SHELVES[2].path, SHELVES[2].params(), DOCUMENT),
    "get-activity-profile": ("GET", SHELVES[1].path, SHELVES[1].params(name=None), b""),
}
MAY = {
    "statements/write": {"post"},
    "statements/read": {"get"},
    "statements/read/mine": {"get"},
    "state": {"put-state", "get-state"},
    "profile": {"put-agent-profile", "get-activity-profile"},
    "all": set(WRITES),
}


@pytest.mark.parametrize("scope", [pytest.param(scope, id=f"XAPI-00327-{scope}") for scope in MAY])
def test_a_credential_may_what_its_scope_says_and_nothing_else(lrs: Lrs, issue: Issue, scope: str) -> None:
    bound = lrs.showing(issue([scope]))
    for name, (method, path, params, body) in WRITES.items():
        status = bound.send(method, path, params, body, headers=ANY if method == "PUT" else None).status
        assert (status != 403) is (name in MAY[scope]), name
        assert status in (200, 204, 403)


def test_who_reads_its_own_finds_its_own_xapi_00327(lrs: Lrs, issue: Issue) -> None:
    """Communication 4.0, the scope ``statements/read/mine``."""
    (foreign,) = lrs.store(statement())
    bound = lrs.showing(issue(["statements/write", "statements/read/mine"]))
    (own,) = bound.store(statement())
    assert bound.get().ids == [own]
    assert bound.get(statementId=own).status == 200
    assert bound.get(statementId=foreign).status == 404


@pytest.mark.parametrize("name", ["agent", "verb", "activity", "registration", "related_agents"])
def test_who_reads_its_own_may_filter_it_xapi_00327(lrs: Lrs, issue: Issue, name: str) -> None:
    said = statement(context={"registration": SOME_ID})
    lrs.store(said)
    bound = lrs.showing(issue(["statements/write", "statements/read/mine"]))
    (own,) = bound.store(said)
    params: dict[str, Node] = {
        "agent": {"agent": said["actor"]},
        "verb": {"verb": said["verb"]["id"]},
        "activity": {"activity": said["object"]["id"]},
        "registration": {"registration": SOME_ID},
        "related_agents": {"agent": said["actor"], "related_agents": True},
    }
    assert bound.get(**params[name]).ids == [own]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *[(method, "statements") for method in ("DELETE", "PATCH")],
        *[
            (method, path)
            for method in ("POST", "PUT", "DELETE")
            for path in ("agents", "activities", "about")
        ],
        *[("PATCH", shelf.path) for shelf in SHELVES],
    ],
)
def test_a_method_that_a_resource_does_not_have_is_405(lrs: Lrs, method: str, path: str) -> None:
    assert lrs.send(method, path, PARAMS[path], b"{}").status == 405


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_statements_that_are_too_large_are_413_xapi_00328(lrs: Lrs, settings: Settings, method: str) -> None:
    settings.XAPI_MAX_BODY = 2000
    params = {"statementId": new_id()} if method == "PUT" else {}
    large = statement(result={"response": "x" * 2000})
    assert lrs.send(method, "statements", params, large).status == 413
    assert lrs.send(method, "statements", params, write_parts(json_part(large)), MIXED).status == 413
    assert lrs.get().statements == []


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: f"XAPI-00328-{shelf.path}")
def test_a_document_that_is_too_large_is_413(lrs: Lrs, settings: Settings, shelf: Any) -> None:
    settings.XAPI_MAX_DOCUMENT = 2000
    for method in ("PUT", "POST"):
        assert shelf.send(lrs, method, b"x" * 2001, "text/plain", headers=ANY).status == 413
    assert shelf.send(lrs, "PUT", b"x" * 2000, "text/plain", headers=ANY).status == 204


def test_a_file_that_is_too_large_is_413_xapi_00328(lrs: Lrs, settings: Settings) -> None:
    settings.XAPI_MAX_ATTACHMENT = 2000
    part = file_part(b"x" * 2001)
    mention = attachment(sha2=part.headers["X-Experience-API-Hash"], length=2001)
    body = write_parts(json_part(statement(attachments=[mention])), part)
    assert lrs.send("POST", "statements", {}, body, MIXED).status == 413
    assert lrs.get().statements == []


@pytest.mark.parametrize(
    ("statement", "path"),
    [
        pytest.param(statement(verb={"id": "no"}), "$.verb.id", id="format"),
        pytest.param(statement(result={"success": "sí"}), "$.result.success", id="type"),
        pytest.param(statement(result={"score": {"raw": 5, "max": 1}}), "$.result.score.raw", id="relation"),
        pytest.param(statement(context={"team": {"mbox": "mailto:a@b"}}), "$.context.team", id="kind"),
        pytest.param([statement(), statement(timestamp="ayer")], "$[1].timestamp", id="batch"),
    ],
)
def test_a_refusal_says_which_field(lrs: Lrs, statement: Any, path: str) -> None:
    answer = lrs.post(statement)
    assert answer.status == 400
    assert answer.json["path"] == path
    assert answer.json["error"]
