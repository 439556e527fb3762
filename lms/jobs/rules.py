"""When to try again, and who a worker is. Pure."""

from dataclasses import dataclass
from datetime import timedelta

MAX_ATTEMPTS = 3
# A worker of another machine cannot be asked whether it lives; after this long it counts as lost.
# No task may take longer.
LEASE = timedelta(minutes=15)
_FIRST_DELAY_SECONDS = 2
_LONGEST_DELAY_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class WorkerIdentity:
    """One worker process.

    ``nonce`` tells it from a later process that was given the same number: on Linux the moment at
    which the process started, elsewhere empty.
    """

    host: str
    pid: int
    nonce: str

    def as_text(self) -> str:
        """``host:pid:nonce``; the host has no colon and at most 32 characters."""
        return f"{self.host}:{self.pid}:{self.nonce}"


def parse_worker_identity(text: str) -> WorkerIdentity | None:
    """The worker that wrote ``text``; None where another program wrote it."""
    parts = text.split(":")
    if len(parts) != 3 or not parts[1].isdigit():
        return None
    return WorkerIdentity(host=parts[0], pid=int(parts[1]), nonce=parts[2])


def may_try_again(*, attempts: int) -> bool:
    """True while fewer than ``MAX_ATTEMPTS`` were begun."""
    return attempts < MAX_ATTEMPTS


def delay_before_attempt(*, attempts: int) -> timedelta:
    """How long to wait after ``attempts`` have failed: 2, 4, 8 … seconds, at most 5 minutes."""
    return timedelta(seconds=min(_FIRST_DELAY_SECONDS**attempts, _LONGEST_DELAY_SECONDS))
