"""Two writers of one thing, each in a transaction of its own: one after the other, nothing lost."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from lms.xapi.models import Activity, Document, Statement
from lms.xapi.services.activities import forget_activities
from tests.xapi.callers import (
    ACTIVITY,
    AGENT,
    DOCUMENTS,
    NEW,
    STATEMENTS,
    assert_clean,
    at_place,
    open_client,
)

pytestmark = pytest.mark.django_db(transaction=True)
documents = pytest.mark.parametrize("path", DOCUMENTS)
ROUNDS = 5
JSON = "application/json"


@pytest.fixture
def client(transactional_db: None, at: datetime) -> Client:
    forget_activities()  # of another test's database
    return open_client(at=at)


def together(calls: Sequence[Callable[[], Any]]) -> Counter[int]:
    """Make all calls at the same moment, a thread and a connection each; how often each status came."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> int:
        try:
            barrier.wait(10)
            response = call()
            assert_clean(response)
            return int(response.status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))


def put(client: Client, address: str, value: Any, **headers: str) -> Callable[[], Any]:
    named = {name.replace("_", "-"): found for name, found in headers.items()}
    return lambda: client.put(address, json.dumps(value), content_type=JSON, headers=named)


def merge(client: Client, address: str, value: Any) -> Callable[[], Any]:
    return lambda: client.post(address, json.dumps(value), content_type=JSON)


def send(client: Client, *statements: Any) -> Callable[[], Any]:
    return lambda: client.post(STATEMENTS, json.dumps(statements), content_type=JSON)


@documents
def test_one_of_two_makes_a_new_document(client: Client, path: str) -> None:
    for turn in range(ROUNDS):
        address = (
            at_place(path, stateId=f"{turn}") if "state" in path else at_place(path, profileId=f"{turn}")
        )
        calls = [put(client, address, {"writer": number}, **NEW) for number in (1, 2)]
        assert together(calls) == {204: 1, 412: 1}
        assert client.get(address).json()["writer"] in (1, 2)
    assert Document.objects.count() == ROUNDS


@documents
def test_one_of_two_replaces_what_both_have_read(client: Client, path: str) -> None:
    address = at_place(path)
    put(client, address, {"writer": 0}, **NEW)()
    for turn in range(ROUNDS):
        tag = client.get(address)["ETag"]
        calls = [put(client, address, {"writer": number, "turn": turn}, If_Match=tag) for number in (1, 2, 3)]
        assert together(calls) == {204: 1, 412: 2}
        assert client.get(address).json()["turn"] == turn


@documents
def test_all_that_is_merged_at_once_is_there(client: Client, path: str) -> None:
    address = at_place(path)
    for turn in range(ROUNDS):
        calls = [merge(client, address, {f"{turn} {number}": number}) for number in range(6)]
        assert together(calls) == {204: 6}
    assert client.get(address).json() == {
        f"{turn} {number}": number for turn in range(ROUNDS) for number in range(6)
    }
    assert Document.objects.count() == 1


@documents
def test_document_merged_and_deleted_at_once_is_there_or_not(client: Client, path: str) -> None:
    address = at_place(path)
    for turn in range(ROUNDS):
        calls = [
            merge(client, address, {"turn": turn}),
            lambda: client.delete(address),
            merge(client, address, {"a": 1}),
        ]
        assert together(calls) == {204: 3}
        assert client.get(address).status_code in (200, 404)


def test_two_writers_without_header_do_not_overwrite_each_other(client: Client) -> None:
    """Version 2.0 asks for the header when there is something already."""
    for turn in range(ROUNDS):
        address = at_place("/xapi/activities/state", stateId=f"{turn}")
        calls = [put(client, address, {"writer": n}, X_Experience_API_Version="2.0.0") for n in (1, 2)]
        assert together(calls) == {204: 1, 409: 1}


# --- Statements ---------------------------------------------------------------------------------
def make(number: int = 0, **more: Any) -> dict[str, Any]:
    definition = {"name": {"es": f"Nombre {number}"}, "extensions": {f"urn:{number}": number}}
    verb = {"id": "https://otro.example/v"}
    return {
        "id": str(uuid4()),
        "actor": AGENT,
        "verb": verb,
        "object": {"id": ACTIVITY, "definition": definition},
    } | more


def test_statement_sent_twice_at_once_is_one_statement(client: Client) -> None:
    for turn in range(ROUNDS):
        statement = make()
        assert together([send(client, make(), statement, make()) for _ in range(3)]) == {200: 3}
        assert Statement.objects.count() == 7 * (turn + 1)
        assert Statement.objects.filter(id=statement["id"]).count() == 1


def test_one_of_two_statements_with_one_id_is_refused(client: Client) -> None:
    for turn in range(ROUNDS):
        statement = make()
        calls = [
            send(client, make(), statement),
            send(client, make(), statement | {"result": {"success": True}}),
        ]
        assert together(calls) == {200: 1, 409: 1}
        assert Statement.objects.count() == 2 * (turn + 1)


def test_batches_in_opposite_order_do_not_lock_each_other_out(client: Client) -> None:
    for turn in range(ROUNDS):
        batch = [
            make(
                turn * 40 + number, object={"id": f"urn:{number}", "definition": {"name": {"es": f"{turn}"}}}
            )
            for number in range(40)
        ]
        assert together(
            [send(client, *batch), send(client, *reversed(batch)), send(client, *batch[::2])]
        ) == {200: 3}
        assert Statement.objects.count() == 40 * (turn + 1)


def test_all_that_is_told_of_an_activity_at_once_is_known(client: Client) -> None:
    assert together([send(client, make(number)) for number in range(6)]) == {200: 6}
    assert Activity.objects.get().definition["extensions"] == {f"urn:{number}": number for number in range(6)}


def test_statement_that_is_voided_while_it_arrives_is_voided(client: Client) -> None:
    for _ in range(ROUNDS):
        statement = make()
        target = {"objectType": "StatementRef", "id": statement["id"]}
        voiding = make(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object=target)
        assert together([send(client, statement), send(client, voiding)]) == {200: 2}
        assert client.get(f"{STATEMENTS}?voidedStatementId={statement['id']}").status_code == 200
        assert client.get(f"{STATEMENTS}?statementId={statement['id']}").status_code == 404
        listed = client.get(STATEMENTS).json()["statements"]
        assert statement["id"] not in [found["id"] for found in listed]
        assert voiding["id"] in [found["id"] for found in listed]
