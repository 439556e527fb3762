"""Who gets a seat, who may sign up, what a sheet changes. Pure: instants are aware and passed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MARKING_OPENS_BEFORE = timedelta(hours=1)
"""People are received, and marked, a little before the workshop begins."""


@dataclass(frozen=True)
class SessionFacts:
    """A session as the rules need it."""

    starts_at: datetime
    ends_at: datetime
    seats: int
    is_published: bool = True
    is_cancelled: bool = False

    @property
    def minutes(self) -> int:
        """Whole minutes from start to end, breaks included."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class SignUpRefusal(StrEnum):
    NOT_PUBLISHED = "not_published"
    CANCELLED = "cancelled"
    STARTED = "started"


class SessionProblem(StrEnum):
    """Why a session cannot be saved as written."""

    END_BEFORE_START = "end_before_start"
    START_IN_PAST = "start_in_past"
    SEATS_BELOW_REGISTERED = "seats_below_registered"
    HIDDEN_WITH_PEOPLE = "hidden_with_people"


class Mark(StrEnum):
    """What the sheet says of a person; ``NONE``: nobody said anything yet."""

    PRESENT = "present"
    ABSENT = "absent"
    NONE = ""


@dataclass(frozen=True)
class QueueEntry:
    """An active registration: when it asked for a seat, and whether it has one."""

    id: int
    asked_at: datetime
    has_seat: bool


@dataclass(frozen=True)
class SheetChange:
    """What saving a sheet does, by registration id."""

    attended: frozenset[int]
    voided: frozenset[int]
    absent: frozenset[int]

    @property
    def is_nothing(self) -> bool:
        return not (self.attended or self.voided or self.absent)


def refuse_sign_up(*, session: SessionFacts, at: datetime) -> SignUpRefusal | None:
    """Why nobody can sign up, or leave, any more; ``None`` when one can. Closed from the start on."""
    if not session.is_published:
        return SignUpRefusal.NOT_PUBLISHED
    if session.is_cancelled:
        return SignUpRefusal.CANCELLED
    if at >= session.starts_at:
        return SignUpRefusal.STARTED
    return None


def promote(*, seats: int, queue: Sequence[QueueEntry]) -> tuple[int, ...]:
    """Ids of those who get a free seat now, first come first served.

    Whoever has a seat keeps it, even where there are fewer seats than people.
    """
    free = seats - sum(1 for entry in queue if entry.has_seat)
    waiting = [entry for entry in in_order(queue=queue) if not entry.has_seat]
    return tuple(entry.id for entry in waiting[: max(free, 0)])


def in_order(*, queue: Sequence[QueueEntry]) -> list[QueueEntry]:
    """By the instant of asking; of two in the same instant, the row that was there first."""
    return sorted(queue, key=lambda entry: (entry.asked_at, entry.id))


def waiting_position(*, queue: Sequence[QueueEntry], id: int) -> int | None:
    """1 for the next to get a seat; ``None`` for whoever is not waiting."""
    waiting = [entry.id for entry in in_order(queue=queue) if not entry.has_seat]
    return waiting.index(id) + 1 if id in waiting else None


def seats_left(*, seats: int, registered: int, waiting: int) -> int:
    """Seats that a newcomer can have: a free one belongs to those who wait."""
    return max(seats - registered - waiting, 0)


def find_problems(
    *,
    draft: SessionFacts,
    at: datetime,
    registered: int = 0,
    waiting: int = 0,
    current: SessionFacts | None = None,
) -> tuple[SessionProblem, ...]:
    """What is wrong with a new session, or with a change of ``current``.

    A start in the past is only wrong where it is new: what has been held can still be described.
    """
    problems = []
    if draft.ends_at <= draft.starts_at:
        problems.append(SessionProblem.END_BEFORE_START)
    if draft.starts_at <= at and (current is None or current.starts_at != draft.starts_at):
        problems.append(SessionProblem.START_IN_PAST)
    if draft.seats < registered:
        problems.append(SessionProblem.SEATS_BELOW_REGISTERED)
    if not draft.is_published and registered + waiting:
        problems.append(SessionProblem.HIDDEN_WITH_PEOPLE)
    return tuple(problems)


def may_mark(*, session: SessionFacts, at: datetime) -> bool:
    """Attendance is taken from one hour before the start on, never of a cancelled session."""
    return not session.is_cancelled and at >= session.starts_at - MARKING_OPENS_BEFORE


def decide_sheet(*, current: Mapping[int, Mark], wanted: Mapping[int, Mark]) -> SheetChange:
    """The difference between what is known and what was sent; unknown ids and ``NONE`` change nothing."""
    changed = {
        id: mark for id, mark in wanted.items() if id in current and mark != Mark.NONE and mark != current[id]
    }
    return SheetChange(
        attended=frozenset(id for id, mark in changed.items() if mark == Mark.PRESENT),
        voided=frozenset(
            id for id, mark in changed.items() if mark == Mark.ABSENT and current[id] == Mark.PRESENT
        ),
        absent=frozenset(id for id, mark in changed.items() if mark == Mark.ABSENT),
    )
