"""A real server: clients that hang, that come all at once, and a machine that dies."""

import hashlib
import json
import shutil
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.db import connection

from lms.xapi.models import Document, IndexRow, Statement, StatementKey
from tests.xapi.callers import STATEMENTS, open_credential
from tests.xapi.live import (
    MAX_ATTACHMENT,
    READ_SECONDS,
    THREADS,
    THROUGH,
    WORKERS,
    Server,
    make_batch,
    make_statement,
    peak_memory,
    read_all,
    window,
)

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 120
DRAIN_SECONDS = 5
"""How long gunicorn reads on before it closes a connection whose body was not read."""
MEGABYTE = 1024 * 1024
STATE = "/xapi/activities/state?activityId=urn:x&stateId=a&agent=%7B%22mbox%22:%22mailto:a@b.cl%22%7D"
JSON = "application/json"


@pytest.fixture
def server(transactional_db: None, database_url: str, tmp_path: Path, at: datetime) -> Iterator[Server]:
    server = Server(database_url, tmp_path, open_credential(at=at))
    server.start()
    yield server
    server.kill()
    log = server.log()
    shutil.rmtree(tmp_path)
    assert "Traceback" not in log, log[-3000:]


# --- Bodies that stop ---------------------------------------------------------------------------
def begin(server: Server, *, path: str = STATEMENTS, method: str = "POST") -> socket.socket:
    """A request whose body stops half-way; the connection stays open."""
    body = json.dumps(make_batch(10)).encode()
    dialled = server.dial()
    dialled.sendall(server.head_of(method, path, Content_Type=JSON, Content_Length=str(len(body))))
    dialled.sendall(body[: len(body) // 2])
    return dialled


@pytest.mark.parametrize("count", [WORKERS, WORKERS * THREADS * 2])
def test_clients_that_hang_do_not_stop_others(server: Server, count: int) -> None:
    rounds = -(-count // THREADS)  # at worst all at one worker
    with ExitStack() as stack:
        began = monotonic()
        hanging = [stack.enter_context(begin(server)) for _ in range(count)]
        assert server.post(make_batch(3)).status == 200
        assert monotonic() - began < READ_SECONDS * rounds + 3
        for dialled in hanging:
            answer = read_all(dialled)
            assert not answer or answer.startswith(b"HTTP/1.1 400")
        assert monotonic() - began < READ_SECONDS * rounds + DRAIN_SECONDS + 3
    assert Statement.objects.count() == 3


WHOLE = b"[" + json.dumps(make_statement()).encode() + b"]"
CHUNK = f"{len(WHOLE):x}\r\n".encode() + WHOLE + b"\r\n"
CUTS: dict[str, tuple[dict[str, str], bytes]] = {
    "in the middle": ({"Content_Length": str(len(WHOLE))}, WHOLE[:50]),
    "before the last byte": ({"Content_Length": str(len(WHOLE))}, WHOLE[:-1]),
    "before trailing spaces": ({"Content_Length": str(len(WHOLE) + 10)}, WHOLE),
    "after a chunk": ({"Transfer_Encoding": "chunked"}, CHUNK),
    "in a chunk": ({"Transfer_Encoding": "chunked"}, CHUNK[:-20]),
    "in the last chunk": ({"Transfer_Encoding": "chunked"}, CHUNK + b"0"),
    "with a chunk that is none": ({"Transfer_Encoding": "chunked"}, CHUNK + b"zz\r\n"),
}


def test_body_that_is_cut_stores_nothing(server: Server) -> None:
    wrong: dict[str, bytes] = {}
    for method, path in (("POST", STATEMENTS), ("PUT", STATE)):
        for name, (headers, body) in CUTS.items():
            with server.dial() as dialled:
                kind = JSON if path == STATEMENTS else "text/plain"
                dialled.sendall(server.head_of(method, path, Content_Type=kind, **headers) + body)
                dialled.shutdown(socket.SHUT_WR)
                answer = read_all(dialled)
            if answer and not answer.startswith(b"HTTP/1.1 400"):
                wrong[f"{method} {name}"] = answer[:60]
    with begin(server) as dialled:
        answer = dialled.recv(1024)
        assert answer.startswith(b"HTTP/1.1 400")
        # What follows belongs to the body that was promised: it is no request of its own.
        with suppress(OSError):
            dialled.sendall(
                server.head_of("PUT", STATE, Content_Type="text/plain", Content_Length="2") + b"{}"
            )
        assert b"HTTP/1.1" not in read_all(dialled)
    assert not Statement.objects.exists()
    assert not Document.objects.exists()
    assert wrong == {}


def test_chunked_bodies_are_read_whole(server: Server) -> None:
    batch = make_batch(50)
    body = json.dumps(batch).encode()
    pieces = [body[start : start + 777] for start in range(0, len(body), 777)]
    held = server.connect()
    for _ in range(2):
        answer = server.call(
            "POST", STATEMENTS, iter(pieces), connection=held, Content_Type=JSON, Transfer_Encoding="chunked"
        )
        assert answer.status == 200
        assert answer.json == [statement["id"] for statement in batch]
    kind = "application/octet-stream"
    answer = server.call(
        "PUT", STATE, iter(pieces), connection=held, Content_Type=kind, Transfer_Encoding="chunked"
    )
    assert answer.status == 204
    assert server.call("GET", STATE, connection=held).body == body
    held.close()
    assert Statement.objects.count() == 50


# --- All at once --------------------------------------------------------------------------------
def test_concurrent_clients_lose_nothing_and_readers_miss_nothing(server: Server) -> None:
    clients, rounds, size = 16, 8, 20
    posted = [
        [make_batch(size, start=100 * turn + client) for turn in range(rounds)] for client in range(clients)
    ]
    done = threading.Event()

    def write(batches: list[list[dict[str, Any]]]) -> None:
        with closing(server.connect()) as held:
            for batch in batches:
                answer = server.post(batch, connection=held)
                assert answer.status == 200, answer.body

    def follow() -> list[str]:
        """Each span between two promises is read once, as soon as it is promised to be complete."""
        seen: list[str] = []
        since = until = "2000-01-01T00:00:00Z"
        last = False
        while True:
            ids, through = window(server, since=since, until=until)
            seen += ids
            if last:
                return seen
            last = done.is_set()
            if last:
                through = server.call("GET", f"{STATEMENTS}?limit=1").headers[THROUGH]
            # A later promise may be the weaker one; the earlier still holds.
            since, until = until, max(until, through)

    with ThreadPoolExecutor(clients + 1) as pool:
        reader = pool.submit(follow)
        try:
            for writer in [pool.submit(write, batches) for batches in posted]:
                writer.result(PATIENCE)
        finally:
            done.set()
        seen = Counter(reader.result(PATIENCE))
    expected = {statement["id"] for batches in posted for batch in batches for statement in batch}
    assert Statement.objects.count() == len(expected) == clients * rounds * size
    assert {id for id, count in seen.items() if count > 1} == set()
    assert len(expected - set(seen)) == 0
    assert set(seen) == expected


# --- A machine that dies ------------------------------------------------------------------------
def test_kill_loses_no_acknowledged_batch_and_halves_none(
    server: Server, request: pytest.FixtureRequest
) -> None:
    batches = [make_batch(10, start=number * 10) for number in range(200)]
    acknowledged: set[int] = set()
    half = threading.Event()

    def write(turn: int) -> None:
        with closing(server.connect()) as held, suppress(OSError, HTTPException):
            for number in range(turn, len(batches), 4):
                answer = server.post(batches[number], connection=held)
                assert answer.status == 200, answer.body
                acknowledged.add(number)
                if len(acknowledged) >= 100:
                    half.set()

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, turn) for turn in range(4)]
        assert half.wait(PATIENCE)
        server.kill()
        for writer in writers:
            writer.result(PATIENCE)
    server.start()
    kept = Counter(str(id) for id in Statement.objects.values_list("id", flat=True))
    found = {number: sum(kept[said["id"]] for said in batch) for number, batch in enumerate(batches)}
    whole = {number for number, count in found.items() if count == 10}
    request.node.user_properties.append(("acknowledged", len(acknowledged)))
    request.node.user_properties.append(("whole", len(whole)))
    request.node.user_properties.append(("absent", sum(count == 0 for count in found.values())))
    assert set(found.values()) <= {0, 10}
    assert acknowledged <= whole
    assert len(acknowledged) < len(batches)
    assert (
        StatementKey.objects.count()
        == IndexRow.objects.count()
        == Statement.objects.count()
        == 10 * len(whole)
    )
    for batch in batches:
        assert server.post(batch).status == 200
    assert Statement.objects.count() == 2000
    connection.close()


# --- Large things -------------------------------------------------------------------------------
def send_file(server: Server, megabytes: int) -> tuple[int, str, str]:
    """POST a statement with a file that is made while it is sent: status, id and hash."""
    block = bytes(range(256)) * 4096
    digest = hashlib.sha256()
    for _ in range(megabytes):
        digest.update(block)
    sha2 = digest.hexdigest()
    said = {
        "usageType": "urn:uso",
        "display": {"es": "x"},
        "contentType": "video/mp4",
        "length": 0,
        "sha2": sha2,
    }
    statement = make_statement(attachments=[said | {"length": megabytes * MEGABYTE}])
    head = f"--lim\r\nContent-Type: application/json\r\n\r\n{json.dumps(statement)}\r\n--lim\r\nContent-Type: video/mp4\r\n"
    head += f"Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\n"
    tail = b"\r\n--lim--\r\n"
    length = len(head) + megabytes * MEGABYTE + len(tail)
    headers = {"Content_Type": "multipart/mixed; boundary=lim", "Content_Length": str(length)}
    with server.dial() as dialled:
        dialled.sendall(server.head_of("POST", STATEMENTS, **headers) + head.encode())
        with suppress(OSError):  # refused before the end
            for _ in range(megabytes):
                dialled.sendall(block)
            dialled.sendall(tail)
        answer = dialled.recv(65536)
    return int(answer.split()[1]), statement["id"], sha2


def test_file_of_100_megabytes_passes_through_little_memory(
    server: Server, request: pytest.FixtureRequest
) -> None:
    for _ in range(8):
        assert send_file(server, 1)[0] == 200
    pids = server.worker_pids() if Path("/proc/self/status").exists() else []
    before = {pid: peak_memory(pid) for pid in pids}
    status, id, sha2 = send_file(server, 100)
    assert status == 200
    found = server.call("GET", f"{STATEMENTS}?statementId={id}&attachments=true")
    content = found.body.split(b"\r\n\r\n", 2)[2].rsplit(b"\r\n--", 1)[0]
    assert hashlib.sha256(content).hexdigest() == sha2
    grown = {pid: peak_memory(pid) - before[pid] for pid in pids}
    request.node.user_properties.append(
        ("grown", {pid: f"{bytes / MEGABYTE:.1f} MB" for pid, bytes in grown.items()})
    )
    assert all(bytes < 60 * MEGABYTE for bytes in grown.values()), grown


def test_file_over_the_limit_is_too_large(server: Server) -> None:
    status, _id, _sha2 = send_file(server, MAX_ATTACHMENT // MEGABYTE + 10)
    assert status == 413
    assert not Statement.objects.exists()


def test_batch_of_ten_thousand_is_stored(server: Server) -> None:
    batch = make_batch(10_000)
    answer = server.post(batch)
    assert answer.status == 200
    assert answer.json == [statement["id"] for statement in batch]
    assert Statement.objects.count() == 10_000
