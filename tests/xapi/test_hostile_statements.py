"""Statements sent twice, too large, in pieces or with false papers."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lms.xapi.models import Statement
from tests.xapi.callers import (
    ACTIVITY,
    AGENT,
    STATEMENTS,
    assert_clean,
    assert_refused,
    content_of,
    get,
    open_client,
    post,
)

PLAIN: dict[str, Any] = {"actor": AGENT, "verb": {"id": "https://otro.example/v"}, "object": {"id": ACTIVITY}}
FILE = b"\r\n--\r\n--x\r\n\x00\xff" * 1000


@pytest.fixture
def client(db: None, at: datetime) -> Client:
    return open_client(at=at)


def identified(**more: Any) -> dict[str, Any]:
    return PLAIN | {"id": str(uuid4())} | more


# --- The same id --------------------------------------------------------------------------------
def test_statement_sent_again_is_one_statement(client: Client) -> None:
    statement = identified()
    for _ in range(3):
        response = post(client, [statement])
        assert response.json() == [statement["id"]]
    assert Statement.objects.count() == 1


def test_statement_read_and_sent_again_is_one_statement(client: Client) -> None:
    (id,) = post(client, PLAIN).json()
    kept = get(client, statementId=id).json()
    assert post(client, kept).status_code == 200
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("other", [{"result": {"success": True}}, {"verb": {"id": "https://otro.example/w"}}])
@pytest.mark.django_db(transaction=True)
def test_known_id_with_other_content_is_a_conflict_and_stores_nothing(
    at: datetime, other: dict[str, Any]
) -> None:
    client = open_client(at=at)
    statement = identified()
    post(client, statement)
    assert_refused(post(client, [PLAIN, statement | other, PLAIN]), 409)
    address = f"{STATEMENTS}?statementId={statement['id']}"
    response = client.put(address, json.dumps(statement | other), content_type="application/json")
    assert_refused(response, 409)
    assert Statement.objects.count() == 1
    assert "result" not in get(client, statementId=statement["id"]).json()


@pytest.mark.parametrize(
    "change", [lambda s: s, lambda s: s | {"id": s["id"].upper()}, lambda s: s | {"result": {}}]
)
def test_id_twice_in_a_batch_is_refused(client: Client, change: Callable[[Any], Any]) -> None:
    statement = identified(id="abcdefab-1234-4234-8234-123456789012")
    assert_refused(post(client, [PLAIN, statement, change(statement)]), 400)
    assert not Statement.objects.exists()


# --- Clocks and sizes ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "timestamp", ["9999-12-31T23:59:59Z", "2099-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"]
)
def test_clock_of_a_client_changes_nothing_in_the_order(client: Client, timestamp: str) -> None:
    (first,) = post(client, PLAIN | {"timestamp": timestamp, "stored": timestamp}).json()
    (second,) = post(client, PLAIN).json()
    found = get(client).json()["statements"]
    assert [statement["id"] for statement in found] == [second, first]
    assert found[1]["timestamp"] == timestamp
    assert found[1]["stored"] != timestamp
    for form in ("ids", "canonical"):
        assert_clean(get(client, format=form))


@pytest.mark.parametrize(
    "timestamp", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-13-01T00:00:00Z"]
)
def test_instant_that_cannot_be_is_refused(client: Client, timestamp: str) -> None:
    assert_refused(post(client, PLAIN | {"timestamp": timestamp}), 400)


HUGE = "ñ" * 5_000_000
SIZES: dict[str, dict[str, Any]] = {
    "response": PLAIN | {"result": {"response": HUGE}},
    "actor": PLAIN | {"actor": AGENT | {"name": HUGE}},
    "account": PLAIN | {"actor": {"account": {"homePage": "urn:x", "name": HUGE}}},
    "activity": PLAIN | {"object": {"id": "urn:" + HUGE}},
    "verb": PLAIN | {"verb": {"id": "urn:" + HUGE}},
    "definition": PLAIN | {"object": {"id": ACTIVITY, "definition": {"name": {"es": HUGE}}}},
    "extension": PLAIN | {"context": {"extensions": {"urn:" + HUGE: 1}}},
}


@pytest.mark.parametrize("name", SIZES)
def test_text_of_10_megabytes_is_kept_or_too_large(client: Client, name: str) -> None:
    response = post(client, SIZES[name])
    assert_clean(response)
    assert response.status_code in (200, 400, 413)
    if response.status_code == 200:
        found = get(client, statementId=response.json()[0]).json()
        assert {key: found[key] for key in SIZES[name]} == SIZES[name]
        assert_clean(get(client, format="canonical"))


def test_body_over_the_limit_is_too_large(client: Client, settings: Any) -> None:
    settings.XAPI_MAX_BODY = 2000
    assert_refused(post(client, PLAIN | {"result": {"response": "x" * 2000}}), 413)
    statement, parts = with_file()
    parts[0] = (parts[0][0], json.dumps(statement | {"result": {"response": "x" * 2000}}).encode())
    assert_refused(send_parts(client, parts), 413)
    assert not Statement.objects.exists()


def test_document_over_the_limit_is_too_large(client: Client, settings: Any) -> None:
    settings.XAPI_MAX_DOCUMENT = 2000
    address = f"/xapi/activities/profile?activityId={ACTIVITY}&profileId=a"
    assert_refused(client.put(address, b"x" * 2001, headers={"If-None-Match": "*"}), 413)
    assert client.put(address, b"x" * 2000, headers={"If-None-Match": "*"}).status_code == 204


def test_attachment_over_the_limit_is_too_large(client: Client, settings: Any) -> None:
    settings.XAPI_MAX_ATTACHMENT = len(FILE) - 1
    assert_refused(send_parts(client, with_file()[1]), 413)
    assert not Statement.objects.exists()


# --- Parts --------------------------------------------------------------------------------------
Parts = list[tuple[str, bytes]]
EDGE = "frontera"


def with_file(content: bytes = FILE, **changed: Any) -> tuple[dict[str, Any], Parts]:
    """A statement with an attachment, and the parts in which it travels."""
    sha2 = hashlib.sha256(content).hexdigest()
    said = {
        "usageType": "urn:uso",
        "display": {"es": "x"},
        "contentType": "text/plain",
        "length": len(content),
        "sha2": sha2,
    }
    statement = PLAIN | {"attachments": [said | changed]}
    head = f"Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}"
    return statement, [("Content-Type: application/json", json.dumps(statement).encode()), (head, content)]


def joined(parts: Parts, edge: str = EDGE) -> bytes:
    return (
        b"".join(f"\r\n--{edge}\r\n{head}\r\n\r\n".encode("latin-1") + body for head, body in parts)
        + f"\r\n--{edge}--\r\n".encode()
    )


def send(client: Client, body: bytes, kind: str = f"multipart/mixed; boundary={EDGE}") -> Any:
    return client.generic("POST", STATEMENTS, body, content_type=kind)


def send_parts(client: Client, parts: Parts) -> Any:
    return send(client, joined(parts))


def test_attachment_comes_back_byte_for_byte(client: Client) -> None:
    response = send_parts(client, with_file()[1])
    assert_clean(response)
    found = get(client, statementId=response.json()[0], attachments="true")
    assert content_of(found).split(b"\r\n\r\n", 2)[2].startswith(FILE + b"\r\n--")


@pytest.mark.parametrize("at_byte", [0, 1, 5, 12, 40, 200, 300, 1000, -1, -2, -3, -5, -14])
def test_cut_parts_store_nothing(client: Client, at_byte: int) -> None:
    whole = joined(with_file()[1]).rstrip()
    assert_refused(send(client, whole[:at_byte]), 400)
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/mixed", "multipart/mixed; boundary=", 'multipart/mixed; boundary=""', "multipart/mixed; boundary=otra",
        "multipart/mixed; boundary=" + "x" * 5000, "multipart/mixed; boundary*=utf-8''x", "multipart/mixed; boundary=ñ",
        "multipart/mixed;;;", "multipart/form-data; boundary=frontera", "multipart/", "", ";", "text/plain", "multipart/mixed; boundary=\xff",
    ],
)  # fmt: skip
def test_boundary_that_never_comes_is_refused(client: Client, kind: str) -> None:
    assert_refused(send(client, joined(with_file()[1]), kind), 400)
    assert not Statement.objects.exists()


def _changed(place: int, old: str, new: str) -> Parts:
    parts = with_file()[1]
    head, body = parts[place]
    assert old in head
    parts[place] = (head.replace(old, new), body)
    return parts


SHA2 = hashlib.sha256(FILE).hexdigest()
WRONG: dict[str, Callable[[], Parts]] = {
    "no parts": list,
    "no file": lambda: with_file()[1][:1],
    "no statement": lambda: with_file()[1][1:],
    "the file first": lambda: with_file()[1][::-1],
    "another hash": lambda: _changed(1, SHA2, "0" * 64),
    "a hash of nothing": lambda: _changed(1, SHA2, ""),
    "a short hash": lambda: _changed(1, SHA2, SHA2[:-1]),
    "a hash of another kind": lambda: _changed(1, SHA2, "g" * 64),
    "a hash in high bytes": lambda: _changed(1, SHA2, "\xff" * 64),
    "no hash": lambda: _changed(1, "X-Experience-API-Hash", "X-Nada"),
    "no transfer encoding": lambda: _changed(1, "Content-Transfer-Encoding: binary", "X-Nada: 1"),
    "base64": lambda: _changed(1, "binary", "base64"),
    "a first part of text": lambda: _changed(0, "application/json", "text/plain"),
    "headers without end": lambda: _changed(1, "text/plain", "x" * 100_000),
    "a file nobody mentions": lambda: [(with_file()[1][0][0], json.dumps(PLAIN).encode()), with_file()[1][1]],
    "content that was changed": lambda: [with_file()[1][0], (with_file()[1][1][0], FILE + b"x")],
    "a signature that is none": lambda: with_file(
        usageType="http://adlnet.gov/expapi/attachments/signature", contentType="application/octet-stream"
    )[1],
    "JSON that is cut": lambda: [(with_file()[1][0][0], b'[{"actor":'), with_file()[1][1]],
}


@pytest.mark.parametrize("name", WRONG)
def test_parts_with_false_papers_store_nothing(client: Client, name: str) -> None:
    assert_refused(send_parts(client, WRONG[name]()), 400)
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    "kind",
    ["text/plain\r\nX-Mal: 1", "text/plain\n", "text/plain;\r\n\r\nx", "text/plain; x=\r", "text/plain;\x00"],
)
def test_media_type_of_an_attachment_brings_no_header_of_its_own(client: Client, kind: str) -> None:
    response = send_parts(client, with_file(contentType=kind)[1])
    assert_clean(response)
    if response.status_code == 200:
        found = content_of(get(client, statementId=response.json()[0], attachments="true"))
        head = found.split(b"\r\n--aula", 2)[1].split(b"\r\n\r\n")[0]
        names = [line.split(b":")[0] for line in head.splitlines()[1:]]
        assert names == [b"Content-Type", b"Content-Transfer-Encoding", b"X-Experience-API-Hash"]


@pytest.mark.parametrize(
    "jws", [b"", b".", b"..", b"a.b.c", b"e30.e30.e30", b"eyJhbGciOltdfQ.e30.e30", b"eyJhbGciOiJSUzI1NiIsIng1YyI6MX0.e30.e30", b"\xff.\xff.\xff",
            b"W10.e30.e30", b"bnVsbA.e30.e30", b"eyJhbGciOiJSUzI1NiIsIng1YyI6eyJhIjoxfX0.e30.e30", b"." * 100_000]
)  # fmt: skip
def test_signature_of_nonsense_is_refused(client: Client, jws: bytes) -> None:
    parts = with_file(
        jws,
        usageType="http://adlnet.gov/expapi/attachments/signature",
        contentType="application/octet-stream",
    )[1]
    assert_refused(send_parts(client, parts), 400)


@pytest.mark.parametrize("depth", [2, 30])
def test_chain_of_references_is_no_trap(client: Client, depth: int) -> None:
    ids = [str(uuid4()) for _ in range(depth)]
    chain = [
        PLAIN | {"id": id, "object": {"objectType": "StatementRef", "id": ids[place - 1]}}
        for place, id in enumerate(ids)
    ]
    assert_clean(post(client, chain))  # the first refers to the last: a circle
    assert len(get(client, verb=PLAIN["verb"]["id"]).json()["statements"]) == depth
