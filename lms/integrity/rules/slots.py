"""What an institution's slot holds and in what state it is: the one definition of both. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ENDING = timedelta(days=60)
"""How long before its review a slot counts as about to expire: when its owner is first reminded."""


class SlotState(StrEnum):
    """Worst first. A slot without a day of review does not expire."""

    EMPTY = "empty"
    EXPIRED = "expired"
    ENDING = "ending"
    FILLED = "filled"


@dataclass(frozen=True)
class SlotContent:
    """The words of a slot: an article or example has a text, a contact a name and ways to reach it."""

    text: str = ""
    reference: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    note: str = ""

    @property
    def is_filled(self) -> bool:
        return bool(self.text.strip() or self.name.strip())


def state_of(*, is_filled: bool, review_by: date | None, day: date) -> SlotState:
    """The state on ``day``. The day of review itself still counts."""
    if not is_filled:
        return SlotState.EMPTY
    if review_by is None or day + ENDING < review_by:
        return SlotState.FILLED
    return SlotState.ENDING if day <= review_by else SlotState.EXPIRED
