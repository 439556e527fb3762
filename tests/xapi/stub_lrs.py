"""Another LRS on 127.0.0.1, as helpful or as hostile as a test wants it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE_SECONDS = 20


@dataclass(frozen=True)
class Heard:
    """A request as it arrived."""

    method: str
    path: str
    headers: Message
    body: bytes

    @property
    def statements(self) -> list[dict[str, Any]]:
        """Of a JSON body, or of the first part of a multipart one."""
        text = self.body
        if self.headers.get_content_maintype() == "multipart":
            text = self.body.split(b"\r\n\r\n", 1)[1].split(b"\r\n--", 1)[0]
        found = json.loads(text)
        return found if isinstance(found, list) else [found]

    @property
    def ids(self) -> list[str]:
        return [str(statement["id"]) for statement in self.statements]


@dataclass
class Reply:
    """An answer. ``hang_up`` closes without one; ``after`` is waited for first; ``pour`` writes the body
    itself for as long as it is let."""

    status: int = 200
    body: bytes = b"[]"
    headers: dict[str, str] = field(default_factory=dict)
    hang_up: bool = False
    after: threading.Event | None = None
    pour: Callable[[Callable[[bytes], object]], None] | None = None


Behaviour = Callable[[Heard], Reply]


def accept(heard: Heard) -> Reply:
    """Yes to everything, with the ids, as an LRS answers."""
    return Reply(body=json.dumps(heard.ids).encode())


def answer(status: int, text: str = "", **headers: str) -> Behaviour:
    """Always the same; underscores of header names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda heard: Reply(status, text.encode(), named)


def refuse(*ids: str, status: int = 400) -> Behaviour:
    """No to every request that holds one of these statements."""

    def behave(heard: Heard) -> Reply:
        found = [statement_id for statement_id in heard.ids if statement_id in ids]
        return Reply(status, f"no me gusta {found[0]}".encode()) if found else accept(heard)

    return behave


def take_at_most(count: int) -> Behaviour:
    """413 to more than so many statements at once."""
    return lambda heard: Reply(413, b"demasiadas") if len(heard.ids) > count else accept(heard)


def answer_after(event: threading.Event) -> Behaviour:
    """Accepts, when the client has given up."""
    return lambda heard: Reply(after=event)


def hang_up(heard: Heard) -> Reply:
    """Closes the connection without a word."""
    return Reply(hang_up=True)


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One after the other, the last for ever."""
    rest = list(behaviours)
    return lambda heard: (rest.pop(0) if len(rest) > 1 else rest[0])(heard)


class StubLrs:
    """``heard`` is everything that came; ``behave`` says what is answered and may be changed."""

    def __init__(self, port: int) -> None:
        self.endpoint = f"http://127.0.0.1:{port}/xapi"
        self.behave: Behaviour = accept
        self.heard: list[Heard] = []
        self.taken: list[str] = []
        """Ids of what was answered 200, in order, repetitions too."""
        self.lock = threading.Lock()
        self.connections = 0


def _handler(stub: StubLrs) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = PATIENCE_SECONDS

        def setup(self) -> None:
            super().setup()
            stub.connections += 1

        def do_POST(self) -> None:
            self._serve()

        def do_GET(self) -> None:
            self._serve()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard = Heard(self.command, self.path, self.headers, body)
            with stub.lock:
                stub.heard.append(heard)
                reply = stub.behave(heard)
                if reply.status == 200 and not reply.hang_up and self.command == "POST":
                    stub.taken += heard.ids
            if reply.after is not None:
                reply.after.wait(PATIENCE_SECONDS)
            if reply.hang_up:
                self.close_connection = True
                return
            with suppress(OSError):
                self._write(reply)

        def _write(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.pour is not None:
                self.send_header("Connection", "close")
                self.end_headers()
                reply.pour(self.wfile.write)
                return
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *args: Any) -> None:
            """Nothing: what came is in ``heard``."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *args: Any) -> None:
        """A client that goes away is no news."""


@contextmanager
def open_stub() -> Iterator[StubLrs]:
    """A stub that listens until the end of the block."""
    server = _Server(("127.0.0.1", 0), BaseHTTPRequestHandler)
    stub = StubLrs(server.server_address[1])
    server.RequestHandlerClass = _handler(stub)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        thread.join(PATIENCE_SECONDS)
        server.server_close()
