"""Bodies and forms that nobody should send, above all as documents."""

import json
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from lms.xapi.models import Statement
from tests.xapi.callers import (
    DOCUMENTS,
    NEW,
    PLACES,
    STATEMENTS,
    assert_clean,
    at_place,
    content_of,
    open_client,
)

everywhere = pytest.mark.parametrize("path", PLACES)
documents = pytest.mark.parametrize("path", DOCUMENTS)


@pytest.fixture
def client(db: None, at: datetime) -> Client:
    return open_client(at=at)


# --- Bodies -------------------------------------------------------------------------------------
BODIES: dict[str, bytes] = {
    "empty": b"", "spaces": b"  ", "cut": b'{"actor":{"mbox":"mai', "NUL": b"\x00", "NUL inside": b'{"a\x00b":1}',
    "invalid UTF-8": b'{"a":"\xff\xfe"}', "overlong UTF-8": b'{"a":"\xc0\x80"}', "surrogates in UTF-8": b'{"a":"\xed\xa0\x80"}',
    "UTF-16": '{"a":1}'.encode("utf-16"), "BOM": b"\xef\xbb\xbf{}", "deep": b"[" * 2000 + b"]" * 2000, "deeper": b'{"a":' * 100_000,
    "NaN": b'{"a":NaN}', "infinite": b'{"a":-Infinity}', "1e400": b'{"a":1e400}', "5000 digits": b'{"a":' + b"9" * 5000 + b"}",
    "twice": b'{"a":1,"a":2}', "trailing comma": b'{"a":1,}', "two": b"{} {}", "comment": b"{}//", "a number": b"1", "null": b"null",
    "surrogate": b'{"a":"\\ud800"}', "a string": b'"x"', "a list": b"[]", "920 levels": b'{"a":' + b"[" * 920 + b"]" * 920 + b"}",
    "10 MB": b'{"a":"' + b"x" * 10_000_000 + b'"}',
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_hostile_body_stores_no_statement(client: Client, method: str, name: str) -> None:
    address = (
        STATEMENTS if method == "POST" else f"{STATEMENTS}?statementId=12345678-1234-4234-8234-123456789012"
    )
    response = client.generic(method, address, BODIES[name], content_type="application/json")
    assert_clean(response)
    assert response.status_code in (400, 413) or name == "a list"
    assert not Statement.objects.exists()


@documents
@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("name", BODIES)
def test_hostile_document_is_refused_or_comes_back_as_it_was_sent(
    client: Client, path: str, method: str, name: str
) -> None:
    address = at_place(path)
    response = client.generic(method, address, BODIES[name], content_type="application/json", headers=NEW)
    assert_clean(response)
    assert response.status_code in (204, 400, 413)
    if response.status_code == 204:
        assert content_of(client.get(address)) == BODIES[name]
        if BODIES[name].startswith(b"{"):
            assert_merged(client, address, None if name == "5000 digits" else json.loads(BODIES[name]))


def assert_merged(client: Client, address: str, before: Any) -> None:
    """One more property is added to the document and the others stay what they were; or nothing happens."""
    known = content_of(client.get(address))
    response = client.post(address, b'{"zz":1}', content_type="application/json")
    assert_clean(response)
    assert response.status_code in (204, 400)
    merged = content_of(client.get(address))
    if response.status_code == 400:
        assert merged == known
    elif before is None:
        assert b"9" * 5000 in merged and b'"9' not in merged
    else:
        assert json.loads(merged, parse_constant=pytest.fail) == before | {"zz": 1}


@documents
@pytest.mark.parametrize(
    "kind",
    [
        "",
        ";",
        "x",
        "text/plain; charset=nada",
        "texto/ñ",
        "application/json; x=\x01",
        "a/" + "b" * 300,
        "multipart/mixed",
    ],
)
def test_hostile_content_type_of_a_document_is_refused_or_kept(client: Client, path: str, kind: str) -> None:
    assert_clean(client.generic("PUT", at_place(path), b"{}", content_type=kind, headers=NEW))
    assert_clean(client.get(at_place(path)))


@pytest.mark.parametrize(
    "kind", ["text/plain\r\nX-Mal: 1", "text/plain\n", "ñandú/x", "😀", "x" * 300, "\x01"]
)
def test_alternate_syntax_brings_no_header_of_its_own(client: Client, kind: str) -> None:
    path = "/xapi/activities/state"
    form = urlencode(PLACES[path] | {"Content-Type": kind, "content": "x"})
    response = client.post(f"{path}?method=PUT", form, content_type="application/x-www-form-urlencoded")
    assert_clean(response)
    found = client.get(at_place(path))
    assert_clean(found)
    assert "X-Mal" not in found.headers


FORMS = (
    "", "content=%00", "content=%ff", "a=1&a=2", "Authorization=%C3%B1", "Authorization=Basic%20%C3%B1",
    "content=" + quote("{"), "\xff", "X-Experience-API-Version=2.0.0", "Content-Length=x", "=", "%",
)  # fmt: skip


@everywhere
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "X", "", "%00", "method"])
def test_nonsense_in_the_alternate_syntax_is_refused(client: Client, path: str, method: str) -> None:
    address = f"{path}?method={method}"
    for form in FORMS:
        body = form.encode("latin-1")
        assert_clean(client.post(address, body, content_type="application/x-www-form-urlencoded"))
