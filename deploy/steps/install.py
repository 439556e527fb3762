"""The virtual environment: made once, filled from a lock with hashes, again when the lock changes."""

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

from steps.console import PYTHON, ROOT, VAR, VENV, StepError, run_quietly, say

RUNTIME_LOCK, DEVELOPER_LOCK = "requirements.lock", "requirements-dev.lock"
_MARKER = VENV / ".installed.json"
_NETWORK_COMPLAINTS = (
    "name resolution",
    "name or service not known",
    "dns error",
    "failed to establish a new connection",
    "network is unreachable",
    "connection refused",
    "cannot connect to proxy",
    "error sending request",
    "client error (connect)",
    "timed out",
    "could not connect",
    "connection error",
)


def ensure_installed(lock: str) -> None:
    """Installs ``lock`` unless exactly it is there already.

    Raises:
        StepError: ``venv`` is missing, no network, or the packages do not match the lock.
    """
    version = _venv_version()
    if version is None:
        _make_venv()
        version = _venv_version()
    wanted = hashlib.sha256((ROOT / lock).read_bytes() + str(version).encode()).hexdigest()
    installed = json.loads(_MARKER.read_text()) if _MARKER.exists() else {}
    if installed.get(lock) == wanted:
        return
    _install(lock)
    _MARKER.write_text(json.dumps(installed | {lock: wanted}))


def _venv_version() -> str | None:
    """The version of the environment's Python; None where there is none that works and fits."""
    if not PYTHON.exists():
        return None
    probe = "import sys; assert (3, 11) <= sys.version_info[:2] <= (3, 13); print(sys.version)"
    answer = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True)
    return answer.stdout.strip() if answer.returncode == 0 else None


def _find_uv() -> str | None:
    own = VENV / "bin" / "uv"
    return shutil.which("uv") or (str(own) if own.exists() else None)


def _make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv is None and importlib.util.find_spec("ensurepip") is None:
        raise StepError(
            "A este Python le falta «venv». En Debian o Ubuntu: sudo apt install python3-venv; "
            "después repite la orden."
        )
    command = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    try:
        run_quietly(
            "Creo el entorno de Python en .venv",
            [*command, str(VENV)],
            log="venv.log",
            failure="No se pudo crear .venv. Revisa que haya espacio y permiso de escritura, y que esté "
            "instalado python3-venv.",
        )
    except StepError:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def _install(lock: str) -> None:
    uv = _find_uv()
    if uv:
        command = [uv, "pip", "install", "--python", str(PYTHON)]
    else:
        _ensure_pip()
        command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
        command += ["--progress-bar", "off", "--retries", "2"]
    say("  Instalo los paquetes de Python; la primera vez tarda uno o dos minutos.")
    try:
        run_quietly(
            f"Instalo {lock}",
            [*command, "--require-hashes", "-r", lock],
            log="install.log",
            failure=f"No se pudo instalar {lock}.",
        )
    except StepError as error:
        raise StepError(_explain(error, VAR / "log" / "install.log")) from None


def _ensure_pip() -> None:
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return
    run_quietly(
        "Agrego pip al entorno",
        [PYTHON, "-m", "ensurepip", "--upgrade"],
        log="ensurepip.log",
        failure="No se pudo agregar pip. En Debian o Ubuntu: sudo apt install python3-venv; borra .venv y "
        "repite la orden.",
    )


def _explain(error: StepError, log: Path) -> str:
    output = log.read_text().lower()
    if "hash" in output and "mismatch" in output.replace("do not match", "mismatch"):
        return (
            "Un paquete no coincide con su huella en el archivo de versiones: puede estar alterado. "
            "No se instaló. Detalle en var/log/install.log."
        )
    if any(complaint in output for complaint in _NETWORK_COMPLAINTS):
        return (
            "No se pudieron descargar los paquetes: no hay conexión con el registro de Python. "
            "Revisa la red o el proxy (HTTPS_PROXY) y repite la orden."
        )
    if "no space left" in output:
        return (
            "No queda espacio en el disco para instalar los paquetes (unos 800 MB). Libera espacio y repite."
        )
    return str(error)
