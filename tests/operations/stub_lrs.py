"""Another LRS on this machine: it answers as it is told and remembers what it got."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

KEY, SECRET = "aula", "s3creto-del-otro"
_EXPECTED = "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()


@dataclass
class StubLrs:
    """``asking`` and ``storing`` are the statuses it answers; ``statements`` what it stored."""

    endpoint: str = ""
    asking: int = 200
    storing: int = 200
    statements: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)


@contextmanager
def run_stub() -> Iterator[StubLrs]:
    """The stub, listening on a free port until the end of the block."""
    stub = StubLrs()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(stub))
    stub.endpoint = f"http://127.0.0.1:{server.server_port}/xapi"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(stub: StubLrs) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(stub.asking, {"statements": [], "more": ""})

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self._is_known() and stub.storing == 200:
                stub.statements += said
            self._answer(stub.storing, [statement["id"] for statement in said])

        def _is_known(self) -> bool:
            return self.headers.get("Authorization") == _EXPECTED

        def _answer(self, status: int, body: Any) -> None:
            given = self.headers.get("Authorization", "").removeprefix("Basic ")
            stub.secrets.append(base64.b64decode(given).decode().partition(":")[2])
            content = json.dumps(body).encode()
            self.send_response(status if self._is_known() else 401)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
