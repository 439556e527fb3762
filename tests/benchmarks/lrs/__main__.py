"""``make bench ARGS=lrs``: a real server on loopback, real validation, one run.

    make bench ARGS=lrs
    make bench ARGS="lrs --engine sqlite --large 1000000"
    make bench ARGS="lrs --seconds 5 --small 20000 --large 100000"

Asserts no time: prints figures, and ratios to the limit (a raw multi-row insert of the same rows) and
to the floor (an address that does nothing). Everything is in a temporary folder, which is deleted;
with ``--keep-database`` the variable ``DATABASE_URL`` names a database to measure as it is.
"""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.engines import ROOT, open_engine
from tests.benchmarks.lrs.measuring import Measured, measure_reads, measure_writes
from tests.benchmarks.lrs.report import describe
from tests.benchmarks.lrs.server import peak_bytes, running

ABSENT = 3
MONTHS = 12


def main(arguments: Sequence[str]) -> int:
    """0; 3 where PostgreSQL is asked for and absent."""
    options = _read(arguments)
    with tempfile.TemporaryDirectory(prefix="aula-lrs-") as place:
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.lrs.settings",
            "DEMO": "1",
            "VAR_DIR": f"{place}/var",
            "SITE_URL": "http://testserver",
        }
        if options.keep_database:
            _say(describe(_measure(options, own, label="la base de DATABASE_URL")))
            return 0
        with open_engine(name=options.engine, folder=Path(place), durable=True) as engine:
            if engine is None:
                _say("No se midió: falta PostgreSQL (sudo apt install postgresql).")
                return ABSENT
            engine.create("lrs")
            variables = own | engine.variables("lrs")
            _run(variables, "manage.py", "migrate", "--no-input", "--verbosity", "0")
            _say(describe(_measure(options, variables, label=engine.label)))
    return 0


def _measure(options: Namespace, variables: dict[str, str], *, label: str) -> Measured:
    measured = Measured(label=label)
    if not options.keep_database:
        _say(f"Escribo {options.small} declaraciones …")
        _fill(variables, options.small)
    credential = _run(variables, "-m", "tests.benchmarks.lrs.credential").split()
    with running(variables) as port:
        if not options.keep_database:
            measure_reads(measured, port, credential, rows=options.small, seconds=options.seconds)
            measured.limits = {
                size: float(
                    _run(variables, "-m", "tests.benchmarks.lrs.limit", str(size), str(max(20, 1000 // size)))
                )
                for size in (1, 50, 500)
            }
        measure_writes(measured, port, credential, seconds=options.seconds)
        measured.peak_bytes = peak_bytes(port)
    if not options.keep_database:
        _say(f"Escribo {options.large} declaraciones …")
        _fill(variables, options.large, seed=1)
        _run(variables, "-m", "tests.benchmarks.lrs.sizes", "--analyze")
    with running(variables) as port:
        measure_reads(measured, port, credential, rows=options.large, seconds=options.seconds)
    measured.sizes = _run(variables, "-m", "tests.benchmarks.lrs.sizes")
    return measured


def _fill(variables: dict[str, str], count: int, *, seed: int = 0) -> None:
    parts = 1 if "sqlite" in variables.get("DATABASE_URL", "") else os.cpu_count() or 1
    command = [sys.executable, "-m", "tests.benchmarks.lrs.filling", str(count), str(parts)]
    running_now = [
        subprocess.Popen(
            [*command, str(part), str(MONTHS), str(seed)],
            cwd=ROOT,
            env=os.environ | variables,
            stdout=subprocess.DEVNULL,
        )
        for part in range(parts)
    ]
    if any(process.wait() for process in running_now):
        sys.exit("No se pudo llenar el registro; el motivo está más arriba.")


def _run(variables: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | variables, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        sys.exit(f"Falló {' '.join(command)}; el motivo está más arriba.")
    return done.stdout


def _read(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser(prog="make bench ARGS=lrs", description="Mide el registro de aprendizaje.")
    parser.add_argument("--engine", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--small", type=_count, default=100_000, help="declaraciones de la primera medición")
    parser.add_argument("--large", type=_count, default=1_000_000, help="las que se agregan para la segunda")
    parser.add_argument("--seconds", type=float, default=8, help="duración de cada caso")
    parser.add_argument("--keep-database", action="store_true", help="mide la base de DATABASE_URL")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1000 <= int(text) <= 100_000_000:
        raise ValueError
    return int(text)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
