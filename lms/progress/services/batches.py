"""Lists of courses completed elsewhere: read into a preview, then decided."""

import hashlib
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import BinaryIO

from django.db import transaction

from lms.lib.clock import local_date
from lms.progress.authorship import Author
from lms.progress.lists.checking import Checker
from lms.progress.lists.problems import Fault, RowFault
from lms.progress.lists.reading import open_list
from lms.progress.models import CompletionBatch, EvidenceFile
from lms.progress.selectors.batches import BatchRow, resolve_lines

DAYS_IN_PREVIEW = 7
Status = CompletionBatch.Status


class BatchDecidedError(Exception):
    """It was registered or discarded before."""


def read_batch(
    *,
    file: BinaryIO,
    paper: EvidenceFile,
    source: str,
    author: Author,
    own_person_id: int | None,
    run_key: str,
    at: datetime,
) -> CompletionBatch:
    """Read a list into a preview; nothing else is written. RUN and addresses are not kept.

    Raises:
        ListError: the file is no list.
    """
    rows = open_list(file=file)
    checker = Checker(today=local_date(at))
    lines = [line for number, cells in rows if (line := checker.check(number, cells))]
    found = resolve_lines(
        lines=lines, institution_id=author.institution_id, run_key=run_key, own_person_id=own_person_id
    )
    faults = sorted([*checker.faults, *found.faults], key=lambda fault: fault.row)
    return CompletionBatch.objects.create(
        institution_id=author.institution_id,
        file=paper,
        source=source,
        sha256=_sha256(file),
        rows=[{**asdict(row), "day": row.day.isoformat()} for row in found.new],
        problems=[asdict(fault) for fault in faults],
        new=len(found.new),
        known=found.known,
        wrong=len({fault.row for fault in faults}),
        uploaded_by_id=author.user_id,
        created_at=at,
    )


def rows_of(*, batch: CompletionBatch) -> list[BatchRow]:
    """The rows to attest. No query."""
    return [BatchRow(**{**row, "day": date.fromisoformat(row["day"])}) for row in batch.rows]


def faults_of(*, batch: CompletionBatch) -> list[RowFault]:
    """The rows that were refused. No query."""
    return [RowFault(**{**fault, "fault": Fault(fault["fault"])}) for fault in batch.problems]


def lock_batch(*, batch_id: int) -> CompletionBatch:
    """The list, locked, still to be decided.

    Raises:
        BatchDecidedError: see there.
    """
    batch = CompletionBatch.objects.select_for_update(of=("self",)).get(pk=batch_id)
    if not batch.is_preview:
        raise BatchDecidedError
    return batch


@transaction.atomic(savepoint=False)
def decide_batch(*, batch: CompletionBatch, status: str, at: datetime) -> None:
    """Note what became of it and forget its rows."""
    batch.status, batch.decided_at, batch.rows, batch.problems = status, at, [], []
    if status == Status.DISCARDED:
        batch.file = None
    batch.save(update_fields=["status", "decided_at", "rows", "problems", "file"])


@transaction.atomic
def discard_batch(*, batch_id: int, at: datetime) -> None:
    """Give the preview up; its paper is deleted with the unused ones.

    Raises:
        BatchDecidedError: see there.
    """
    decide_batch(batch=lock_batch(batch_id=batch_id), status=Status.DISCARDED, at=at)


@transaction.atomic
def discard_forgotten(*, at: datetime) -> int:
    """Discard previews of a week ago; how many."""
    old = CompletionBatch.objects.filter(
        status=Status.PREVIEW, created_at__lt=at - timedelta(days=DAYS_IN_PREVIEW)
    ).select_for_update()
    for batch in old:
        decide_batch(batch=batch, status=Status.DISCARDED, at=at)
    return len(old)


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    return hashlib.sha256(file.read()).hexdigest()
