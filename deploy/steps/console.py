"""Where things are, and how we speak to whoever runs a command."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
Command = Sequence[str | Path]


class StepError(Exception):
    """One sentence that says what went wrong and what a person can do."""


def say(text: str = "") -> None:
    """Prints a line at once, also into a pipe."""
    print(text, flush=True)


def banner(lines: Sequence[str]) -> None:
    """Prints something that must not be overlooked."""
    width = max(map(len, lines)) + 4
    say("\n" + "!" * width)
    for line in lines:
        say(f"! {line:<{width - 4}} !")
    say("!" * width)


def is_set(name: str) -> bool:
    """True where the environment variable is there and not a spelling of "no"."""
    return os.environ.get(name, "").strip().lower() not in {"", "0", "false", "no"}


def run_quietly(
    title: str, command: Command, *, log: str, failure: str, env: Mapping[str, str] | None = None
) -> str:
    """Runs a step and returns what it printed; shows its name and its seconds.

    Args:
        log: name of the file in ``var/log`` that keeps the output.
        failure: the sentence for the person, should it fail.

    Raises:
        StepError: the program ended with an error; the last lines are shown.
    """
    print(f"  · {title} … ", end="", flush=True)
    begun = time.monotonic()
    done = subprocess.run(
        list(map(str, command)),
        cwd=ROOT,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    (VAR / "log").mkdir(parents=True, exist_ok=True)
    (VAR / "log" / log).write_text(done.stdout)
    if done.returncode:
        say("falló")
        for line in done.stdout.strip().splitlines()[-12:]:
            say(f"      {line}")
        raise StepError(f"{failure} Detalle en var/log/{log}.")
    say(f"listo ({time.monotonic() - begun:.0f} s)")
    return done.stdout


def run_shown(command: Command, *, env: Mapping[str, str] | None = None) -> int:
    """Runs a program whose output the person sees; returns its exit code."""
    sys.stdout.flush()
    return subprocess.run(list(map(str, command)), cwd=ROOT, env=env).returncode
