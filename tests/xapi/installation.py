"""Another installation of this platform: its own database, its own gunicorn, its own credential."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import urllib3
from django.conf import settings

from lms.xapi.services.lrs_client import LrsClient

_PREPARE = """
import django, json
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("migrate", "xapi", verbosity=0)
from lms.lib import clock
from lms.xapi.services.credentials import issue_credential
issued = issue_credential(name="Origen", scopes=["all"], key=settings.SECRET_KEY, at=clock.now())
print(json.dumps([issued.credential.key, issued.secret]))
"""


@dataclass(frozen=True)
class Installation:
    """Where it answers, and the credential that may do everything there."""

    endpoint: str
    key: str
    secret: str

    def list_statements(self) -> list[dict[str, Any]]:
        """Everything it has, oldest first; one page."""
        answer = urllib3.request(
            "GET",
            f"{self.endpoint}/statements?ascending=true",
            headers={
                "X-Experience-API-Version": "1.0.3",
                **urllib3.make_headers(basic_auth=f"{self.key}:{self.secret}"),
            },
        )
        found: list[dict[str, Any]] = json.loads(answer.data)["statements"]
        return found


@contextmanager
def open_installation(folder: Path) -> Iterator[Installation]:
    """It answers until the end of the block."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'otra.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lms.settings.test",
        "TMPDIR": str(folder),
    }
    options: dict[str, Any] = {"cwd": settings.BASE_DIR, "env": environment}
    told = subprocess.run([sys.executable, "-c", _PREPARE], check=True, capture_output=True, **options)
    key, secret = json.loads(told.stdout)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        number = listening.fileno()
        command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--worker-tmp-dir", str(folder)]
        command += ["--log-level", "error", "--bind", f"fd://{number}", "lms.wsgi"]
        # Whoever connects before it has started waits in the queue of the socket.
        process = subprocess.Popen(command, pass_fds=[number], **options)
        try:
            endpoint = f"http://127.0.0.1:{listening.getsockname()[1]}/xapi"
            client = LrsClient(endpoint=endpoint, key=key, secret=secret, private_allowed=True)
            assert client.check().status == 200
            client.close()
            yield Installation(endpoint, key, secret)
        finally:
            process.terminate()
            process.wait(timeout=30)
