"""``@xapi/xapi`` from npm, run by Node against a running server, reads back what it wrote."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from lms.lib import clock
from lms.xapi.models import Scope
from lms.xapi.platform import credential_keys
from lms.xapi.services.credentials import issue_credential

HERE = Path(__file__).parent
MODULES = HERE.parents[1] / "var" / "javascript" / "node_modules"


@pytest.fixture(params=["1.0.3", "2.0.0"])
def answer(request: pytest.FixtureRequest, live_server: LiveServer) -> Any:
    """What the client printed."""
    issued = issue_credential(name="cliente", scopes=[Scope.ALL], key=credential_keys()[0], at=clock.now())
    done = subprocess.run(
        [
            "node",
            "client.mjs",
            f"{live_server.url}/xapi/",
            issued.credential.key,
            issued.secret,
            request.param,
        ],
        cwd=HERE,
        env=os.environ | {"NODE_MODULES": str(MODULES)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_client_from_npm_reads_back_what_it_wrote(answer: Any) -> None:
    assert answer["one"]["id"] == answer["ids"][0]
    assert answer["one"]["object"]["definition"]["name"] == {"es": "Unidad 0 ñ"}
    assert answer["found"] == answer["ids"][::-1]
    assert answer["state"] == {"pagina": 3, "tema": "ética"}
    assert answer["left"] == []
    assert answer["voided"] == answer["ids"][1]
    assert "1.0.3" in answer["versions"]
