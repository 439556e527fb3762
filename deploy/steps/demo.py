"""The demonstration: everything in ``var/demo``, a server and a worker under one supervisor."""

import errno
import hashlib
import os
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from steps.console import PYTHON, ROOT, VAR, StepError, run_quietly, run_shown, say
from steps.install import RUNTIME_LOCK, ensure_installed
from steps.supervisor import Supervisor

FOLDER = VAR / "demo"
_APPS = ("lms", "courses", "certificates", "content_packs")


def run_demo() -> None:
    """Sets up what is missing, starts the demonstration, returns when told to stop.

    Raises:
        StepError: a step failed, the port is taken, or a program ended by itself.
    """
    host, port = os.environ.get("HOST") or "127.0.0.1", _port()
    _ensure_port_is_free(host, port)
    ensure_installed(RUNTIME_LOCK)
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    site = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    env = demo_environment(site)
    _prepare(env)
    _serve(host, port, site, env)


def demo_environment(site: str) -> dict[str, str]:
    """The environment of every program of the demonstration.

    A ``.env`` file never moves the demonstration to another database; an explicit variable does.
    """
    own = {
        "DJANGO_SETTINGS_MODULE": "lms.settings.dev",
        "DEMO": "1",
        "VAR_DIR": str(FOLDER),
        "SITE_URL": site,
        "PYTHONUNBUFFERED": "1",
    }
    return {"DATABASE_URL": f"sqlite:///{FOLDER / 'aula.sqlite3'}"} | os.environ | own


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise StepError(f"PORT debe ser un número entre 1 y 65535; es «{text}». Prueba: PORT=8123 make demo")
    return int(text)


def _ensure_port_is_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = 8123 if port != 8123 else 8124
            problem = f"El puerto {port} está ocupado. Prueba con otro: PORT={other} make demo"
        elif error.errno == errno.EACCES:
            problem = f"No tienes permiso para usar el puerto {port}. Prueba con otro: PORT=8123 make demo"
        else:
            problem = f"No se puede escuchar en HOST={host}: {error.strerror}. Prueba sin HOST."
        raise StepError(problem) from None


def _prepare(env: dict[str, str]) -> None:
    """Database, static files and demonstration data; steps that nothing has changed are skipped."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    own_database = "DATABASE_URL" not in os.environ
    schema = _fingerprint(_files("migrations/*.py"), ROOT / RUNTIME_LOCK)
    if not own_database or not (FOLDER / "aula.sqlite3").exists() or _read("schema") != schema:
        failure = "No se pudo preparar la base de datos; si era de otra versión, borra var/demo y repite."
        _manage(env, "Preparo la base de datos", failure, "migrate", "--no-input")
        _manage(env, "Preparo el caché", failure, "createcachetable")
        _write("schema", schema)
        _write("content", "")
    static = _fingerprint(_files("static/**/*"), ROOT / RUNTIME_LOCK)
    if _read("static") != static:
        failure = "No se pudieron reunir los archivos estáticos."
        _manage(env, "Reúno los archivos estáticos", failure, "collectstatic", "--no-input", "--clear")
        _write("static", static)
    content = _fingerprint(_files("*"), ROOT / RUNTIME_LOCK)
    if own_database and _read("content") == content:
        return
    say("  · Datos de ejemplo")
    if run_shown([PYTHON, "manage.py", "load_demo"], env=env):
        raise StepError("No se pudieron cargar los datos de ejemplo; borra var/demo y repite la orden.")
    _write("content", content)


def _manage(env: dict[str, str], title: str, failure: str, *command: str) -> None:
    run_quietly(
        title, [PYTHON, "manage.py", *command], env=env, log=f"demo-{command[0]}.log", failure=failure
    )


def _serve(host: str, port: int, site: str, env: dict[str, str]) -> None:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    server = [
        PYTHON,
        "-m",
        "gunicorn",
        "--no-control-socket",
        "--workers",
        "2",
        "--threads",
        "4",
        "--limit-request-line",
        "8190",
    ]
    server += ["--log-level", "warning", "--graceful-timeout", "5", "--bind", address, "lms.wsgi"]
    with Supervisor() as supervisor:
        say("  · Inicio el servidor y el trabajador")
        supervisor.start("El servidor web", server, env=env)
        supervisor.start("El trabajador", [PYTHON, "manage.py", "run_worker"], env=env)
        logins = subprocess.Popen(
            [PYTHON, "manage.py", "demo_logins"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
        )
        try:
            supervisor.wait_until(
                lambda: _answers(f"{site}/salud/"),
                seconds=90,
                failure=f"El servidor no respondió en {site}/salud/ tras 90 segundos.",
            )
            if not supervisor.stopping:
                say(f"\nAula Abierta está lista en {site}/\n")
                say(logins.communicate()[0].rstrip())
                say("\nPara detenerla, presiona Ctrl-C.")
                supervisor.wait()
        finally:
            if logins.poll() is None:
                logins.kill()
            logins.wait()
    say("\nAula Abierta se detuvo. Los datos quedan en var/demo.")


def _answers(address: str) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _files(pattern: str) -> Iterator[Path]:
    for app in _APPS:
        found = (ROOT / app).rglob(pattern)
        yield from (file for file in found if file.is_file() and file.suffix != ".pyc")


def _fingerprint(files: Iterator[Path], *more: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted([*files, *more]):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _read(step: str) -> str:
    marker = FOLDER / f".done-{step}"
    return marker.read_text() if marker.exists() else ""


def _write(step: str, fingerprint: str) -> None:
    (FOLDER / f".done-{step}").write_text(fingerprint)
