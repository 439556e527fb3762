"""What a mail server's answer means. Pure.

Codes: RFC 5321, section 4.2.1. Enhanced codes: RFC 3463 and the registry of RFC 5248.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from lms.notices.rules.addresses import ProblemKind

_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
# No such mailbox or domain, mailbox closed, moved; "other" is what old programs say of an unknown user.
_NO_SUCH_ADDRESS = re.compile(r"5\.(0\.0|1\.([0-6]|10)|2\.1|4\.4)$")
_UNKNOWN_USER = frozenset({550, 551, 553})
_CLOSING = 421


class Outcome(StrEnum):
    """What became of one e-mail.

    ``uncertain``: handed over, no answer came. ``down``: the server was not there, or did not let us
    begin; nothing of this e-mail has reached it.
    """

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Reply:
    """The outcome and the server's code. ``is_about_address``: the recipient was refused, not the text."""

    outcome: Outcome
    code: int = 0
    status: str = ""
    is_about_address: bool = False

    @property
    def ends_the_talk(self) -> bool:
        """The connection is of no more use."""
        return self.outcome in (Outcome.UNCERTAIN, Outcome.DOWN) or self.code == _CLOSING

    @property
    def problem(self) -> ProblemKind | None:
        """What the refusal says of the address."""
        if self.outcome != Outcome.REFUSED or not self.is_about_address:
            return None
        return classify_failure(status=self.status, code=self.code)


def read_reply(*, code: int, text: str, is_about_address: bool) -> Reply:
    """An SMTP answer to RCPT (``is_about_address``) or DATA."""
    status = find_status(text)
    if code < 400:
        return Reply(Outcome.ACCEPTED, code, status)
    outcome = Outcome.LATER if code < 500 else Outcome.REFUSED
    return Reply(outcome, code, status, is_about_address)


def find_status(text: str) -> str:
    """The enhanced code in a text (``5.1.1``), or nothing."""
    found = _ENHANCED.search(text[:2000])
    return found[0] if found else ""


def classify_failure(*, status: str, code: int = 0) -> ProblemKind:
    """Hard where the address does not exist; soft where another text or day might have got through."""
    if status:
        return ProblemKind.HARD if _NO_SUCH_ADDRESS.fullmatch(status) else ProblemKind.SOFT
    return ProblemKind.HARD if code in _UNKNOWN_USER else ProblemKind.SOFT
