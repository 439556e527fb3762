"""What can be decided about a contribution. Pure; the values travel in forms."""

from enum import StrEnum

from lms.participation.rules.contributions import State


class HiddenReason(StrEnum):
    """Why words are hidden: a closed list, public with its numbers."""

    OFFENCE = "offence"
    PERSONAL_DATA = "personal_data"
    ACCUSATION = "accusation"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off_topic"
    REPEATED = "repeated"


class Act(StrEnum):
    """What becomes of a contribution. ``dismiss``: of what was reported nothing follows."""

    SHOW = "mostrar"
    HIDE = "ocultar"
    RESTORE = "reponer"
    DISMISS = "descartar"


_BY_STATE = {
    State.WAITING: (Act.SHOW, Act.HIDE),
    State.SHOWN: (Act.HIDE,),
    State.HIDDEN: (Act.RESTORE,),
}


def possible_acts(*, state: str, has_words: bool, is_reported: bool) -> tuple[Act, ...]:
    """What the state allows. Words that their author took back, or that went with it, stay gone."""
    found = _BY_STATE.get(State(state), ()) if has_words else ()
    return (*found, Act.DISMISS) if is_reported else found
