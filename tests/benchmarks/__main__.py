"""``make bench``: what pages cost, then people by the thousand and the pages that must not mind.

    make bench
    make bench ARGS="--people 1000,10000 --engine sqlite"
    make bench ARGS="--people 1000 --institution 25000"

Asserts no time. Everything happens in a temporary folder, which is deleted.
"""

import json
import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.cases import DEFAULT_CASES, Case, Figure, Result
from tests.benchmarks.children import run_child
from tests.benchmarks.engines import Engine, open_engine
from tests.benchmarks.pages.__main__ import measure_pages
from tests.benchmarks.report import describe

ENGINES = ("sqlite", "postgres")
ABSENT = 3


def main(arguments: Sequence[str]) -> int:
    """0; 1 where a case failed; 3 where an engine that was asked for is absent."""
    options = _read(arguments)
    tables, code = [], 0
    for name in options.engine:
        folder = tempfile.TemporaryDirectory(prefix="aula-medicion-")
        with folder as place, open_engine(name=name, folder=Path(place)) as engine:
            if engine is None:
                _say(f"\n!!! NO SE MIDIÓ {name}: falta el servidor (sudo apt install postgresql).")
                code = ABSENT
                continue
            tables.append(describe(engine=engine.label, results=_measure(engine, options.cases, place)))
    _say("\n" + "\n\n".join(tables))
    _say("\nMediana de cinco, tras una vuelta que no cuenta. c.: consultas. ×: veces la primera columna.")
    return code


def _read(arguments: Sequence[str]) -> Namespace:
    parser = ArgumentParser(prog="make bench", description="Mide las páginas con muchas personas.")
    parser.add_argument("--people", type=_numbers, help="cuántas personas, separadas por comas")
    parser.add_argument("--institution", type=_one, default=0, help="una institución más, de tantas personas")
    parser.add_argument("--engine", type=_engines, default=ENGINES, help="sqlite, postgres o ambos")
    options = parser.parse_args(arguments)
    options.cases = DEFAULT_CASES
    if options.people or options.institution:
        options.cases = [Case(people, options.institution) for people in options.people or [1_000]]
    return options


def _numbers(text: str) -> list[int]:
    return sorted({_one(part) for part in text.split(",")})


def _one(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 500 <= int(text) <= 2_000_000):
        raise ArgumentTypeError(f"«{text}» no es un número entre 500 y 2000000")
    return int(text)


def _engines(text: str) -> list[str]:
    names = text.split(",")
    if not set(names) <= set(ENGINES):
        raise ArgumentTypeError(f"los motores son {' y '.join(ENGINES)}")
    return names


def _measure(engine: Engine, cases: Sequence[Case], folder: str) -> list[Result]:
    _say(f"\n=== {engine.label}")
    engine.create("base")
    _child(engine, "base", folder, "build")
    _say(measure_pages(engine=engine, folder=folder))
    results = []
    for case in cases:
        engine.copy(case.name)
        arguments = ["--people", str(case.people), "--institution", str(case.institution)]
        results.append(_parse(_child(engine, case.name, folder, "measure", *arguments)))
        engine.drop(case.name)
        _say(describe(engine=engine.label, results=results[-1:]))
    return results


def _child(engine: Engine, database: str, folder: str, *arguments: str) -> str:
    module = "tests.benchmarks.child"
    return run_child(module=module, engine=engine, database=database, folder=folder, arguments=arguments)


def _parse(text: str) -> Result:
    data = json.loads(text)
    case, figures = Case(**data.pop("case")), data.pop("figures")
    return Result(case=case, figures=tuple(Figure(**figure) for figure in figures), **data)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
