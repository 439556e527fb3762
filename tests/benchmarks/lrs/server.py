"""The real server, as it is run in production: gunicorn, two workers, threads."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.benchmarks.engines import ROOT
from tests.benchmarks.lrs.client import Connection

WORKERS, THREADS = 2, 8


@contextmanager
def running(variables: Mapping[str, str]) -> Iterator[int]:
    """The port of a server that answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "error"]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, "lms.wsgi"], cwd=ROOT, env=os.environ | dict(variables))
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = Connection(port=port, key="", secret="")
            status, _data = connection.request("GET", "/xapi/about")
            connection.close()
        except OSError:
            time.sleep(0.2)
            continue
        if status == 200:
            return
    sys.exit("El servidor de la medición no respondió.")


def peak_bytes(port: int) -> int:
    """The largest resident size of any process that listens on ``port``; 0 where it cannot be known."""
    try:
        listing = subprocess.run(["ss", "-ltnp", f"sport = :{port}"], capture_output=True, text=True).stdout
    except OSError:
        return 0
    sizes = []
    for found in listing.split("pid=")[1:]:
        try:
            with open(f"/proc/{int(found.split(',')[0])}/status") as status:
                line = next(line for line in status if line.startswith("VmHWM"))
        except (OSError, StopIteration, ValueError):
            continue
        sizes.append(int(line.split()[1]) * 1024)
    return max(sizes, default=0)
