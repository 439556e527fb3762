"""Which processes live on this machine."""

import os
import socket
from pathlib import Path

from lms.jobs.rules import WorkerIdentity


def own_identity() -> WorkerIdentity:
    """The identity of the process that asks."""
    return WorkerIdentity(host=_host(), pid=os.getpid(), nonce=_started(os.getpid()))


def is_dead(worker: WorkerIdentity) -> bool:
    """True where the process certainly no longer runs.

    False for a worker of another machine, about which nothing is known here.
    """
    if worker.host != _host():
        return False
    try:
        os.kill(worker.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return bool(worker.nonce) and _started(worker.pid) != worker.nonce


def is_local(worker: WorkerIdentity) -> bool:
    """True for a worker of this machine."""
    return worker.host == _host()


def _host() -> str:
    # A worker's identity has 64 characters at most, and colons between its parts.
    return socket.gethostname().replace(":", "-")[:32]


def _started(pid: int) -> str:
    """Clock ticks between the machine's start and the process's, in hexadecimal; "" where unknown.

    Source: proc(5), field 22 of ``/proc/<pid>/stat``. A zombie counts as ended.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else f"{int(fields[19]):x}"
