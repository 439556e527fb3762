"""Each measurement is a process of its own, on a database of its own."""

import os
import subprocess
import sys

from tests.benchmarks.engines import ROOT, Engine


def run_child(*, module: str, engine: Engine, database: str, folder: str, arguments: tuple[str, ...]) -> str:
    """What ``python -m module`` printed; its errors are shown, and end everything."""
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DEMO": "1",
        "DEBUG": "0",
        "VAR_DIR": f"{folder}/var",
        "SITE_URL": "http://testserver",
    }
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, env=os.environ | own | engine.variables(database), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"La medición falló en {engine.label} ({' '.join(arguments)}); el motivo está más arriba.")
    return done.stdout
