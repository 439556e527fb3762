"""The JavaScript packages that tests speak through: from a lock with hashes, again when it changes."""

import hashlib
import shutil
import subprocess

from steps.console import ROOT, VAR, StepError, say
from steps.outside import apt_install

_SOURCE, _TARGET = ROOT / "tests" / "javascript", VAR / "javascript"
_FILES = ("package.json", "package-lock.json")


def find_npm() -> str | None:
    """The path of npm, which comes with Node; installed with apt where possible."""
    found = _look()
    if found is None and apt_install("nodejs", "npm"):
        found = _look()
    return found


def ensure_javascript(npm: str) -> None:
    """Installs the packages unless exactly they are there already.

    Raises:
        StepError: no network, or a package is not what the lock says.
    """
    wanted = hashlib.sha256(b"".join((_SOURCE / name).read_bytes() for name in _FILES)).hexdigest()
    marker = _TARGET / ".installed"
    if marker.exists() and marker.read_text() == wanted:
        return
    say("  · Instalo los paquetes de JavaScript de las pruebas")
    _TARGET.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copy(_SOURCE / name, _TARGET / name)
    done = subprocess.run(
        [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=_TARGET,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise StepError(f"No se pudieron instalar los paquetes de JavaScript:\n{done.stderr[-2000:]}")
    marker.write_text(wanted)


def _look() -> str | None:
    return shutil.which("npm") if shutil.which("node") else None
