"""Which addresses are written to no more, and how an address is shown to whoever holds a link. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lms.lib.tokens import keyed_hash
from lms.notices.rules.kinds import Reason

PURPOSE = "correo"
SOFT_BOUNCES, WITHIN = 3, timedelta(days=14)


class ProblemKind(StrEnum):
    """Hard: there is no such mailbox. Soft: full, or refused this time. Complaint: marked as spam."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that happened to one address."""

    kind: str
    at: datetime


def hash_address(*, address: str, key: str) -> str:
    """By what an address is recognised; letter case does not matter."""
    return keyed_hash(address.strip().lower(), purpose=PURPOSE, key=key)


def find_suppression(*, problems: Iterable[Problem]) -> Reason:
    """Why an address is written to no more; ``Reason.NONE`` where it is.

    One complaint or hard bounce suffices; of soft ones three within fourteen days.
    """
    problems = list(problems)
    kinds = {problem.kind for problem in problems}
    if ProblemKind.COMPLAINT in kinds:
        return Reason.COMPLAINED
    soft = sorted(problem.at for problem in problems if problem.kind == ProblemKind.SOFT)
    runs = zip(soft, soft[SOFT_BOUNCES - 1 :], strict=False)
    if ProblemKind.HARD in kinds or any(last - first <= WITHIN for first, last in runs):
        return Reason.BOUNCED
    return Reason.NONE


def mask_address(address: str) -> str:
    """``ana.rojas@servicio.example`` → ``a•••@servicio.example``."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain}" if local else ""
