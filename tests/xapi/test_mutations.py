"""Statements changed field by field: refused in clean words, or kept value for value."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lms.xapi.models import Statement
from lms.xapi.rules.assembling import assemble
from lms.xapi.rules.canonical import digest_statement
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.keys import keys_of
from lms.xapi.rules.shapes import Actor
from lms.xapi.rules.statements import check_statement
from tests.xapi.callers import (
    ACTIVITY,
    AGENT,
    VERSION,
    assert_clean,
    assert_refused,
    content_of,
    get,
    open_client,
    post,
)
from tests.xapi.mutations import mutated, spread_mutations, valid_statements
from tests.xapi.samples import RICH, RICH_2, Text, as_kept, read, write


def sober(examples: int) -> settings:
    """The same examples every time, so many of them."""
    return settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=examples,
        suppress_health_check=list(HealthCheck),
    )


WHO = b'{"account":{"homePage":"https://aula.example","name":"x"}}'
PLAIN: dict[str, Any] = {"actor": AGENT, "verb": {"id": "https://otro.example/v"}, "object": {"id": ACTIVITY}}
LATER: dict[str, Any] = PLAIN | {"id": "99999999-9999-4999-8999-999999999999"}
ID = "99999999-9999-4999-8999-99999999999a"
FORMS = ({"format": "ids"}, {"format": "canonical"}, {"attachments": "true"})


@pytest.fixture
def client(db: None, at: datetime) -> Client:
    return open_client(at=at)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever one example stores or breaks is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- Rules --------------------------------------------------------------------------------------
def keep(raw: bytes, *, version: str) -> bytes | None:
    """All that happens to a statement before the database; None where it is refused."""
    try:
        checked = check_statement(raw, version=version)
        digest_statement(raw)
    except InvalidValueError as error:
        return None if error.reason and error.path[:1] in ("", ".", "[") else b"no reason"
    keys_of(checked, authority=Actor(mbox="mailto:x@y"))
    given = checked.shape.id
    id = str(UUID(given)) if isinstance(given, str) else ID
    return assemble(checked, statement_id=id, stored="2026-11-20T12:00:00Z", authority=WHO, version="1.0.0")


def assert_kept(raw: bytes, kept: bytes, *, version: str) -> None:
    sent, found = as_kept(read(raw), read(kept))
    assert sent == found
    check_statement(kept, version=version)
    check_statement(kept, version="2.0.0")


@pytest.mark.parametrize("name", [*RICH, *RICH_2])
@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_statement_with_one_thing_changed_is_refused_or_kept(name: str, version: str) -> None:
    wrong: dict[str, str] = {}
    count = 0
    for what, raw in spread_mutations((RICH | RICH_2)[name], step=13):
        count += 1
        try:
            kept = keep(raw, version=version)
            if kept is not None:
                assert_kept(raw, kept, version=version)
        except Exception as error:
            wrong[what] = repr(error)[:200]
    assert count > 100
    assert not wrong, f"{len(wrong)} of {count}: {list(wrong.items())[:5]}"


@pytest.mark.parametrize("name", RICH)
def test_rich_statement_is_valid(name: str) -> None:
    for version in ("1.0.3", "2.0.0"):
        kept = keep(write(RICH[name]).encode(), version=version)
        assert kept is not None


@pytest.mark.parametrize("name", RICH_2)
def test_what_came_with_version_2_is_refused_before(name: str) -> None:
    raw = write(RICH_2[name]).encode()
    assert keep(raw, version="2.0.0") is not None
    assert keep(raw, version="1.0.3") is None


# --- Endpoint -----------------------------------------------------------------------------------
def assert_refused_or_kept(client: Client, raw: bytes, *, version: str = "1.0.3") -> int:
    """POST it; what is accepted comes back as it was sent, in every form; the status."""
    response = client.post(
        "/xapi/statements", raw, content_type="application/json", headers={VERSION: version}
    )
    assert_clean(response)
    if response.status_code != 200:
        assert response.status_code in (400, 403)
        assert not Statement.objects.exists()
        return int(response.status_code)
    (id,) = response.json()
    found = get(client, statementId=id)
    assert found.status_code == 200
    assert found.content.startswith(f'{{"id":"{id}"'.encode())
    assert_kept(raw, found.content, version=version)
    for form in FORMS:
        answer = get(client, statementId=id, **form)
        assert_clean(answer)
        assert answer.status_code == 200
    return 200


@sober(150)
@given(raw=mutated(), version=st.sampled_from(["1.0.3", "2.0.0"]))
def test_mutated_statement_is_refused_or_comes_back_as_it_was_sent(
    client: Client, raw: bytes, version: str
) -> None:
    with undone():
        assert_refused_or_kept(client, raw, version=version)


@sober(100)
@given(raw=valid_statements)
def test_valid_statement_is_never_refused(client: Client, raw: bytes) -> None:
    with undone():
        assert assert_refused_or_kept(client, raw) == 200
        assert_clean(get(client, "/xapi/activities", activityId=json.loads(raw)["object"]["id"]))


@sober(60)
@given(raw=mutated(), before=st.integers(0, 3), after=st.integers(0, 2))
def test_batch_with_an_invalid_statement_stores_nothing(
    client: Client, raw: bytes, before: int, after: int
) -> None:
    alone = keep(raw, version="1.0.3")
    others = json.dumps(PLAIN).encode()
    batch = b"[" + b",".join([others] * before + [raw] + [others] * after) + b"]"
    with undone():
        response = post(client, batch)
        assert_clean(response)
        if alone is None:
            assert response.status_code == 400
            assert not Statement.objects.exists()
        else:
            assert response.status_code in (200, 403)


@sober(80)
@example(body=b"\xef\xbb\xbf{}")
@example(body=b"[" * 100_000)
@example(body=b"")
@example(body=b"[,]")
@example(body=b"[]")
@example(body=b"[[]]")
@example(body=b"[null]")
@example(body=b'"')
@given(body=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)))
def test_whatever_is_no_statement_is_refused(client: Client, body: bytes) -> None:
    with undone():
        response = post(client, body)
        assert_clean(response)
        assert response.status_code == 400 or body.strip() == b"[]"
        assert not Statement.objects.exists()


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\u0085", "\x00"])
@pytest.mark.parametrize(
    "path",
    [
        "id", "verb.id", "object.id", "version", "timestamp", "context.registration", "context.language",
        "context.statement.id", "result.duration", "actor.mbox", "attachments.contentType", "attachments.sha2",
    ],
)  # fmt: skip
def test_line_break_after_a_value_is_refused(path: str, end: str) -> None:
    *above, last = path.split(".")
    statement = json.loads(write(RICH["choice"]))
    target = statement
    for name in above:
        target = target[name][0] if name == "attachments" else target[name]
    target[last] += end
    if path in ("verb.id", "object.id", "actor.mbox") and end in ("\u2028", "\u0085"):
        return  # an IRI may hold these
    with pytest.raises(InvalidValueError):
        check_statement(json.dumps(statement).encode())


VALUES = {
    "NUL": '"a\\u0000b"',
    "lone surrogate": '"\\ud800"',
    "two lone surrogates": '"\\udc00 \\ud800x"',
    "more than a double holds": "1e400",
    "500 digits": "9" * 500,
    "5000 digits": "9" * 5000,
    "900 levels": "[" * 900 + "]" * 900,
    "920 levels": "[" * 920 + "]" * 920,
    "2000 levels": "[" * 2000 + "]" * 2000,
}
PLACES: dict[str, Any] = {
    "result": lambda value: PLAIN | {"result": {"extensions": {"urn:x": value}}},
    "context": lambda value: PLAIN | {"context": {"extensions": {"urn:x": value}}},
    "definition": lambda value: (
        PLAIN | {"object": {"id": ACTIVITY, "definition": {"extensions": {"urn:x": value}}}}
    ),
    "name": lambda value: PLAIN | {"object": {"id": ACTIVITY, "definition": {"name": {"es": value}}}},
    "actor": lambda value: (
        PLAIN | {"actor": {"account": {"homePage": "urn:x", "name": value}, "name": value}}
    ),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("value", VALUES)
def test_extreme_value_is_refused_or_comes_back_as_it_was_sent(
    client: Client, place: str, value: str
) -> None:
    raw = write(PLACES[place](Text(VALUES[value]))).encode()
    with undone():
        assert_refused_or_kept(client, raw)
        assert_clean(get(client, "/xapi/activities", activityId=ACTIVITY))
        assert content_of(get(client)).startswith(b'{"statements":')


def test_mutations_leave_the_samples_alone() -> None:
    before = write(RICH)
    assert sum(1 for _ in spread_mutations(RICH["group"], step=1)) > 500
    assert write(RICH) == before


def test_invalid_statement_is_named_by_its_place(client: Client) -> None:
    response = post(client, [PLAIN, PLAIN | {"verb": {}}])
    assert_refused(response, 400)
    assert response.json()["path"].startswith("$[1]")
