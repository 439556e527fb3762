"""What people are asked after a course, when, and how long they may answer. Pure; the values are stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class AskingKind(StrEnum):
    """Two questionnaires (``end``, ``later``), and between them five questions to remember by."""

    END = "end"
    RECALL = "recall"
    LATER = "later"


@dataclass(frozen=True)
class Timing:
    """Days from the completion to the asking, and from there to the last day on which it may be answered."""

    after: timedelta
    open_for: timedelta


TIMINGS = {
    AskingKind.END: Timing(timedelta(days=0), timedelta(days=90)),
    AskingKind.RECALL: Timing(timedelta(days=14), timedelta(days=60)),
    AskingKind.LATER: Timing(timedelta(days=90), timedelta(days=60)),
}
MAILED = frozenset({AskingKind.RECALL, AskingKind.LATER})
"""Those of which people are told by a notice; the other waits on the platform."""

KEEP = timedelta(days=180)
"""How long after its due day it is remembered that somebody was asked; by then none may be answered."""

GROUP = {AskingKind.END: 5, AskingKind.RECALL: 10, AskingKind.LATER: 5}
"""How many people answer before anything is shown, and by how many the figures then grow."""


def plan_due_days(*, told_on: date, is_assessed: bool) -> dict[AskingKind, date]:
    """When each is due after who completed was told; without an assessment there is nothing to recall."""
    return {
        kind: told_on + timing.after
        for kind, timing in TIMINGS.items()
        if is_assessed or kind != AskingKind.RECALL
    }


def is_open(*, kind: str, due_on: date, day: date) -> bool:
    """Whether it may be answered on ``day``."""
    return due_on <= day <= due_on + TIMINGS[AskingKind(kind)].open_for


def open_since(*, kind: AskingKind, day: date) -> date:
    """The earliest due day of those that may be answered on ``day``."""
    return day - TIMINGS[kind].open_for
