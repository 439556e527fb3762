"""What may be said of a milestone in public."""

from enum import StrEnum


class ShownStatus(StrEnum):
    """The Partnership's words, that nothing shows a status, and that nothing was reported."""

    NOT_REPORTED = "not_reported"
    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


def shown_status(*, reported: str | None, evidence_count: int) -> ShownStatus:
    """A status that nothing shows reads as such, whatever was reported."""
    if reported is None:
        return ShownStatus.NOT_REPORTED
    return ShownStatus(reported) if evidence_count else ShownStatus.NO_EVIDENCE
