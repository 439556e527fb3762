"""``make bench ARGS=rosters``: rosters of a whole government, read, applied, repeated, followed and undone.

    make bench ARGS=rosters
    make bench ARGS="rosters --rows 10000,100000 --engine sqlite --format csv"

Asserts no time: prints seconds, memory and ratios. Everything is in a temporary folder, deleted at the end.
"""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.engines import ROOT, Engine, open_engine
from tests.benchmarks.rosters.files import write_file
from tests.benchmarks.rosters.report import STEPS, Step, describe

ABSENT = 3
FIRST, LATER = "2026-11-01", "2026-12-01"


def main(arguments: Sequence[str]) -> int:
    """0; 3 where PostgreSQL is asked for and absent."""
    options, code = _read(arguments), 0
    with tempfile.TemporaryDirectory(prefix="aula-nominas-") as place:
        files = Path(place) / "files"
        files.mkdir()
        for rows in options.rows:
            for kind in options.format:
                _say(f"Escribo {rows} filas en {kind} …")
                write_file(files / f"{rows}.{kind}", rows)
                write_file(files / f"{rows}-later.{kind}", rows, is_later=True)
        for name in options.engine:
            with open_engine(name=name, folder=Path(place), durable=True) as engine:
                if engine is None:
                    _say("No se midió PostgreSQL: falta el servidor (sudo apt install postgresql).")
                    code = ABSENT
                    continue
                for kind in options.format:
                    results = {rows: _measure(engine, files, rows, kind) for rows in options.rows}
                    _say("\n" + describe(title=f"{engine.label}, {kind}", results=results))
    return code


def _read(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser(prog="make bench ARGS=rosters", description="Mide la carga de nóminas.")
    parser.add_argument(
        "--rows", type=lambda text: [int(n) for n in text.split(",")], default=[10_000, 100_000, 500_000]
    )
    parser.add_argument("--engine", type=lambda text: text.split(","), default=["sqlite", "postgres"])
    parser.add_argument("--format", type=lambda text: text.split(","), default=["csv", "xlsx"])
    return parser.parse_args(arguments)


def _measure(engine: Engine, files: Path, rows: int, kind: str) -> list[Step]:
    database = f"rosters_{rows}_{kind}"
    engine.create(database)
    variables = (
        os.environ
        | engine.variables(database)
        | {
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
            "DEMO": "1",
            "DEBUG": "0",
            "VAR_DIR": f"{files.parent}/var",
            "SITE_URL": "http://testserver",
        }
    )
    _child(variables, "prepare")
    steps = []
    for title, arguments in STEPS:
        place = {"FIRST": f"{files}/{rows}.{kind}", "LATER": f"{files}/{rows}-later.{kind}"}
        words = [place.get(word, {"D1": FIRST, "D2": LATER}.get(word, word)) for word in arguments]
        steps.append(_step(variables, title, words))
        _say(f"{engine.label} {rows} {kind} {steps[-1]}")
    engine.drop(database)
    return steps


def _step(variables: dict[str, str], title: str, words: Sequence[str]) -> Step:
    """The step, while somebody else writes."""
    command = [sys.executable, "-m", "tests.benchmarks.rosters.bystander"]
    bystander = subprocess.Popen(
        command, cwd=ROOT, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    data = _child(variables, *words)
    waits = json.loads(bystander.communicate()[0])
    return Step(
        title=title,
        seconds=data["seconds"],
        longest=data["longest"],
        waited=waits["longest"],
        waited_p99=waits["p99"],
        peak_bytes=data["peak_bytes"],
        database_bytes=data["database_bytes"],
        counts=data["counts"],
    )


def _child(variables: dict[str, str], *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.rosters.child", *arguments],
        cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"La medición falló ({' '.join(arguments)}); el motivo está más arriba.")
    return dict(json.loads(done.stdout))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
