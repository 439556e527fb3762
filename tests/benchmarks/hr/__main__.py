"""``make bench ARGS=hr``: a million people, five requirements, three years; what HR and learners wait for.

    make bench ARGS=hr                                  # 10.000 y 100.000 personas
    make bench ARGS="hr 10000,100000,1000000"      # también un millón: más de una hora, 30 GB de disco

PostgreSQL only. Asserts no time. Everything happens in a temporary folder, which is deleted.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.cases import Case, Figure, Result
from tests.benchmarks.children import run_child
from tests.benchmarks.engines import Engine, open_engine
from tests.benchmarks.report import describe

DEFAULT = "10000,100000"
ABSENT = 3
FEWEST = 1000


def main(arguments: Sequence[str]) -> int:
    """0; 3 where PostgreSQL is absent."""
    sizes = _read_sizes(arguments[0] if arguments else DEFAULT)
    with (
        tempfile.TemporaryDirectory(prefix="aula-medicion-") as folder,
        open_engine(name="postgres", folder=Path(folder), durable=True) as engine,
    ):
        if engine is None:
            sys.stdout.write("\n!!! NO SE MIDIÓ: falta el servidor (sudo apt install postgresql).\n")
            return ABSENT
        engine.create("base")
        _child(engine, "base", folder, "build")
        results = []
        for people in sizes:
            engine.copy(f"p{people}")
            results.append(_parse(_child(engine, f"p{people}", folder, "measure", "--people", str(people))))
            engine.drop(f"p{people}")
            sys.stdout.write(describe(engine=engine.label, results=results) + "\n\n")
            sys.stdout.flush()
    return 0


def _read_sizes(text: str) -> list[int]:
    """``"10000,100000"``; ends with a sentence where it is something else."""
    parts = text.split(",")
    if not all(part.isascii() and part.isdigit() and int(part) >= FEWEST for part in parts):
        sys.exit(f"Escribe cuántas personas, {FEWEST} o más, separadas por comas: 10000,100000.")
    return [int(part) for part in parts]


def _child(engine: Engine, database: str, folder: str, *arguments: str) -> str:
    module = "tests.benchmarks.hr.child"
    return run_child(module=module, engine=engine, database=database, folder=folder, arguments=arguments)


def _parse(text: str) -> Result:
    data = json.loads(text)
    case, figures = Case(**data.pop("case")), data.pop("figures")
    return Result(case=case, figures=tuple(Figure(**figure) for figure in figures), **data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
