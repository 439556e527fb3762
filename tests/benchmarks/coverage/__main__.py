"""What coverage costs with many people: ``python -m tests.benchmarks.coverage --people 10000,1000000``.

A database of so many people in institutions of log-normal sizes, with goals of one population and one of
another; counts, publishes and seals all goals, then again after a month; then what a visitor's pages
cost. A process of its own per size, so that its memory is its own. Asserts nothing.
"""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from tests.benchmarks.engines import open_engine


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--people", default="10000,1000000")
    parser.add_argument("--institutions", default="300")
    parser.add_argument("--goals", default="12")
    parser.add_argument("--engine", default="postgres")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in options.engine.split(","):
            with open_engine(name=name, folder=Path(folder)) as engine:
                if engine is None:
                    sys.stdout.write(f"{name}: no está en esta máquina\n")
                    continue
                for people in options.people.split(","):
                    engine.create("base")
                    variables = engine.variables("base") | {"VAR_DIR": folder}
                    settings = {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
                    module = "tests.benchmarks.coverage.child"
                    numbers = [people, options.institutions, options.goals]
                    sys.stdout.write(
                        f"{engine.label}: {' / '.join(numbers)} (personas / instituciones / metas)\n"
                    )
                    sys.stdout.flush()
                    command = [sys.executable, "-m", module, *numbers]
                    subprocess.run(command, env=os.environ | variables | settings, check=True)
                    engine.drop("base")


if __name__ == "__main__":
    main()
