"""Requests that nobody should send: answered in clean words, never with a 500."""

import base64
import json
from datetime import datetime
from urllib.parse import urlencode

import pytest
from django.test import Client

from lms.xapi.models import Document
from tests.xapi.callers import (
    ABOUT,
    CLOSED,
    DOCUMENTS,
    NEW,
    PLACES,
    STATEMENTS,
    VERSION,
    anonymous,
    assert_clean,
    assert_refused,
    at_place,
    content_of,
    get,
    open_client,
    open_credential,
)

everywhere = pytest.mark.parametrize("path", PLACES)
closed = pytest.mark.parametrize("path", CLOSED)
documents = pytest.mark.parametrize("path", DOCUMENTS)


@pytest.fixture
def client(db: None, at: datetime) -> Client:
    return open_client(at=at)


# --- Methods, headers ---------------------------------------------------------------------------
@everywhere
@pytest.mark.parametrize("method", ["PATCH", "TRACE", "PROPFIND", "X", "M-SEARCH", "PUT\x00"])
def test_unknown_method_is_not_allowed(client: Client, path: str, method: str) -> None:
    assert_refused(client.generic(method, at_place(path), b"{}"), 405)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", STATEMENTS),
        *[(m, p) for m in ("PUT", "POST", "DELETE") for p in ("/xapi/activities", "/xapi/agents", ABOUT)],
    ],
)
def test_method_of_another_resource_is_not_allowed(client: Client, method: str, path: str) -> None:
    assert_refused(client.generic(method, at_place(path), b"{}", content_type="application/json"), 405)


@everywhere
def test_head_is_a_get_without_body(client: Client, path: str) -> None:
    known, found = client.get(at_place(path)), client.head(at_place(path))
    assert_clean(found, head=True)
    assert (found.status_code, content_of(found)) == (known.status_code, b"")


@everywhere
def test_options_say_what_is_allowed(client: Client, path: str) -> None:
    response = anonymous().options(path)
    assert response.status_code in (200, 204)
    assert "GET" in response["Allow"]


GARBAGE = {
    "empty": "", "no secret": "Basic", "spaces": "Basic    ", "not base64": "Basic ¡hola!", "padding": "Basic ====",
    "one letter": "Basic a", "high bytes": "Basic \xff\xfe\xfd", "binary": "\x01\x02\x7f", "another": "Bearer abc",
    "no colon": "Basic " + base64.b64encode(b"abc").decode(), "NUL": "Basic " + base64.b64encode(b"a\x00b:c").decode(),
    "not UTF-8": "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode(), "NUL outside": "Basic YTpi\x00",
    "non-BMP": "Basic " + base64.b64encode("😀:😀".encode()).decode(), "two": "Basic YTpi Basic YTpi",
    "long": "Basic " + "YTpi" * 100_000, "long key": "Basic " + base64.b64encode(b"a" * 70_000 + b":b").decode(),
    "tab": "Basic\tYTpi", "unknown": "Basic YTpi", "digest": 'Digest username="a"', "NUL secret": "Basic YToAAA==",
}  # fmt: skip


@closed
def test_nonsense_for_a_credential_is_unauthorised(db: None, path: str) -> None:
    wrong = {
        name: status
        for name, header in GARBAGE.items()
        if (status := anonymous(Authorization=header).get(at_place(path)).status_code) != 401
    }
    assert wrong == {}


@pytest.mark.parametrize("name", GARBAGE)
def test_about_needs_no_credential(db: None, name: str) -> None:
    response = anonymous(Authorization=GARBAGE[name]).get(ABOUT)
    assert_clean(response)
    assert response.status_code == 200


@closed
@pytest.mark.parametrize(
    "version",
    [
        "",
        "1",
        "1.0.",
        "1.1.0",
        "0.95",
        "2",
        "2.1.0",
        "3.0.0",
        "1.0.3\x00",
        "1.0.x",
        "ñ",
        "1.0.3,2.0.0",
        "9" * 9999,
        "-1.0",
    ],
)
def test_nonsense_for_a_version_is_refused(db: None, at: datetime, path: str, version: str) -> None:
    client = Client(
        headers={"Authorization": open_credential(at=at), VERSION: version}, raise_request_exception=False
    )
    assert_refused(client.get(at_place(path)), 400)


@closed
@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "es;q=x, *;q=nan, ;;;, -, es;q=1e400"}, {"Accept-Language": "\xff" * 9999},
        {"If-Match": ""}, {"If-Match": "\xff\x00", "If-None-Match": '",*"'}, {"Accept": "\x00"}, {"Origin": "null"},
        {"Content-Length": "0"}, {"Transfer-Encoding": "gzip"}, {"Expect": "100-continue"}, {"Cookie": "sessionid=\x00"},
    ],
)  # fmt: skip
def test_nonsense_in_other_headers_does_no_harm(client: Client, path: str, headers: dict[str, str]) -> None:
    assert_clean(client.get(at_place(path), headers=headers))


