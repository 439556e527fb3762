"""Rosters: read into a preview, then applied whole or discarded."""

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, BinaryIO

import msgspec
from django.db import OperationalError, transaction
from django.db.models import QuerySet

from lms.lib.clock import local_date
from lms.people.models import Institution, RosterImport, RosterStatus, User
from lms.people.rosters.checking import RosterChecker, RosterRow
from lms.people.rosters.columns import Column
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import Problem, RowProblem
from lms.people.rosters.reading import RosterTable, open_roster
from lms.people.rosters.storage import RowPacker, unpack_rows
from lms.people.selectors import rosters as selectors
from lms.people.services.roster_changes import RosterScope, plan_roster, write_roster

logger = logging.getLogger(__name__)

EARLIEST_DATE = date(2000, 1, 1)
DAYS_AHEAD = 31
DAYS_IN_PREVIEW = 7
"""Unused previews are discarded after this time."""

_RUN_LIKE = re.compile(r"\d{1,2}\.\d{3}\.\d{3}-?[\dkK]|\d{7,8}-[\dkK]")


class RosterError(Exception):
    """A roster cannot be read or applied now."""


class RosterDateError(RosterError):
    """The date is before 2000, more than 31 days ahead, or before a roster already applied (``latest``)."""

    def __init__(self, latest: date | None = None) -> None:
        super().__init__(latest)
        self.latest = latest


class RosterDecidedError(RosterError):
    """It was already applied or discarded."""


class RosterHasErrorsError(RosterError):
    """Rows are wrong, and leaving them out was not chosen or is not offered."""


class EndedNotConfirmedError(RosterError):
    """So many people would end that it must be confirmed."""


class RosterOutdatedError(RosterError):
    """Records changed since the preview, so that it no longer says what would happen."""


class RosterBusyError(RosterError):
    """Another import holds what this one needs; nothing was written, it can be tried again."""


@dataclass(frozen=True)
class _Kept:
    """What is stored beside the rows."""

    has_until: bool
    mentioned: tuple[str, ...]


def read_roster(
    *,
    institution: Institution,
    file: BinaryIO,
    file_name: str,
    roster_date: date,
    run_key: str,
    uploaded_by: User | None,
    at: datetime,
) -> RosterImport:
    """Read a file into a preview; nothing else is written. An equal earlier preview is discarded.

    Raises:
        RosterDateError: a date that cannot be meant, or before a roster already applied.
        RosterFileError: the file cannot be read as a roster.
    """
    _check_date(institution_id=institution.pk, roster_date=roster_date, at=at)
    table = open_roster(file=file)
    checker = RosterChecker(headers=table.headers, roster_date=roster_date, run_key=run_key)
    packer = RowPacker()
    has_until = table.headers.has(Column.VALID_UNTIL)
    counts = plan_roster(
        scope=RosterScope(institution.pk, roster_date, has_until),
        rows=_checked_rows(table, checker, packer),
        mentioned=_late(checker),
    )
    counts.wrong, counts.problems = checker.wrong_rows, checker.problem_count
    kept = _Kept(has_until=has_until, mentioned=tuple(sorted(checker.mentioned)))
    roster = RosterImport(
        institution=institution,
        uploaded_by=uploaded_by,
        file_name=_hide_runs(file_name)[:200],
        sha256=_sha256(file),
        roster_date=roster_date,
        counts=counts.to_stored(),
        errors=[_stored(problem) for problem in checker.problems],
        rows=_join(kept, packer.finish()),
        created_at=at,
    )
    with transaction.atomic():
        _discard_equal(roster, at)
        roster.save()
    return roster


def apply_roster(
    *, roster: RosterImport, at: datetime, include_errors: bool = False, confirm_ended: bool = False
) -> RosterCounts:
    """Apply a preview in one transaction: all that it showed, or nothing.

    ``include_errors``: leave the wrong rows out. ``confirm_ended``: it is meant that so many end.

    Raises:
        RosterDecidedError: applied or discarded before; nothing happens a second time.
        RosterHasErrorsError, EndedNotConfirmedError: a choice is missing.
        RosterOutdatedError: the records changed meanwhile; the preview shows the new numbers.
        RosterDateError: a later roster was applied meanwhile.
        RosterBusyError: the database gave up waiting for another import.
    """
    try:
        with transaction.atomic():
            return _apply(roster, at, include_errors=include_errors, confirm_ended=confirm_ended)
    except RosterOutdatedError:
        refresh_roster(roster=roster)
        raise
    except OperationalError as error:
        # Two institutions that create the same people in another order end in a deadlock.
        logger.warning("roster %s not applied: %s", roster.public_id, type(error.__cause__ or error).__name__)
        raise RosterBusyError from error


