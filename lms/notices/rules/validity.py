"""Whether what a notice says is still true on the day of sending. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from lms.notices.rules.kinds import DUE, Kind, Reason
from lms.progress.rules.timeline import MET, NOT_ASKED, OPEN, Standing


@dataclass(frozen=True, slots=True)
class Present:
    """How the person stands on the day of sending."""

    standing: Standing
    assigned_on: date
    due_on: date | None
    valid_until: date | None


def find_obstacle(*, kind: str, key: date, present: Present | None, day: date) -> Reason:
    """Why not to send it any more; ``Reason.NONE`` when it holds. ``present`` None: nothing is asked."""
    if present is None or present.standing in NOT_ASKED:
        return Reason.NOT_ASKED
    if present.standing == Standing.DONE or (kind != Kind.EXPIRING and _is_met(kind, present)):
        return Reason.COMPLETED
    if kind == Kind.ASSIGNED:
        return _of_assigned(key, present)
    if kind in DUE:
        return _of_due(key, present, day)
    if kind == Kind.LATE:
        return _unless(present.standing == Standing.LATE and present.due_on == key, Reason.CHANGED)
    if kind == Kind.EXPIRING:
        return _unless(present.standing == Standing.EXPIRING and present.valid_until == key, Reason.CHANGED)
    return Reason.NONE


@dataclass(frozen=True, slots=True)
class PresentAnswer:
    """An answer and its question on the day of sending. ``replied_at``: when the person wrote once more."""

    answered_at: datetime
    replied_at: datetime | None
    is_open: bool
    is_withdrawn: bool
    is_own: bool


def find_answer_obstacle(present: PresentAnswer) -> Reason:
    """Why not to tell of an answer any more; ``Reason.NONE`` when it holds.

    Who wrote once more has read it, whatever was answered since. ``is_own``: two records that were
    merged and parted again may have left the notice with the other person.
    """
    if not present.is_own:
        return Reason.NOTHING
    if present.is_withdrawn:
        return Reason.TAKEN_BACK
    has_replied = present.replied_at is not None and present.replied_at > present.answered_at
    return _unless(not (present.is_open or has_replied), Reason.REOPENED)


def _is_met(kind: str, present: Present) -> bool:
    """HR may remind of a renewal; nothing else is said to those who have the training."""
    return kind != Kind.MANUAL and present.standing in MET


def _of_assigned(key: date, present: Present) -> Reason:
    if present.standing == Standing.IN_PROGRESS:
        return Reason.STARTED
    if present.standing == Standing.LATE:
        return Reason.PAST
    return _unless(present.assigned_on == key, Reason.CHANGED)


def _of_due(key: date, present: Present, day: date) -> Reason:
    if present.due_on != key:
        return Reason.CHANGED
    return _unless(present.standing in OPEN and day <= key, Reason.PAST)


def _unless(holds: bool, reason: Reason) -> Reason:
    return Reason.NONE if holds else reason
