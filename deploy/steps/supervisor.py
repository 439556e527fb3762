"""Starts several programs and stops them together."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import FrameType

from steps.console import ROOT, Command, StepError, say

_GRACE_SECONDS = 12


class Supervisor:
    """Used as a context manager: whatever happens inside, no program outlives it."""

    def __init__(self) -> None:
        self._programs: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = threading.Event()

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop_all()

    @property
    def stopping(self) -> bool:
        """True once a signal asked us to stop."""
        return self._stopping.is_set()

    def start(self, name: str, command: Command, *, env: Mapping[str, str]) -> None:
        """Starts a program in its own process group, so that Ctrl-C reaches only the supervisor."""
        self._programs[name] = subprocess.Popen(
            list(map(str, command)), cwd=ROOT, env=env, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def wait_until(self, condition: Callable[[], bool], *, seconds: float, failure: str) -> None:
        """Waits for ``condition``, or for a signal to stop.

        Raises:
            StepError: a program ended meanwhile, or the time is over (``failure``).
        """
        deadline = time.monotonic() + seconds
        while not self.stopping and not condition():
            self._check()
            if time.monotonic() > deadline:
                raise StepError(failure)
            self._stopping.wait(0.2)

    def wait(self) -> None:
        """Returns when a signal asks to stop.

        Raises:
            StepError: a program ended by itself; says which.
        """
        while not self._stopping.wait(0.3):
            self._check()

    def _check(self) -> None:
        for name, program in self._programs.items():
            code = program.poll()
            if code is not None:
                raise StepError(
                    f"{name} terminó antes de tiempo (código {code}); se detuvo todo. "
                    "Lo que escribió está más arriba."
                )

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()

    def _stop_all(self) -> None:
        for program in self._programs.values():
            if program.poll() is None:
                program.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + _GRACE_SECONDS
        for name, program in self._programs.items():
            try:
                program.wait(timeout=max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                say(f"  {name} no se detuvo a tiempo; lo termino.")
            # Children that a program left behind are in its group.
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
            program.wait()
