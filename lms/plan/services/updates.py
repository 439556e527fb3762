"""Updates of those responsible: written, sent, taken back. Only one that is approved counts.

What the plan's team does with them is in :mod:`lms.plan.services.decisions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from lms.plan.models import (
    Commitment,
    Evidence,
    ProgressUpdate,
    UpdateLine,
    UpdateStep,
)
from lms.plan.services.changes import lock_commitment, write_row

State = ProgressUpdate.State
WRITABLE = frozenset({State.DRAFT, State.RETURNED})


class UpdateStateError(Exception):
    """The update is in another state than this asks for: somebody sent, returned or approved it."""


class UpdateChangedError(Exception):
    """Somebody else saved the update since it was opened, or sent it again since it was read."""


class NothingReportedError(ValueError):
    """The update says nothing of anything."""


class ReplanningReasonError(ValueError):
    """Another deadline is asked for without a reason; the argument is the milestone's label."""


class ReplanningDateError(ValueError):
    """The new deadline is before the milestone's start; the argument is the milestone's label."""


@dataclass(frozen=True)
class LineValues:
    """What is said of one milestone; ``None`` and empty mean that nothing is."""

    status: str | None = None
    text: str = ""
    due_after: date | None = None
    reason: str = ""

    def __bool__(self) -> bool:
        return bool(self.status or self.text or self.due_after)


@dataclass(frozen=True)
class UpdateValues:
    """``lines`` by id of the milestone. Milestones that are not there keep what was saved of them."""

    text: str
    lines: Mapping[int, LineValues] = field(default_factory=dict)


@transaction.atomic
def open_update(
    *, commitment_id: int, period: str, office: str, written_by_id: int | None, at: datetime
) -> tuple[ProgressUpdate, bool]:
    """``(update, is_new)``: the open one of the commitment, or a new draft with a line for each milestone.

    Raises:
        Commitment.DoesNotExist: no such commitment.
    """
    commitment = lock_commitment(commitment_id=commitment_id)
    update = commitment.updates.exclude(state=State.APPROVED).first()
    is_new = update is None
    if update is None:
        update = ProgressUpdate.objects.create(
            commitment=commitment,
            period=period,
            office=office,
            written_by_id=written_by_id,
            started_at=at,
            saved_at=at,
        )
        _add_step(update=update, note="", by_id=written_by_id, at=at)
    _add_lines(update=update, commitment=commitment)
    return update, is_new


@transaction.atomic
def save_update(
    *, update_id: int, values: UpdateValues, seen_at: datetime | None, written_by_id: int | None, at: datetime
) -> ProgressUpdate:
    """Writes what was typed; the state stays. ``seen_at``: ``saved_at`` of what the writer had before them.

    Raises:
        UpdateStateError, UpdateChangedError: see there; nothing is written.
    """
    update = lock_update(update_id=update_id, states=WRITABLE)
    if seen_at is not None and update.saved_at != seen_at:
        raise UpdateChangedError
    write_row(row=update, values={"text": values.text, "written_by_id": written_by_id, "saved_at": at})
    for line in update.lines.select_related("milestone"):
        if (said := values.lines.get(line.milestone_id)) is not None:
            write_row(row=line, values=_line_fields(line=line, said=said))
    return update


def _line_fields(*, line: UpdateLine, said: LineValues) -> dict[str, Any]:
    """What is written of a line; the deadline that the milestone has anyway is none that is asked for."""
    due_after = said.due_after if said.due_after != line.milestone.due_on else None
    return {"status": said.status, "text": said.text, "due_after": due_after, "reason": said.reason}


@transaction.atomic
def submit_update(*, update_id: int, note: str, by_id: int | None, at: datetime) -> ProgressUpdate:
    """Sends it to the plan's team.

    Raises:
        UpdateStateError, NothingReportedError, ReplanningReasonError, ReplanningDateError: see there.
    """
    update = lock_update(update_id=update_id, states=WRITABLE)
    _check(update=update)
    return move_update(update=update, state=State.PENDING, note=note, by_id=by_id, at=at, submitted_at=at)


@transaction.atomic
def withdraw_update(*, update_id: int, by_id: int | None, at: datetime) -> ProgressUpdate:
    """Takes it back to go on writing.

    Raises:
        UpdateStateError: see there.
    """
    update = lock_update(update_id=update_id, states=frozenset({State.PENDING}))
    return move_update(update=update, state=State.DRAFT, note="", by_id=by_id, at=at)


def _check(*, update: ProgressUpdate) -> None:
    lines = update.lines.filter(milestone__is_active=True)
    says_something = update.text.strip() or any(line.status or line.text or line.due_after for line in lines)
    if not says_something and not Evidence.objects.filter(line__in=lines).exists():
        raise NothingReportedError
    check_deadlines(update=update)


def check_deadlines(*, update: ProgressUpdate) -> None:
    """The new deadlines that an update asks for.

    Raises:
        ReplanningReasonError, ReplanningDateError: see there.
    """
    for line in update.lines.filter(milestone__is_active=True).select_related("milestone"):
        if line.due_after is None or line.due_after == line.milestone.due_on:
            continue
        if not line.reason.strip():
            raise ReplanningReasonError(line.milestone.label)
        if line.milestone.starts_on and line.due_after < line.milestone.starts_on:
            raise ReplanningDateError(line.milestone.label)


def lock_update(*, update_id: int, states: frozenset[State]) -> ProgressUpdate:
    """The update behind the lock of its commitment, which everybody takes first.

    Raises:
        ProgressUpdate.DoesNotExist: there is none.
        UpdateStateError: see there.
    """
    commitment_id = ProgressUpdate.objects.values_list("commitment_id", flat=True).get(pk=update_id)
    commitment = lock_commitment(commitment_id=commitment_id)
    update = ProgressUpdate.objects.select_for_update(no_key=True).get(pk=update_id)
    update.commitment = commitment
    if update.state not in states:
        raise UpdateStateError(update.state)
    return update


def move_update(
    *, update: ProgressUpdate, state: State, note: str, by_id: int | None, at: datetime, **values: datetime
) -> ProgressUpdate:
    """Puts a locked update into another state, with its step."""
    write_row(row=update, values={"state": state, **values})
    _add_step(update=update, note=note.strip(), by_id=by_id, at=at)
    return update


def _add_step(*, update: ProgressUpdate, note: str, by_id: int | None, at: datetime) -> None:
    UpdateStep.objects.create(update=update, state=update.state, note=note, by_id=by_id, at=at)


def _add_lines(*, update: ProgressUpdate, commitment: Commitment) -> None:
    """One for each milestone in force; what was saved of one that was withdrawn since waits, unshown."""
    known = set(update.lines.values_list("milestone_id", flat=True))
    UpdateLine.objects.bulk_create(
        UpdateLine(update=update, milestone=milestone)
        for milestone in commitment.milestones.filter(is_active=True)
        if milestone.pk not in known
    )
