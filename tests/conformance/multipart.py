"""multipart/mixed as a client writes and reads it (RFC 2046)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import HTTP
from typing import Any

from tests.conformance.speaking import Answer, encode

BOUNDARY = b"limite-de-prueba"
MIXED = f"multipart/mixed; boundary={BOUNDARY.decode()}"


@dataclass(frozen=True)
class Part:
    headers: Mapping[str, str]
    content: bytes

    def without(self, name: str) -> "Part":
        return Part({key: value for key, value in self.headers.items() if key != name}, self.content)


def json_part(body: Any) -> Part:
    return Part({"Content-Type": "application/json"}, encode(body))


def file_part(content: bytes, sha2: str = "", *, encoding: str = "binary", kind: str = "text/plain") -> Part:
    headers = {
        "Content-Type": kind,
        "Content-Transfer-Encoding": encoding,
        "X-Experience-API-Hash": sha2 or hashlib.sha256(content).hexdigest(),
    }
    return Part(headers, content)


def write_parts(*parts: Part) -> bytes:
    lines = []
    for part in parts:
        head = "".join(f"{name}: {value}\r\n" for name, value in part.headers.items())
        lines.append(b"--" + BOUNDARY + b"\r\n" + head.encode() + b"\r\n" + part.content + b"\r\n")
    return b"".join(lines) + b"--" + BOUNDARY + b"--\r\n"


def read_parts(answer: Answer) -> list[Part]:
    """The parts of an answer, byte for byte; it must be well formed to its last line break."""
    kind = answer.headers["Content-Type"]
    assert kind.startswith("multipart/mixed")
    boundary = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode(), policy=HTTP).get_boundary("")
    mark = b"--" + boundary.encode()
    assert answer.body.startswith(mark + b"\r\n")
    assert answer.body.endswith(b"\r\n" + mark + b"--\r\n")
    middle = answer.body.removeprefix(mark + b"\r\n").removesuffix(b"\r\n" + mark + b"--\r\n")
    return [_read(piece) for piece in middle.split(b"\r\n" + mark + b"\r\n")]


def _read(piece: bytes) -> Part:
    head, _, content = piece.partition(b"\r\n\r\n")
    return Part(dict(line.split(": ", 1) for line in head.decode().split("\r\n")), content)
