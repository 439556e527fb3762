"""``make bench ARGS=pages``: what a learner's pages cost beside a bare Wagtail page of the same text.

    make bench ARGS=pages
    make bench ARGS="pages sqlite"

Processor time, not waiting time: other work on the machine disturbs it little. Asserts no time.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.children import run_child
from tests.benchmarks.engines import Engine, open_engine
from tests.benchmarks.pages.figures import PageCost
from tests.benchmarks.pages.report import describe

ENGINES = ("sqlite", "postgres")
ABSENT = 3


def main(arguments: Sequence[str]) -> int:
    """0; 3 where an engine that was asked for is absent."""
    names, code = arguments or ENGINES, 0
    if not set(names) <= set(ENGINES):
        sys.exit(f"Los motores son {' y '.join(ENGINES)}.")
    for name in names:
        folder = tempfile.TemporaryDirectory(prefix="aula-medicion-")
        with folder as place, open_engine(name=name, folder=Path(place)) as engine:
            if engine is None:
                sys.stdout.write(
                    f"\n!!! NO SE MIDIÓ {name}: falta el servidor (sudo apt install postgresql).\n"
                )
                code = ABSENT
                continue
            engine.create("base")
            run_child(
                module="tests.benchmarks.child",
                engine=engine,
                database="base",
                folder=place,
                arguments=("build",),
            )
            sys.stdout.write(f"\n{measure_pages(engine=engine, folder=place)}\n")
            sys.stdout.flush()
    return code


def measure_pages(*, engine: Engine, folder: str) -> str:
    """The table, from a copy of the engine's prepared database."""
    engine.copy("paginas")
    printed = run_child(
        module="tests.benchmarks.pages.child", engine=engine, database="paginas", folder=folder, arguments=()
    )
    engine.drop("paginas")
    return describe(engine=engine.label, costs=[PageCost(**cost) for cost in json.loads(printed)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
