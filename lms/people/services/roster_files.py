"""Taking a roster in: its file goes to a storage of its own, what it says is read later."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction

from lms.people.models import Institution, RosterImport, RosterMapping, User
from lms.people.models.rosters import UNDECIDED
from lms.people.rosters.columns import Column
from lms.people.rosters.problems import FileProblem, RosterFileError
from lms.people.rosters.reading import LARGEST_FILE
from lms.people.services.rosters import check_date, discard_all

_RUN_LIKE = re.compile(r"\d{1,2}\.\d{3}\.\d{3}-?[\dkK]|\d{7,8}-[\dkK]")
_BLOCK = 1 << 20


def receive_file(
    *,
    institution: Institution,
    file: BinaryIO,
    file_name: str,
    roster_date: date,
    mapping: RosterMapping | None,
    uploaded_by: User | None,
    at: datetime,
) -> RosterImport:
    """Keep a file to be read; an equal one that nobody decided is discarded.

    ``mapping``: only by it are the columns to be read.

    Raises:
        RosterDateError: a date that cannot be meant, or before a roster already applied.
        RosterFileError: empty, or larger than ``LARGEST_FILE``.
    """
    check_date(institution_id=institution.pk, roster_date=roster_date, at=at)
    size = file.seek(0, 2)
    if not size:
        raise RosterFileError(FileProblem.EMPTY)
    if size > LARGEST_FILE:
        raise RosterFileError(FileProblem.TOO_BIG)
    roster = RosterImport(
        institution=institution,
        mapping=mapping,
        uploaded_by=uploaded_by,
        file_name=_RUN_LIKE.sub("•••", file_name)[:200],
        sha256=_sha256(file),
        roster_date=roster_date,
        created_at=at,
        worked_at=at,
    )
    file.seek(0)
    roster.file = storages["rosters"].save(f"{roster.public_id}", File(file))
    try:
        with transaction.atomic():
            _discard_equal(roster, at)
            roster.save()
    except BaseException:
        storages["rosters"].delete(roster.file)
        raise
    return roster


def spool_rows(*, rows: Iterable[Mapping[str, object]]) -> BinaryIO:
    """Rows as other programs give them (our column → value), as a file to be received.

    The first row says which columns there are; the file lives until it is closed. Memory is bounded.

    Raises:
        RosterFileError: no rows, or a column that we do not know or the first row does not have.
    """
    file: BinaryIO = TemporaryFile(prefix="aula-nomina-")  # noqa: SIM115 - the caller closes it
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    try:
        for cells in _lines(rows):
            writer.writerow(cells)
    except BaseException:
        text.close()
        raise
    text.detach()
    return file


def _lines(rows: Iterable[Mapping[str, object]]) -> Iterator[list[object]]:
    columns: list[str] = []
    for row in rows:
        if not columns:
            columns = list(row)
            yield [*columns]
        unknown = set(row) - {str(column) for column in Column} | set(row) - set(columns)
        if unknown:
            raise RosterFileError(FileProblem.UNKNOWN_COLUMN, sorted(map(str, unknown))[0][:40])
        yield [row.get(column, "") for column in columns]
    if not columns:
        raise RosterFileError(FileProblem.NO_ROWS)


def file_size(*, roster: RosterImport) -> int:
    """Bytes of the file that is kept."""
    return int(storages["rosters"].size(roster.file))


def _discard_equal(roster: RosterImport, at: datetime) -> None:
    """A form sent twice leaves one roster."""
    equal = RosterImport.objects.filter(
        institution_id=roster.institution_id,
        roster_date=roster.roster_date,
        sha256=roster.sha256,
        status__in=UNDECIDED,
    )
    discard_all(rosters=equal, at=at)


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()
