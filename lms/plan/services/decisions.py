"""The plan's team returns an update, or approves it: the one way by which what it says counts."""

from datetime import date, datetime

from django.db import transaction

from lms.lib import clock
from lms.plan.models import Commitment, Evidence, Milestone, PlanChange, ProgressUpdate, UpdateLine
from lms.plan.services.changes import record_change, write_row
from lms.plan.services.evidence import discard_evidence
from lms.plan.services.milestones import report_milestone
from lms.plan.services.updates import UpdateChangedError, check_deadlines, lock_update, move_update

State = ProgressUpdate.State


class NoteMissingError(ValueError):
    """Whoever returns an update says why."""


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
    return move_update(update=update, state=State.RETURNED, note=note, by_id=by_id, at=at)


@transaction.atomic
def approve_update(
    *, update_id: int, note: str, by_id: int | None, at: datetime, seen_at: datetime | None = None
) -> ProgressUpdate:
    """Makes it public and lets it count: statuses, evidence, new deadlines, the day of the update.

    ``seen_at``: ``submitted_at`` of what the reviewer read. What it says of milestones withdrawn since was
    read by nobody: it goes, and their evidence with it.

    Raises:
        UpdateStateError, UpdateChangedError, ReplanningReasonError, ReplanningDateError: see there.
    """
    update = _lock_pending(update_id=update_id, seen_at=seen_at)
    check_deadlines(update=update)
    _drop_unread(update=update)
    commitment, today = update.commitment, clock.local_date(at)
    for line in update.lines.select_related("milestone"):
        _apply_line(line=line, commitment=commitment, on=today, by_id=by_id, at=at)
    Evidence.objects.filter(line__update=update, published_at__isnull=True).update(published_at=at)
    write_row(row=commitment, values={"last_update_on": today})
    _record_update(update=update, commitment=commitment, by_id=by_id, at=at)
    return move_update(update=update, state=State.APPROVED, note=note, by_id=by_id, at=at, approved_at=at)


def _drop_unread(*, update: ProgressUpdate) -> None:
    unread = update.lines.filter(milestone__is_active=False)
    for evidence in Evidence.objects.filter(line__in=unread, published_at__isnull=True):
        discard_evidence(evidence_id=evidence.pk)
    unread.delete()


def _apply_line(
    *, line: UpdateLine, commitment: Commitment, on: date, by_id: int | None, at: datetime
) -> None:
    milestone = Milestone.objects.select_for_update(no_key=True).get(pk=line.milestone_id)
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


def _lock_pending(*, update_id: int, seen_at: datetime | None) -> ProgressUpdate:
    """The update that waits, as it was read.

    Raises:
        UpdateStateError, UpdateChangedError: see there.
    """
    update = lock_update(update_id=update_id, states=frozenset({State.PENDING}))
    if seen_at is not None and update.submitted_at != seen_at:
        raise UpdateChangedError
    return update
