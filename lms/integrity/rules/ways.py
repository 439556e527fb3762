"""When a lesson adds the general text on whom to ask or where to report. Pure.

Decided for the learner's safety: a contact whose review is overdue may be dead, so it is still shown,
and the general text stands beside it.
"""

from collections.abc import Mapping
from enum import StrEnum

from lms.integrity.rules.slots import SlotState


class Way(StrEnum):
    """What a learner needs a contact for."""

    ASK = "ask"
    REPORT = "report"


SERVED_BY: dict[Way, frozenset[str]] = {
    Way.ASK: frozenset({"coordinator", "queries"}),
    Way.REPORT: frozenset({"reports"}),
}
"""Kinds of contact, any of which serves. A committee decides; it is not whom one asks first."""

_USABLE = frozenset({SlotState.FILLED, SlotState.ENDING})


def find_unserved_ways(*, states: Mapping[str, SlotState]) -> frozenset[Way]:
    """Ways for which no contact is known to be good; ``states`` by kind, a missing kind is empty."""
    good = {kind for kind, state in states.items() if state in _USABLE}
    return frozenset(way for way, kinds in SERVED_BY.items() if not kinds & good)