# --- Parameters ---------------------------------------------------------------------------------
@closed
@pytest.mark.parametrize(
    "query",
    [
        "x=1", "%00=1", "limit=%00", "=", "method=GET", "METHOD=PUT", "%ff=1", "a=%ff", "a=%ED%A0%80", "a=%zz", "%", "&&&=&%&",
        "agent=%7B", "stateId=a&stateId=b", "agent=a&agent=a", "activityId=a&activityid=b", "&".join(f"p{n}=1" for n in range(200)),
        "registration=x", "since=ayer", "\xff=\xfe", "a=" + "b" * 100_000, "%26=%3D&%26=%3D", "a;b=c",
    ],
)  # fmt: skip
def test_nonsense_among_the_parameters_is_refused(client: Client, path: str, query: str) -> None:
    base = urlencode(PLACES[path])
    response = client.get(path, QUERY_STRING=f"{base}&{query}" if base else query)
    assert_clean(response)
    if response.status_code == 200:
        assert query in ("&&&=&%&", "=", "%") or "since" not in query


LONG = "x" * 100_000
AGENTS: dict[str, str] = {
    "empty": "", "no JSON": "{", "a list": "[]", "null": "null", "a number": "1", "no identifier": "{}", "NaN": "NaN",
    "anonymous": '{"objectType":"Group","member":[{"mbox":"mailto:a@b"}]}', "two": '{"mbox":"mailto:a@b","openid":"http://x"}',
    "deep": "[" * 2000 + "]" * 2000, "deep member": '{"objectType":"Group","member":' + "[" * 2000 + "]" * 2000 + "}",
    "surrogate": '{"account":{"homePage":"http://x","name":"\\ud800"}}', "twice": '{"mbox":"mailto:a@b","mbox":"mailto:c@d"}',
    "NUL": '{"account":{"homePage":"http://x","name":"a\\u0000b"}}', "unknown": '{"mbox":"mailto:a@b","x":1}',
    "long": json.dumps({"account": {"homePage": "http://x", "name": LONG}}), "number": '{"mbox":' + "9" * 5000 + "}",
    "line break": '{"mbox":"mailto:a@b\\n"}', "control": '{"mbox":"mailto:\\u0001@b"}', "non-BMP": '{"mbox":"mailto:😀@b"}',
}  # fmt: skip


@pytest.mark.parametrize("path", [p for p in CLOSED if "agent" in PLACES[p] or p == STATEMENTS])
@pytest.mark.parametrize("name", AGENTS)
def test_hostile_agent_is_refused_or_harmless(client: Client, path: str, name: str) -> None:
    address = at_place(path, agent=AGENTS[name])
    assert_clean(client.get(address))
    if path in DOCUMENTS:
        response = client.put(address, b"x", headers=NEW)
        assert_clean(response)
        if response.status_code == 204:
            assert content_of(client.get(address)) == b"x"
        assert_clean(client.delete(address))


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\n",
        "😀",
        "e\u0301",
        "../../etc",
        "%00",
        "'\"; DROP TABLE",
        "\x01\x7f",
        "\u202e",
        LONG,
        "a&b=c",
        "ñ" * 5000,
    ],
)
@documents
def test_hostile_document_id_is_refused_or_kept_apart(client: Client, path: str, name: str) -> None:
    field = "stateId" if "stateId" in PLACES[path] else "profileId"
    address = at_place(path, **{field: name})
    assert_clean(client.put(address, b"otro", headers=NEW))
    assert content_of(client.put(at_place(path), b"x", headers=NEW)) == b""
    if Document.objects.count() == 2:
        assert content_of(client.get(address)) == b"otro"
        parameters = {key: found for key, found in PLACES[path].items() if key != field}
        assert sorted(get(client, path, **parameters).json()) == sorted(["a", name])


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "x",
        "x:",
        "http://\n",
        "http://a b",
        "urn:x\n",
        "urn:😀",
        "urn:" + LONG,
        "javascript:alert(1)",
        "urn:\ufffe",
    ],
)
@pytest.mark.parametrize("path", [p for p in CLOSED if "activityId" in PLACES[p]])
def test_hostile_activity_is_refused_or_harmless(client: Client, path: str, iri: str) -> None:
    address = at_place(path, activityId=iri)
    assert_clean(client.get(address))
    if path in DOCUMENTS:
        assert_clean(client.put(address, b"x", headers=NEW))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("limit", v) for v in ("-1", "1.5", "x", "", "1e3", "9" * 5000, "999999999", "²", "٣", "+1", " 1", "0x1", "\x00")],
        *[("cursor", v) for v in ("", "-", "--1", "-0", "x", "9" * 5000, str(2**63), str(-(2**63)), str(2**63 - 1), "1-1", "٣", "-٣")],
        *[(n, v) for n in ("since", "until") for v in ("", "x", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1900-01-01T00:00:00Z",
            "2072-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:60Z", "2026-02-30T00:00:00Z", "2026-11-20", "2026-11-20T12:00:00-00:00")],
        *[("ascending", v) for v in ("", "1", "TRUE", "True", "true\x00")],
        *[("format", v) for v in ("", "EXACT", "xml")],
        *[("attachments", v) for v in ("", "0", "yes")],
        *[(n, v) for n in ("verb", "activity") for v in ("", "x", "urn:a\n", "urn:" + LONG)],
        *[(n, v) for n in ("statementId", "voidedStatementId", "registration") for v in ("", "x", "0" * 36, "12345678-1234-4234-8234-123456789012\n", LONG)],
    ],
)  # fmt: skip
def test_nonsense_in_a_filter_is_refused_or_harmless(client: Client, name: str, value: str) -> None:
    for more in ({}, {"ascending": "true"}) if name != "ascending" else ({},):
        assert_clean(get(client, **({name: value} | more)))
