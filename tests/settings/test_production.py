"""A real service starts only when it is configured, and logs JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

REQUIRED = {
    "SECRET_KEY": "s" * 50,
    "PSEUDONYM_KEY": "p" * 50,
    "RUN_KEY": "r" * 50,
    "SITE_URL": "https://aula.gob.example",
    "EMAIL_HOST": "correo.gob.example",
    "DEFAULT_FROM_EMAIL": "aula@gob.example",
}


def run(code: str, folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "lms.settings.production"}
    env |= {"VAR_DIR": str(folder)} | REQUIRED | changes
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env={name: value for name, value in env.items() if value},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", REQUIRED)
def test_it_does_not_start_without(name: str, tmp_path: Path) -> None:
    result = run("", tmp_path, **{name: ""})
    assert (result.returncode, name in result.stderr) == (1, True)


@pytest.mark.parametrize(
    "say",
    [
        "import logging; logging.getLogger('django.request').warning('No se encontró: %s', '/ñandú')",
        "import structlog; structlog.get_logger('lms').warning('No se encontró: /ñandú')",
    ],
    ids=["logging", "structlog"],
)
def test_a_line_of_the_log_is_json_with_its_level(say: str, tmp_path: Path) -> None:
    line = json.loads(run(say, tmp_path).stderr)
    assert (line["event"], line["level"]) == ("No se encontró: /ñandú", "warning")


def test_an_exception_is_one_line_with_its_place(tmp_path: Path) -> None:
    say = "import logging\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    logging.getLogger('lms').exception('Falló')"
    line = json.loads(run(say, tmp_path).stderr)
    assert "ZeroDivisionError" in line["exception"]
