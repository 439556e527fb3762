"""Programs that the tests need beside Python: PostgreSQL's server and Chromium."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from steps.console import StepError, say


def find_chromium() -> str | None:
    """The path of Chromium: ``CHROMIUM``, or one on the PATH, or one that apt can install."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return _look_for_chromium() or (apt_install("chromium") and _look_for_chromium()) or None


def find_postgres() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``, the newest; installed with apt where possible."""
    return _look_for_postgres() or (apt_install("postgresql") and _look_for_postgres()) or None


def apt_install(*packages: str) -> bool:
    """True where the packages could be installed: we are root and this is a Debian or Ubuntu."""
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or apt is None:
        return False
    say(f"  · Instalo {' y '.join(packages)} con apt-get …")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = ([apt, "update", "-qq"], [apt, "install", "-y", "-qq", "--no-install-recommends", *packages])
    return all(subprocess.run(c, env=env, capture_output=True).returncode == 0 for c in commands)


@contextmanager
def temporary_postgres(binaries: Path, *, durable: bool = False) -> Iterator[dict[str, str]]:
    """A server of our own that listens only on a socket, and whose data is deleted at the end.

    It lives in the system's temporary folder: PostgreSQL refuses to run as root, and its own user
    may not be allowed to enter the project's folder. Safety against power cuts is off unless ``durable``.

    Yields:
        The environment variables that lead a client to it.

    Raises:
        StepError: it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="aula-pg-"))
    data, as_server = folder / "data", _as_server_user(folder)
    options = f"-k {folder} -c listen_addresses='' -c max_connections=60 -c log_min_messages=fatal"
    if durable:
        options += " -c shared_buffers=1GB -c max_wal_size=4GB"
    else:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    make = [binaries / "initdb", "-D", data, "-U", "aula", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    start = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"]
    stop = [binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"]
    try:
        for command in (make, start):
            # No pipes: the server would keep them open, and we would wait for ever.
            if subprocess.run([*as_server, *command], stdout=subprocess.DEVNULL).returncode:
                raise StepError(f"No se pudo iniciar PostgreSQL con {binaries}; el motivo está más arriba.")
        yield {"DATABASE_URL": "postgres:///aula", "PGHOST": str(folder), "PGUSER": "aula"}
    finally:
        subprocess.run([*as_server, *stop], capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _as_server_user(folder: Path) -> list[str]:
    """The words before a command that make it run as somebody who may start PostgreSQL."""
    if os.geteuid() != 0:
        return []
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _look_for_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def _look_for_postgres() -> Path | None:
    versions = Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")
    newest = sorted(versions, key=lambda file: int(file.parts[-3]) if file.parts[-3].isdigit() else 0)
    found = newest[-1] if newest else shutil.which("pg_ctl")
    folder = Path(found).resolve().parent if found else None
    return folder if folder and (folder / "initdb").exists() else None
