"""An institution says who works in it: a roster is received, read, compared, applied, and can be undone.

What takes long is done in steps, each one short transaction, by :func:`work_on`; whoever drives it may
stop after any step, and so may the power: the next one goes on from there. Small rosters are done at
once, others by the task ``lms.journeys.tasks.work_on_roster``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import BinaryIO

from django.db import OperationalError, transaction
from django.utils.module_loading import import_string

from lms.people.models import Institution, RosterImport, RosterMapping, RosterStatus, User
from lms.people.models.rosters import WORKING
from lms.people.rosters.columns import Column
from lms.people.rosters.counts import RosterCounts
from lms.people.services import rosters
from lms.people.services.roster_comparing import compare_rows
from lms.people.services.roster_ending import end_absent
from lms.people.services.roster_errors import RosterTakenError
from lms.people.services.roster_files import file_size, receive_file, spool_rows
from lms.people.services.roster_mappings import save_mapping
from lms.people.services.roster_reading import find_refusal, read_again, read_rows
from lms.people.services.roster_undoing import undo_rows
from lms.people.services.roster_writing import OnChanged, write_rows
from lms.progress.services.assigned import follow_people

WORK_TASK = "lms.journeys.tasks.work_on_roster"
SMALL_FILE = 512 * 1024
SMALL_ROWS = 2_000
STEPS_AT_ONCE = 12
"""What a visitor waits for; a small roster takes fewer."""


@dataclass(frozen=True, kw_only=True)
class ImportTerms:
    """The installation's keys, and the percentage of people beyond which endings are confirmed."""

    run_key: str
    sealing_key: str
    ended_percent: int


def receive_roster(
    *,
    institution: Institution,
    file: BinaryIO,
    file_name: str,
    roster_date: date,
    uploaded_by: User | None,
    terms: ImportTerms,
    at: datetime,
    mapping: RosterMapping | None = None,
) -> RosterImport:
    """A roster from a file. A small one is read and compared when this returns, or waits for its columns.

    Raises:
        RosterDateError: a date that cannot be meant, or before a roster already applied.
        RosterFileError: the file cannot be read as a roster; nothing of it is kept.
    """
    size = file.seek(0, 2)
    roster = receive_file(
        institution=institution,
        file=file,
        file_name=file_name,
        roster_date=roster_date,
        mapping=mapping,
        uploaded_by=uploaded_by,
        at=at,
    )
    go_on(roster=roster, terms=terms, at=at, at_once=size <= SMALL_FILE)
    refusal = find_refusal(roster=roster) if roster.status == RosterStatus.REFUSED else None
    if refusal is not None:
        rosters.discard_roster(roster=roster, at=at)
        roster.delete()
        raise refusal
    return roster


def receive_rows(
    *,
    institution: Institution,
    rows: Iterable[Mapping[str, object]],
    source: str,
    roster_date: date,
    uploaded_by: User | None,
    terms: ImportTerms,
    at: datetime,
) -> RosterImport:
    """A roster from another program: dictionaries of our columns (``Column``), read as a stream.

    Raises:
        RosterDateError, RosterFileError: as :func:`receive_roster`.
    """
    with closing(spool_rows(rows=rows)) as file:
        return receive_roster(
            institution=institution,
            file=file,
            file_name=source,
            roster_date=roster_date,
            uploaded_by=uploaded_by,
            terms=terms,
            at=at,
        )


def match_columns(
    *,
    roster: RosterImport,
    name: str,
    columns: Mapping[Column, str],
    words: Mapping[str, Mapping[str, str]],
    by: User | None,
    terms: ImportTerms,
    at: datetime,
) -> None:
    """Somebody has said which column is which: keep it for the next time, and read the file by it.

    Raises:
        RosterTakenError: the roster was decided meanwhile.
    """
    with transaction.atomic():
        roster.mapping = save_mapping(
            institution=roster.institution, name=name, columns=columns, words=words, by=by, at=at
        )
        read_again(roster=roster)
    go_on(roster=roster, terms=terms, at=at, at_once=file_size(roster=roster) <= SMALL_FILE)


def apply_roster(
    *,
    roster: RosterImport,
    terms: ImportTerms,
    at: datetime,
    include_errors: bool = False,
    confirm_ended: bool = False,
) -> None:
    """Apply what a preview shows, if it would still change the same; see its ``status`` and ``reason``.

    Raises:
        RosterDecidedError, RosterHasErrorsError, EndedNotConfirmedError, RosterDateError,
        RosterBusyError: see :func:`lms.people.services.rosters.begin_apply`; nothing was written.
    """
    shown = rosters.begin_apply(
        roster=roster, at=at, include_errors=include_errors, confirm_ended=confirm_ended
    )
    go_on(roster=roster, terms=terms, at=at, at_once=_is_small(shown))


def undo_roster(*, roster: RosterImport, terms: ImportTerms, at: datetime) -> None:
    """Take back what the last roster of an institution changed.

    Raises:
        RosterNotUndoableError, RosterBusyError: nothing was written.
    """
    rosters.begin_undo(roster=roster, at=at)
    go_on(roster=roster, terms=terms, at=at, at_once=_is_small(RosterCounts.from_stored(roster.counts)))


def go_on(*, roster: RosterImport, terms: ImportTerms, at: datetime, at_once: bool = False) -> None:
    """Do what a roster waits for: ``at_once`` as far as a visitor may wait, the rest in the background."""
    if at_once:
        # Whatever stops it here, the task tries again.
        with suppress(RosterTakenError, OperationalError):
            for _ in islice(work_on(roster=roster, terms=terms, at=at), STEPS_AT_ONCE):
                pass
    roster.refresh_from_db()
    if roster.status in WORKING:
        import_string(WORK_TASK).enqueue(str(roster.public_id))
        roster.refresh_from_db()


def work_on(*, roster: RosterImport, terms: ImportTerms, at: datetime) -> Iterator[RosterImport]:
    """Go on with a roster, yielding it after each step, until it waits for a person.

    Safe to stop after any step, to repeat, and to call from two processes at once.

    Raises:
        RosterTakenError: another process is going on with it.
    """
    while True:
        roster.refresh_from_db()
        steps = _steps(roster, terms, at)
        if steps is None:
            return
        for _ in steps:
            yield roster


def _steps(roster: RosterImport, terms: ImportTerms, at: datetime) -> Iterator[None] | None:
    """``at`` is the instant of the decision, whoever carries it out and whenever."""
    decided_at, undone_at = roster.decided_at or at, roster.undone_at or at
    match roster.status:
        case RosterStatus.READING:
            return read_rows(roster=roster, run_key=terms.run_key, sealing_key=terms.sealing_key)
        case RosterStatus.COMPARING | RosterStatus.CHECKING:
            return compare_rows(roster=roster, ended_percent=terms.ended_percent)
        case RosterStatus.APPLYING:
            return write_rows(roster=roster, at=decided_at, on_changed=_tell(decided_at))
        case RosterStatus.ENDING:
            return end_absent(roster=roster, at=decided_at, on_changed=_tell(decided_at))
        case RosterStatus.UNDOING:
            return undo_rows(roster=roster, at=undone_at, on_changed=_tell(undone_at))
    return None


def _tell(at: datetime) -> OnChanged:
    """Whoever depends on postings and leaves is told, in the transaction that changed them."""

    def on_changed(person_ids: Sequence[int]) -> None:
        follow_people(person_ids=person_ids, at=at)

    return on_changed


def _is_small(counts: RosterCounts) -> bool:
    return counts.rows + counts.ended <= SMALL_ROWS
