"""Updates of those responsible: written, sent, returned, approved. Only an approved one counts.

The status of a milestone, its evidence and its new deadline reach the public by :func:`approve_update` alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from lms.lib import clock
from lms.plan.models import (
    Commitment,
    Evidence,
    Milestone,
    PlanChange,
    ProgressUpdate,
    UpdateLine,
    UpdateStep,
)
from lms.plan.services.changes import lock_commitment, record_change, write_row
from lms.plan.services.evidence import EvidenceValues, add_evidence
from lms.plan.services.milestones import report_milestone

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


class NoteMissingError(ValueError):
    """Whoever returns an update says why."""


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
    update = _lock(update_id=update_id, states=WRITABLE)
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
    update = _lock(update_id=update_id, states=WRITABLE)
    _check(update=update)
    return _move(update=update, state=State.PENDING, note=note, by_id=by_id, at=at, submitted_at=at)


@transaction.atomic
def withdraw_update(*, update_id: int, by_id: int | None, at: datetime) -> ProgressUpdate:
    """Takes it back to go on writing.

    Raises:
        UpdateStateError: see there.
    """
    update = _lock(update_id=update_id, states=frozenset({State.PENDING}))
    return _move(update=update, state=State.DRAFT, note="", by_id=by_id, at=at)


@transaction.atomic
def return_update(
    *, update_id: int, note: str, by_id: int | None, at: datetime, seen_at: datetime | None = None
) -> ProgressUpdate:
    """Gives it back to those who wrote it, with what lacks.

    Raises:
        UpdateStateError, UpdateChangedError, NoteMissingError: see there.
    """
    update = _lock_pending(update_id=update_id, seen_at=seen_at)
    if not note.strip():
        raise NoteMissingError
    return _move(update=update, state=State.RETURNED, note=note, by_id=by_id, at=at)


@transaction.atomic
def approve_update(
    *, update_id: int, note: str, by_id: int | None, at: datetime, seen_at: datetime | None = None
) -> ProgressUpdate:
    """Makes it public and lets it count: statuses, evidence, new deadlines, the day of the update.

    ``seen_at``: ``submitted_at`` of what the reviewer read. Milestones withdrawn since are left alone.

    Raises:
        UpdateStateError, UpdateChangedError, ReplanningReasonError, ReplanningDateError: see there.
    """
    update = _lock_pending(update_id=update_id, seen_at=seen_at)
    _check_deadlines(update=update)
    commitment, today = update.commitment, clock.local_date(at)
    for line in update.lines.filter(milestone__is_active=True).select_related("milestone"):
        _apply_line(line=line, commitment=commitment, on=today, by_id=by_id, at=at)
    Evidence.objects.filter(line__update=update, published_at__isnull=True).update(published_at=at)
    write_row(row=commitment, values={"last_update_on": today})
    _record_update(update=update, commitment=commitment, by_id=by_id, at=at)
    return _move(update=update, state=State.APPROVED, note=note, by_id=by_id, at=at, approved_at=at)


def _apply_line(
    *, line: UpdateLine, commitment: Commitment, on: date, by_id: int | None, at: datetime
) -> None:
    milestone = Milestone.objects.select_for_update().get(pk=line.milestone_id)
    report_milestone(
        milestone=milestone,
        commitment=commitment,
        status=line.status,
        due_after=line.due_after,
        reason=line.reason,
        on=on,
        changed_by_id=by_id,
        at=at,
    )


def _record_update(
    *, update: ProgressUpdate, commitment: Commitment, by_id: int | None, at: datetime
) -> None:
    new_evidence = Evidence.objects.filter(line__update=update).count()
    record_change(
        plan=commitment.plan,
        commitment=commitment,
        subject=PlanChange.Subject.COMMITMENT,
        row=commitment,
        label=commitment.title,
        kind=PlanChange.Kind.REPORTED,
        changed_by_id=by_id,
        at=at,
        after={
            "period": update.period,
            "office": update.office,
            "text": update.text,
            "evidence": new_evidence,
        },
    )


def _check(*, update: ProgressUpdate) -> None:
    lines = list(update.lines.select_related("milestone"))
    says_something = update.text.strip() or any(line.status or line.text or line.due_after for line in lines)
    if not says_something and not Evidence.objects.filter(line__update=update).exists():
        raise NothingReportedError
    _check_deadlines(update=update)


def _check_deadlines(*, update: ProgressUpdate) -> None:
    for line in update.lines.filter(milestone__is_active=True).select_related("milestone"):
        if line.due_after is None or line.due_after == line.milestone.due_on:
            continue
        if not line.reason.strip():
            raise ReplanningReasonError(line.milestone.label)
        if line.milestone.starts_on and line.due_after < line.milestone.starts_on:
            raise ReplanningDateError(line.milestone.label)


def _lock(*, update_id: int, states: frozenset[State]) -> ProgressUpdate:
    """The update behind the lock of its commitment, which everybody takes first.

    Raises:
        ProgressUpdate.DoesNotExist: there is none.
        UpdateStateError: see there.
    """
    commitment_id = ProgressUpdate.objects.values_list("commitment_id", flat=True).get(pk=update_id)
    commitment = lock_commitment(commitment_id=commitment_id)
    update = ProgressUpdate.objects.select_for_update().get(pk=update_id)
    update.commitment = commitment
    if update.state not in states:
        raise UpdateStateError(update.state)
    return update


def _lock_pending(*, update_id: int, seen_at: datetime | None) -> ProgressUpdate:
    """The update that waits, as it was read.

    Raises:
        UpdateStateError, UpdateChangedError: see there.
    """
    update = _lock(update_id=update_id, states=frozenset({State.PENDING}))
    if seen_at is not None and update.submitted_at != seen_at:
        raise UpdateChangedError
    return update


def _move(
    *, update: ProgressUpdate, state: State, note: str, by_id: int | None, at: datetime, **values: datetime
) -> ProgressUpdate:
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


@transaction.atomic
def save_sheet(
    *,
    lines: Mapping[int, Mapping[int, LineValues]],
    evidence: Mapping[int, Sequence[EvidenceValues]],
    offices: Mapping[int, str],
    period: str,
    written_by_id: int | None,
    at: datetime,
) -> list[ProgressUpdate]:
    """Writes what a sheet says into the open updates of its commitments: all of it or nothing.

    Args:
        lines: by id of the commitment, then of the milestone.
        evidence: addresses by id of the milestone; one that the line has already is not added again.
        offices: for which institution it speaks, by id of the commitment.

    A blank cell says nothing: what the draft says stays.

    Raises:
        UpdateStateError: one of the updates was sent and waits.
    """
    updates = []
    for commitment_id in sorted(lines):
        office = offices[commitment_id]
        update, _is_new = open_update(
            commitment_id=commitment_id, period=period, office=office, written_by_id=written_by_id, at=at
        )
        values = UpdateValues(update.text, _fill_up(update=update, lines=lines[commitment_id]))
        save_update(update_id=update.pk, values=values, seen_at=None, written_by_id=written_by_id, at=at)
        for line in update.lines.filter(milestone__in=evidence.keys()):
            known = set(line.evidence.values_list("url", flat=True))
            for piece in evidence[line.milestone_id]:
                if piece.url not in known:
                    add_evidence(line=line, values=piece, office=office, added_by_id=written_by_id, at=at)
        updates.append(update)
    return updates


def _fill_up(*, update: ProgressUpdate, lines: Mapping[int, LineValues]) -> dict[int, LineValues]:
    """What a sheet says, and where it says nothing what the draft says."""
    drafts = {line.milestone_id: line for line in update.lines.filter(milestone__in=lines.keys())}
    return {
        milestone_id: LineValues(
            status=said.status or drafts[milestone_id].status,
            text=said.text or drafts[milestone_id].text,
            due_after=said.due_after or drafts[milestone_id].due_after,
            reason=said.reason or drafts[milestone_id].reason,
        )
        for milestone_id, said in lines.items()
        if milestone_id in drafts
    }
