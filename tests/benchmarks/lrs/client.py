"""A client that costs little, so that what is measured is the server."""

import base64
import json
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class Load:
    """What some clients saw: seconds of each request, wall-clock seconds, answers that were not 2xx."""

    seconds: list[float] = field(default_factory=list)
    wall: float = 0.0
    errors: dict[int, int] = field(default_factory=dict)
    last: bytes = b""

    def percentile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


class Connection:
    """One keep-alive connection."""

    def __init__(self, *, port: int, key: str, secret: str) -> None:
        self._where = ("127.0.0.1", port)
        token = base64.b64encode(f"{key}:{secret}".encode()).decode()
        self._head = (
            f"Host: 127.0.0.1:{port}\r\nAuthorization: Basic {token}\r\nX-Experience-API-Version: 1.0.3\r\n"
        )
        self._open()

    def _open(self) -> None:
        self._socket = socket.create_connection(self._where, timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")

    def request(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        head = f"{method} {path} HTTP/1.1\r\n{self._head}"
        if method != "GET":
            head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self._socket.sendall(head.encode() + b"\r\n" + body)
        status = int(self._file.readline().split()[1])
        length, closes = 0, False
        while (line := self._file.readline().strip().lower()) != b"":
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            closes |= line == b"connection: close"
        data = self._file.read(length)
        if closes:
            self.close()
            self._open()
        return status, data

    def close(self) -> None:
        self._file.close()
        self._socket.close()


def press(
    *,
    connections: Sequence[Connection],
    method: str,
    requests: Iterator[tuple[str, bytes]],
    seconds: float,
) -> Load:
    """Send ``requests`` (path, body) over all connections at once, until none is left or time is up."""
    load, lock, start = Load(), threading.Lock(), time.perf_counter()

    def work(connection: Connection) -> None:
        while time.perf_counter() - start < seconds:
            with lock:
                path, body = next(requests, ("", b""))
            if not path:
                return
            begun = time.perf_counter()
            status, data = connection.request(method, path, body)
            spent = time.perf_counter() - begun
            with lock:
                load.seconds.append(spent)
                load.last = data
                if not 200 <= status < 300:
                    load.errors[status] = load.errors.get(status, 0) + 1

    threads = [threading.Thread(target=work, args=(connection,)) for connection in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.wall = time.perf_counter() - start
    return load


def first_of(data: bytes) -> str:
    """The first id of an answer to a POST."""
    found: str = json.loads(data)[0]
    return found
