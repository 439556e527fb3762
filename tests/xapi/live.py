"""A real server process, and clients that speak to it over sockets."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings

from tests.xapi.callers import STATEMENTS, VERSION

WORKERS, THREADS = 2, 4
READ_SECONDS = 2
MAX_ATTACHMENT = 110 * 1024 * 1024
PATIENCE_SECONDS = 60
THROUGH = "X-Experience-API-Consistent-Through"
Body = bytes | Iterable[bytes] | None


@dataclass(frozen=True)
class Answer:
    """What the server said, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """gunicorn with its workers, in a process group of its own."""

    database_url: str
    folder: Path
    authorization: str
    port: int = field(default_factory=lambda: find_free_port())
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        environment = os.environ | {
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "tests.xapi.live_settings",
            "TMPDIR": str(self.folder),
            "XAPI_TEST_FOLDER": str(self.folder / "xapi"),
            "XAPI_READ_SECONDS": str(READ_SECONDS),
            "XAPI_MAX_ATTACHMENT": str(MAX_ATTACHMENT),
        }
        command = [
            *(sys.executable, "-m", "gunicorn", "--no-control-socket", "--worker-tmp-dir", str(self.folder)),
            *(
                "--workers",
                str(WORKERS),
                "--threads",
                str(THREADS),
                "--bind",
                f"127.0.0.1:{self.port}",
                "lms.wsgi",
            ),
        ]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()

    def _wait(self) -> None:
        tick = threading.Event()
        for _ in range(PATIENCE_SECONDS * 20):
            try:
                self.call("GET", "/xapi/about")
            except OSError:
                tick.wait(0.05)
            else:
                return
        raise AssertionError(self.log())

    def kill(self) -> None:
        """SIGKILL to master and workers at once; nobody gets to tidy up."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def headers(self, **more: str) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": self.authorization, VERSION: "1.0.3"} | named

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def dial(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_SECONDS)

    def call(
        self,
        method: str,
        path: str,
        body: Body = None,
        *,
        connection: HTTPConnection | None = None,
        **headers: str,
    ) -> Answer:
        """One request; over a connection of its own unless one is given."""
        used = connection or self.connect()
        try:
            chunked = headers.get("Transfer_Encoding") == "chunked"
            used.request(method, path, body, self.headers(**headers), encode_chunked=chunked)
            response = used.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            if connection is None:
                used.close()

    def post(self, statements: Any, *, connection: HTTPConnection | None = None) -> Answer:
        body = json.dumps(statements).encode()
        return self.call("POST", STATEMENTS, body, connection=connection, Content_Type="application/json")

    def head_of(self, method: str, path: str, **headers: str) -> bytes:
        """The request up to its body, to be sent by hand."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in self.headers(**headers).items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def worker_pids(self) -> list[int]:
        """Linux only."""
        assert self.process is not None
        pid = self.process.pid
        return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def peak_memory(pid: int) -> int:
    """The most bytes of memory a process ever had (VmHWM)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(kilobytes) * 1024


def read_all(connection: socket.socket) -> bytes:
    """Everything until the server closes; what was read before a reset."""
    parts: list[bytes] = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def make_statement(number: int = 0, **more: Any) -> dict[str, Any]:
    """A statement with an id; actors and activities repeat, and tell something new of themselves now and then."""
    return {
        "id": str(uuid4()),
        "actor": {"account": {"homePage": "https://otro.example/", "name": f"persona {number % 7}"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced", "display": {"es": "vio"}},
        "object": {
            "id": f"https://otro.example/actividad/{number % 5}",
            "definition": {"name": {"es": f"Actividad {number // 100}"}},
        },
    } | more


def make_batch(count: int, *, start: int = 0) -> list[dict[str, Any]]:
    return [make_statement(start + number) for number in range(count)]


def window(server: Server, *, since: str, until: str) -> tuple[list[str], str]:
    """The ids stored in a span of time, oldest first, page by page, and how far the record is now settled."""
    path = f"{STATEMENTS}?{urlencode({'since': since, 'until': until, 'ascending': 'true', 'limit': '50'})}"
    ids: list[str] = []
    through = ""
    while path:
        answer = server.call("GET", path)
        assert answer.status == 200, answer.body
        through = through or answer.headers[THROUGH]
        ids += [statement["id"] for statement in answer.json["statements"]]
        path = answer.json["more"]
    return ids, through
