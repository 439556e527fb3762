"""A roster's life: received, read, compared; then applied, discarded, undone.

The steps that take long are in ``roster_reading``, ``roster_comparing``, ``roster_writing``,
``roster_ending`` and ``roster_undoing``: generators that can be left after any step and called again.
"""

import time
from datetime import date, datetime, timedelta

from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from lms.lib.clock import local_date
from lms.people.models import Institution, RosterChunk, RosterImport, RosterStatus
from lms.people.models.rosters import UNDECIDED, WRITING
from lms.people.rosters.counts import RosterCounts
from lms.people.selectors import rosters as selectors
from lms.people.services.roster_errors import (
    EndedNotConfirmedError,
    RosterBusyError,
    RosterDateError,
    RosterDecidedError,
    RosterHasErrorsError,
    RosterNotUndoableError,
)

EARLIEST_DATE = date(2000, 1, 1)
DAYS_AHEAD = 31
DAYS_IN_PREVIEW = 7
"""Rosters that nobody decided are discarded after this time."""

LONGEST_POLL_SECONDS = 0.11
"""Who waits to write to SQLite asks again every 100 ms at most (sqlite3.c, sqliteDefaultBusyCallback)."""

OUTDATED = "outdated"
"""The reason why a roster that should have been applied is shown again."""


def check_date(*, institution_id: int, roster_date: date, at: datetime) -> None:
    """
    Raises:
        RosterDateError: a date that cannot be meant, or before a roster already applied.
    """
    if not EARLIEST_DATE <= roster_date <= local_date(at) + timedelta(days=DAYS_AHEAD):
        raise RosterDateError
    latest = selectors.find_latest_roster_date(institution_id=institution_id)
    if latest is not None and roster_date < latest:
        raise RosterDateError(latest)


def begin_apply(
    *, roster: RosterImport, at: datetime, include_errors: bool = False, confirm_ended: bool = False
) -> RosterCounts:
    """Decide to apply what the preview shows; from now on no other roster of the institution can be.

    ``include_errors``: leave the wrong rows out. ``confirm_ended``: it is meant that so many end.

    Raises:
        RosterDecidedError: applied or discarded before; nothing happens a second time.
        RosterHasErrorsError, EndedNotConfirmedError: a choice is missing.
        RosterDateError: a later roster was applied meanwhile.
        RosterBusyError: another roster of the institution is being written.
    """
    with transaction.atomic():
        # Two posts of one form wait for each other. "No key": whoever only refers to the
        # institution (a new enrolment) does not wait.
        Institution.objects.select_for_update(no_key=True).get(pk=roster.institution_id)
        locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
        if locked.status != RosterStatus.PREVIEW:
            raise RosterDecidedError(locked.status)
        shown = RosterCounts.from_stored(locked.counts)
        if not shown.can_be_applied or (shown.wrong and not include_errors):
            raise RosterHasErrorsError
        if shown.needs_confirmation and not confirm_ended:
            raise EndedNotConfirmedError
        check_date(institution_id=locked.institution_id, roster_date=locked.roster_date, at=at)
        _begin_writing(locked, RosterStatus.CHECKING, total=shown.correct)
        RosterImport.objects.filter(pk=locked.pk).update(decided_at=at, worked_at=at)
        locked.chunks.update(verdicts="")
    return shown


def begin_undo(*, roster: RosterImport, at: datetime) -> None:
    """Decide to take back what a roster changed.

    Raises:
        RosterNotUndoableError: it was not applied, another one was since, or it was too long ago.
        RosterBusyError: another roster of the institution is being written.
    """
    with transaction.atomic():
        Institution.objects.select_for_update(no_key=True).get(pk=roster.institution_id)
        locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
        if not selectors.can_be_undone(roster=locked, at=at):
            raise RosterNotUndoableError
        total = locked.chunks.filter(applied_at__isnull=False).count()
        _begin_writing(locked, RosterStatus.UNDOING, total=total)
        RosterImport.objects.filter(pk=locked.pk).update(undone_at=at, worked_at=at)


def _begin_writing(roster: RosterImport, status: RosterStatus, total: int) -> None:
    """The database allows one roster per institution to be in such a state."""
    try:
        with transaction.atomic():
            RosterImport.objects.filter(pk=roster.pk).update(status=status, done=0, total=total, reason="")
    except IntegrityError as error:
        raise RosterBusyError from error


def note_work(*, roster: RosterImport, at: datetime) -> None:
    """Somebody is going on with it now; between two steps everybody else may write."""
    RosterImport.objects.filter(pk=roster.pk).update(worked_at=at)
    if roster.status in WRITING and connection.vendor == "sqlite":
        time.sleep(LONGEST_POLL_SECONDS)


def discard_roster(*, roster: RosterImport, at: datetime) -> None:
    """Give a roster up before it is applied, and erase what was kept of its file.

    Raises:
        RosterDecidedError: applied or discarded before.
    """
    with transaction.atomic():
        locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
        if locked.status not in UNDECIDED:
            raise RosterDecidedError(locked.status)
        locked.status, locked.decided_at = RosterStatus.DISCARDED, at
        locked.save(update_fields=["status", "decided_at"])
        forget_file(roster=locked)


def discard_unused_rosters(*, at: datetime) -> int:
    """Discard what nobody decided in seven days; how many. Safe to repeat."""
    old = RosterImport.objects.filter(
        status__in=UNDECIDED, created_at__lt=at - timedelta(days=DAYS_IN_PREVIEW)
    )
    return discard_all(rosters=old, at=at)


def discard_all(*, rosters: QuerySet[RosterImport], at: datetime) -> int:
    """Discard those of ``rosters`` that are not decided; how many."""
    count = 0
    for roster in list(rosters.filter(status__in=UNDECIDED)):
        discard_roster(roster=roster, at=at)
        count += 1
    return count


def forget_file(*, roster: RosterImport) -> None:
    """Erase the file, the rows, and every text quoted from them; the numbers stay."""
    name = roster.file
    roster.chunks.update(rows=None, wrong="")
    RosterImport.objects.filter(pk=roster.pk).update(file="", inspection={}, titles=[])
    if name:
        transaction.on_commit(lambda: storages["rosters"].delete(name))


def forget_undone(*, at: datetime) -> int:
    """Erase, after thirty days, what rosters need to be undone; how many parts. Safe to repeat."""
    old = RosterChunk.objects.filter(roster__decided_at__lt=at - selectors.UNDO_FOR)
    return old.filter(roster__status__in=_OVER).delete()[0]


def forget_earlier(*, roster: RosterImport) -> None:
    """Once a roster is applied, those before it cannot be undone any more."""
    earlier = RosterChunk.objects.filter(
        roster__institution_id=roster.institution_id, roster__status__in=_OVER
    )
    earlier.exclude(roster_id=roster.pk).delete()


_OVER = (RosterStatus.APPLIED, RosterStatus.UNDONE, RosterStatus.DISCARDED)
