"""States of slots as words and icons: the same on screens, in e-mails' lists and in files."""

from django.utils.translation import gettext_lazy as _

from lms.integrity.rules.slots import SlotState
from lms.ui.components import Notice, TagKind

WORDS = {
    SlotState.FILLED: _("Vigente"),
    SlotState.ENDING: _("Por vencer"),
    SlotState.EXPIRED: _("Vencido"),
    SlotState.EMPTY: _("Vacío"),
}
_LOOKS: dict[SlotState, tuple[TagKind, str]] = {
    SlotState.FILLED: ("ok", "circle-check"),
    SlotState.ENDING: ("warn", "clock"),
    SlotState.EXPIRED: ("bad", "clock-alert"),
    SlotState.EMPTY: ("mute", "circle-dashed"),
}


def look_of(state: SlotState) -> Notice:
    """A state as a tag."""
    kind, icon = _LOOKS[state]
    return Notice(kind, icon, str(WORDS[state]))
