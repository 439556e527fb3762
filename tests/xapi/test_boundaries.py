"""A file never ends the multipart answer that carries it, whatever it contains."""

import email
import hashlib
import json
from email.message import Message
from typing import Any

import pytest
from django.test import Client

from lms.lib import clock
from tests.xapi.callers import STATEMENTS, content_of, open_client
from tests.xapi.sayings import saying

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return open_client(at=clock.now())


def send(client: Client, content: bytes) -> str:
    """Store a statement with this file; its id."""
    sha2 = hashlib.sha256(content).hexdigest()
    told = {
        "usageType": "https://otro.example/uso", "display": {"es": "Informe"},
        "contentType": "text/plain", "length": len(content), "sha2": sha2,
    }  # fmt: skip
    said = saying(attachments=[told])
    head = f"Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}"
    parts = [b"Content-Type: application/json\r\n\r\n" + json.dumps(said).encode()]
    parts += [head.encode() + b"\r\n\r\n" + content]
    body = b"".join(b"--de-este-cliente\r\n" + part + b"\r\n" for part in parts) + b"--de-este-cliente--\r\n"
    response = client.post(STATEMENTS, body, content_type="multipart/mixed; boundary=de-este-cliente")
    assert response.status_code == 200, response.content
    return str(said["id"])


def read(client: Client, statement_id: str) -> Message:
    """The statement with its file, as a client takes it apart."""
    response: Any = client.get(STATEMENTS, {"statementId": statement_id, "attachments": "true"})
    head = f"Content-Type: {response['Content-Type']}\r\n\r\n".encode()
    return email.message_from_bytes(head + content_of(response))


def payloads(message: Message) -> list[Any]:
    return [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]


def test_a_file_that_contains_the_boundary_of_another_answer_is_given_whole(client: Client) -> None:
    boundary = read(client, send(client, b"primero")).get_boundary()
    content = f"antes\r\n--{boundary}\r\nContent-Type: text/html\r\n\r\nquien sea".encode()
    assert payloads(read(client, send(client, content)))[1:] == [content]


@pytest.mark.parametrize(
    "content", [b"\r\n--\r\n", b"--", b"", b"\r\n", b"x\r\n--otra--\r\n", bytes(range(256))]
)
def test_a_file_is_given_as_it_came(client: Client, content: bytes) -> None:
    assert payloads(read(client, send(client, content)))[1:] == [content]
