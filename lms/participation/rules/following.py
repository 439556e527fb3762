"""When followers are written to. Pure."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from lms.lib.clock import CHILE

CONFIRM_WITHIN = timedelta(days=7)
"""An address that nobody confirmed is deleted after that."""

SETTLED_AFTER = timedelta(minutes=2)
"""Changes are told once they are that old: none that is still being written is skipped."""

LOST_AFTER = timedelta(minutes=15)
"""An e-mail that was being handed over for longer was cut off by a crash."""

MOST_ASKED = 5
"""No more confirmations than that are sent to one address in a day, whatever the commitments."""

MOST_SOFT_FAILURES = 3
OPENS, CLOSES = time(8), time(20)


class LetterKind(StrEnum):
    """What an e-mail of this app is about."""

    CONFIRM = "confirm"
    DIGEST = "digest"
    REPLY = "reply"


class LetterState(StrEnum):
    """``handed``: from the moment before the server is given the text until its answer is known.

    ``skipped``: there was nobody to write to, or nothing to tell any more; no failure.
    """

    WAITING = "waiting"
    HANDED = "handed"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    SKIPPED = "skipped"


def normalise_address(address: str) -> str:
    """One spelling of an address, however it was typed: small letters, the domain in ASCII (IDNA)."""
    local, at_sign, domain = address.strip().lower().rpartition("@")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        return f"{local}{at_sign}{domain}"
    return f"{local}{at_sign}{domain}"


def digests_allowed(*, per_minute: int, handed: int, notices_waiting: int) -> int:
    """How many digests may go now: half of a minute's e-mails, and none that a notice waits for."""
    return max(min(per_minute - handed - notices_waiting, per_minute // 2), 0)


def is_time_for_digests(*, at: datetime) -> bool:
    """By day in Chile: nobody is woken by the news of a plan."""
    return OPENS <= at.astimezone(CHILE).time() < CLOSES
