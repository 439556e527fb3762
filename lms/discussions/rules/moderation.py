"""What can be decided about a message and about a subject. Pure; the values travel in forms."""

from enum import StrEnum

from lms.discussions.rules.posting import PostState


class Decision(StrEnum):
    """What becomes of a message. ``dismiss``: of what was reported nothing follows."""

    APPROVE = "aprobar"
    HIDE = "retirar"
    DISMISS = "descartar"
    RESTORE = "reponer"


class ThreadAct(StrEnum):
    """What becomes of a subject."""

    CLOSE = "cerrar"
    REOPEN = "reabrir"
    PIN = "fijar"
    UNPIN = "soltar"


_BY_STATE = {
    PostState.WAITING: (Decision.APPROVE, Decision.HIDE),
    PostState.PUBLISHED: (Decision.HIDE,),
    PostState.HIDDEN: (Decision.RESTORE,),
}


def possible_decisions(*, state: str, is_reported: bool) -> tuple[Decision, ...]:
    """What the state allows; ``is_reported``: somebody waits for an answer. Words that are gone stay gone."""
    found = _BY_STATE.get(PostState(state), ())
    return (*found, Decision.DISMISS) if is_reported else found
