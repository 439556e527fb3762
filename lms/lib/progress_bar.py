"""How far a long command has got: one line that is written over; nothing where nobody looks."""

import sys
from typing import TextIO

_WIDTH = 30


class ProgressBar:
    """``advance`` as often as you like; at most once per hundredth the line is written.

    With ``total`` None only the count is shown.
    """

    def __init__(self, *, total: int | None, unit: str, stream: TextIO | None = None) -> None:
        self._total, self._unit, self._done = total, unit, 0
        self._stream = stream or sys.stderr
        self._shown = -1
        self._is_seen = self._stream.isatty()

    def advance(self, count: int = 1) -> None:
        self._done += count
        if not self._is_seen:
            return
        step = self._done * 100 // self._total if self._total else self._done // 1000
        if step != self._shown:
            self._shown = step
            self._stream.write(f"\r{self._line()}")
            self._stream.flush()

    def finish(self) -> None:
        """Leave the last state standing."""
        if self._is_seen:
            self._stream.write(f"\r{self._line()}\n")
            self._stream.flush()

    def _line(self) -> str:
        if not self._total:
            return f"{self._done} {self._unit}"
        filled = min(self._done, self._total) * _WIDTH // self._total
        percent = min(self._done, self._total) * 100 // self._total
        return f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {percent:3d} %  {self._done} {self._unit}"