def _apply(roster: RosterImport, at: datetime, *, include_errors: bool, confirm_ended: bool) -> RosterCounts:
    # Two rosters of one institution wait for each other; so do two posts of one form.
    # "No key": whoever only refers to the institution (a new enrolment) does not wait.
    Institution.objects.select_for_update(no_key=True).get(pk=roster.institution_id)
    locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
    _require_preview(locked)
    shown = RosterCounts.from_stored(locked.counts)
    if not shown.can_be_applied or (shown.wrong and not include_errors):
        raise RosterHasErrorsError
    if shown.needs_confirmation and not confirm_ended:
        raise EndedNotConfirmedError
    _check_date(institution_id=locked.institution_id, roster_date=locked.roster_date, at=at)
    kept, packed = _split(locked.rows)
    written = write_roster(
        scope=RosterScope(locked.institution_id, locked.roster_date, kept.has_until),
        rows=unpack_rows(packed),
        mentioned=kept.mentioned,
        at=at,
    )
    if written.digest != shown.digest:
        raise RosterOutdatedError
    _decide(locked, RosterStatus.APPLIED, at)
    return shown


def refresh_roster(*, roster: RosterImport) -> RosterCounts:
    """Count again what a preview would change, against the records of now.

    Raises:
        RosterDecidedError: it is no preview any more.
    """
    stored = RosterImport.objects.get(pk=roster.pk)
    _require_preview(stored)
    before = RosterCounts.from_stored(stored.counts)
    kept, packed = _split(stored.rows)
    counts = plan_roster(
        scope=RosterScope(stored.institution_id, stored.roster_date, kept.has_until),
        rows=unpack_rows(packed),
        mentioned=kept.mentioned,
    )
    counts.wrong, counts.problems = before.wrong, before.problems
    roster.counts = counts.to_stored()
    RosterImport.objects.filter(pk=stored.pk, status=RosterStatus.PREVIEW).update(counts=roster.counts)
    return counts


@transaction.atomic
def discard_roster(*, roster: RosterImport, at: datetime) -> None:
    """Give a preview up and erase its rows.

    Raises:
        RosterDecidedError: applied or discarded before.
    """
    locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
    _require_preview(locked)
    _decide(locked, RosterStatus.DISCARDED, at)


def discard_unused_rosters(*, at: datetime) -> int:
    """Discard the previews that nobody decided in seven days; how many. Safe to repeat."""
    old = RosterImport.objects.filter(
        status=RosterStatus.PREVIEW, created_at__lt=at - timedelta(days=DAYS_IN_PREVIEW)
    )
    return _discard_all(old, at)


def list_problems(*, roster: RosterImport) -> Iterator[RowProblem]:
    """The problems of a roster, in the order of its rows."""
    return (msgspec.convert(stored, RowProblem) for stored in roster.errors)


def _discard_equal(roster: RosterImport, at: datetime) -> None:
    """A form sent twice leaves one preview."""
    equal = RosterImport.objects.filter(
        institution_id=roster.institution_id,
        roster_date=roster.roster_date,
        sha256=roster.sha256,
        status=RosterStatus.PREVIEW,
    )
    _discard_all(equal, at)


def _discard_all(rosters: QuerySet[RosterImport], at: datetime) -> int:
    with transaction.atomic():
        found = list(rosters.select_for_update().defer("rows"))
        for roster in found:
            _decide(roster, RosterStatus.DISCARDED, at)
    return len(found)


def _decide(roster: RosterImport, status: RosterStatus, at: datetime) -> None:
    """Close a preview; of its rows and of the texts quoted from the file nothing stays."""
    roster.status = status
    roster.decided_at = at
    roster.rows = None
    roster.errors = [
        error if error["problem"] == Problem.DUPLICATE else {**error, "detail": ""} for error in roster.errors
    ]
    roster.save(update_fields=["status", "decided_at", "rows", "errors"])


def _require_preview(roster: RosterImport) -> None:
    if roster.status != RosterStatus.PREVIEW:
        raise RosterDecidedError(roster.status)


def _check_date(*, institution_id: int, roster_date: date, at: datetime) -> None:
    if not EARLIEST_DATE <= roster_date <= local_date(at) + timedelta(days=DAYS_AHEAD):
        raise RosterDateError
    latest = selectors.find_latest_roster_date(institution_id=institution_id)
    if latest is not None and roster_date < latest:
        raise RosterDateError(latest)


def _checked_rows(table: RosterTable, checker: RosterChecker, packer: RowPacker) -> Iterator[RosterRow]:
    for number, cells in table.rows:
        row = checker.check(number, cells)
        if row is not None:
            packer.add(row)
            yield row


def _late(checker: RosterChecker) -> Iterator[str]:
    """The fingerprints in wrong rows, as they are once all rows have been read."""
    yield from checker.mentioned


def _stored(problem: RowProblem) -> dict[str, Any]:
    return asdict(problem)


def _join(kept: _Kept, packed: bytes) -> bytes:
    return msgspec.json.encode(kept) + b"\n" + packed


def _split(rows: bytes | memoryview | None) -> tuple[_Kept, bytes]:
    head, _, packed = bytes(rows or b"").partition(b"\n")
    return msgspec.json.decode(head, type=_Kept), packed


def _hide_runs(file_name: str) -> str:
    return _RUN_LIKE.sub("•••", file_name)


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    blocks: Iterable[bytes] = iter(lambda: file.read(65_536), b"")
    digest = hashlib.sha256()
    for block in blocks:
        digest.update(block)
    return digest.hexdigest()
