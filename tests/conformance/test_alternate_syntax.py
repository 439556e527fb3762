"""xAPI-Communication 1.3: a POST whose form holds the real request; gone in 2.0 (XAPI-00336)."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.conformance.sayings import Node, new_id, statement
from tests.conformance.speaking import FORM, NEW, OLD, Answer, Lrs
from tests.conformance.test_documents import ANY, DOCUMENT, SHELVES, Shelf


def post(lrs: Lrs, method: str, form: Node | bytes, path: str = "statements", **params: Any) -> Answer:
    body = form if isinstance(form, bytes) else urlencode(_texts(form)).encode()
    return lrs.send("POST", path, {"method": method, **params}, body, FORM)


def _texts(form: Node) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in form.items()}


def test_a_get_is_answered_like_a_get_xapi_00148(old: Lrs) -> None:
    old.store(statement(), statement())
    answer = post(old, "GET", {"limit": "1"})
    assert answer.status == 200
    assert answer.json == old.get(limit=1).json


def test_a_put_stores_its_content_xapi_00336(old: Lrs) -> None:
    statement_id = new_id()
    assert post(old, "PUT", {"statementId": statement_id, "content": statement()}).status == 204
    assert old.fetch(statement_id)["id"] == statement_id


def test_a_post_stores_its_content(old: Lrs) -> None:
    answer = post(old, "POST", {"content": [statement(), statement()]})
    assert answer.status == 200
    assert len(answer.json) == 2


def test_content_is_read_as_a_form_is_written(old: Lrs) -> None:
    said = "a+b c&d=e%20ñ\n"
    (found,) = post(old, "POST", {"content": statement(result={"response": said})}).json
    assert old.fetch(found)["result"]["response"] == said


def test_headers_may_be_fields_of_the_form_xapi_00336(old: Lrs) -> None:
    form = {
        "Authorization": old.authorization,
        "X-Experience-API-Version": OLD,
        "Content-Type": "application/json",
        "Content-Length": "5",
        "statementId": new_id(),
        "content": statement(),
    }
    assert post(old.showing(None).speaking(None), "PUT", form).status == 204


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        pytest.param({"X-Experience-API-Version": "0.8"}, 400, id="version"),
        pytest.param({"Content-Type": "text/plain"}, 400, id="content-type"),
        pytest.param({"Authorization": "Basic bm86bm8="}, 401, id="authorization"),
    ],
)
def test_a_field_of_the_form_wins_over_the_header(old: Lrs, fields: Node, status: int) -> None:
    form = {"statementId": new_id(), "content": statement(), **fields}
    assert post(old, "PUT", form).status == status


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.path)
def test_documents_are_put_read_and_deleted_so_too(old: Lrs, shelf: Shelf) -> None:
    params = shelf.params()
    assert post(old, "PUT", {**params, **ANY, "content": DOCUMENT}, shelf.path).status == 204
    assert post(old, "PUT", {**params, **ANY, "content": DOCUMENT}, shelf.path).status == 412
    answer = post(old, "GET", params, shelf.path)
    assert (answer.json, answer.headers["ETag"]) == (DOCUMENT, shelf.send(old, "GET").headers["ETag"])
    assert post(old, "DELETE", {**params, "If-Match": '"1234"'}, shelf.path).status == 412
    assert post(old, "DELETE", {**params, "If-Match": answer.headers["ETag"]}, shelf.path).status == 204
    assert shelf.send(old, "GET").status == 404


@pytest.mark.parametrize("path", ["agents", "activities", "about"])
def test_other_resources_are_read_so_too(old: Lrs, path: str) -> None:
    params = {
        "agents": {"agent": {"mbox": "mailto:ana@lrs.example"}},
        "activities": {"activityId": "https://lrs.example/a"},
        "about": {},
    }[path]
    assert post(old, "GET", params, path).json == old.get(path, **params).json


def test_a_parameter_beside_method_is_refused(old: Lrs) -> None:
    form = {"statementId": new_id(), "content": statement()}
    assert post(old, "PUT", form, statementId=form["statementId"]).status == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD"])
def test_only_a_post_may_hold_another_request(old: Lrs, method: str) -> None:
    answer = old.send(
        method, "statements", {"method": "POST"}, urlencode(_texts({"content": statement()})), FORM
    )
    assert answer.status == 400


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_without_content_it_is_refused(old: Lrs, method: str) -> None:
    assert post(old, method, {"statementId": new_id()} if method == "PUT" else {}).status == 400
    assert post(old, method, b"").status == 400


@pytest.mark.parametrize(
    "body",
    [json.dumps({"content": "{}"}).encode(), b"content=%FF", b"\xff=1", b"content={}&content={}"],
    ids=["json", "not-utf-8", "raw-bytes", "content-twice"],
)
def test_a_body_that_is_no_form_is_refused(old: Lrs, body: bytes) -> None:
    assert post(old, "PUT", body).status == 400


def test_another_content_type_than_a_form_is_refused(old: Lrs) -> None:
    assert old.send("POST", "statements", {"method": "GET"}, b"limit=1", "text/plain").status == 400


@pytest.mark.parametrize("method", ["PATCH", "get", "", "OPTIONS"])
def test_a_method_that_the_resource_does_not_have_is_refused(old: Lrs, method: str) -> None:
    assert post(old, method, {}).status in (400, 405)


def test_what_the_form_says_is_checked_like_a_query(old: Lrs) -> None:
    assert post(old, "GET", {"foo": "bar"}).status == 400
    assert post(old, "GET", {"Limit": "1"}).status == 400


def test_the_answer_says_how_far_the_record_is_consistent_xapi_00153(old: Lrs) -> None:
    """A POST that holds a GET is a GET (2.1.3, definition)."""
    assert "X-Experience-API-Consistent-Through" in post(old, "GET", {}).headers


@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_2_0_does_not_have_it(new: Lrs, method: str) -> None:
    form = {"content": statement(), "X-Experience-API-Version": NEW, "Authorization": new.authorization}
    for speaker in (new, new.speaking(None)):
        assert 400 <= post(speaker, method, form).status < 500
    assert new.get().statements == []
