"""How long planning and sending take with many people: ``python -m tests.benchmarks.notices --people 10000``.

Everybody shares one due day, which is the worst day there is: one notice for each. A run of its own process
per size, on SQLite or PostgreSQL; a first pass, the pass of the next hour (nothing new), and sending
to a server that takes everything. Prints seconds, rows and the most memory used.
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
    parser.add_argument("--people", default="10000,100000")
    parser.add_argument("--engine", default="sqlite,postgres")
    parser.add_argument("--send", type=int, default=2000, help="e-mails to send, at most")
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
                    command = [
                        sys.executable,
                        "-m",
                        "tests.benchmarks.notices.child",
                        people,
                        str(options.send),
                    ]
                    sys.stdout.write(f"{engine.label}, {people} personas\n")
                    sys.stdout.flush()
                    subprocess.run(command, env=os.environ | variables | settings, check=True)
                    engine.drop("base")


if __name__ == "__main__":
    main()
