"""Headcounts from a spreadsheet: read, checked and shown; then written whole or not at all."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from lms.lib.table_files import LARGEST_FILE, RawRow, open_grids, written_rows
from lms.people.models import Institution
from lms.people.rosters.problems import ValueProblemError
from lms.people.rosters.values import read_estamento, read_legal_quality, text_of
from lms.plan.models import Headcount, HeadcountUpload
from lms.plan.rules.headcounts import (
    COLUMNS,
    FaultyRow,
    HeadcountFault,
    HeadcountRow,
    find_columns,
    read_people,
)

Fault = HeadcountFault


class MissingColumnsError(ValueError):
    """The file is no table of headcounts: ``missing`` columns lack."""

    def __init__(self, missing: Collection[str]) -> None:
        super().__init__(missing)
        self.missing = tuple(missing)


@dataclass(frozen=True)
class HeadcountSource:
    """Where the numbers were read, and of which day."""

    headcount_date: date
    source_text: str
    source_url: str
    includes_honorarios: bool
    file_name: str
    sha256: str


def read_headcounts(
    *, file: BinaryIO, includes_honorarios: bool, only: Collection[str] = ()
) -> tuple[list[HeadcountRow], list[FaultyRow]]:
    """The rows and what is wrong with others. One query. Nothing is written.

    Args:
        only: codes of the institutions that may be written; empty is all.

    Raises:
        MissingColumnsError: see there.
        lms.lib.table_files.TableError: not a spreadsheet, damaged, too large, or without rows.
    """
    places, table = _open(file)
    known = set(Institution.objects.values_list("code", flat=True))
    rows: dict[tuple[str, str, str], HeadcountRow] = {}
    faults: list[FaultyRow] = []
    for number, cells in written_rows(table):
        row = _read(cells, places, known=known, only=only)
        if isinstance(row, HeadcountRow) and row.group in rows:
            row = Fault.REPEATED
        if isinstance(row, HeadcountRow) and row.legal_quality == "honorarios" and not includes_honorarios:
            row = Fault.HONORARIOS
        if isinstance(row, HeadcountFault):
            faults.append(FaultyRow(number, row))
        else:
            rows[row.group] = row
    return list(rows.values()), faults


def _open(file: BinaryIO) -> tuple[dict[str, int], Iterator[RawRow]]:
    file.seek(0)
    best: dict[str, int] = {}
    # One byte beyond the limit is enough to refuse it.
    for grid in open_grids(file.read(LARGEST_FILE + 1)):
        for number, cells in grid.first_rows():
            places = find_columns(cells)
            if len(places) == len(COLUMNS):
                return places, grid.rows_below(number)
            best = max(best, places, key=len)
    raise MissingColumnsError([name for name in COLUMNS if name not in best])


def _read(
    cells: Sequence[object], places: dict[str, int], *, known: Collection[str], only: Collection[str]
) -> HeadcountRow | HeadcountFault:
    try:
        text = {name: text_of(cells[at]) if at < len(cells) else "" for name, at in places.items()}
    except ValueProblemError:
        return Fault.UNREADABLE
    code, people = text["institution"].upper(), read_people(text["people"])
    if code not in known:
        return Fault.UNKNOWN_INSTITUTION
    if only and code not in only:
        return Fault.FOREIGN_INSTITUTION
    if people is None:
        return Fault.WRONG_NUMBER
    try:
        estamento = read_estamento(text["estamento"])
    except ValueProblemError:
        return Fault.UNKNOWN_ESTAMENTO
    try:
        return HeadcountRow(code, estamento, read_legal_quality(text["legal_quality"]), people)
    except ValueProblemError:
        return Fault.UNKNOWN_QUALITY


def digest_file(*, file: BinaryIO) -> str:
    """SHA-256 of the whole file, which is small (``LARGEST_FILE``)."""
    file.seek(0)
    return hashlib.sha256(file.read()).hexdigest()


@transaction.atomic
def save_headcounts(
    *,
    plan_id: int,
    source: HeadcountSource,
    rows: Sequence[HeadcountRow],
    uploaded_by_id: int | None,
    at: datetime,
) -> HeadcountUpload:
    """Writes a checked upload. Three queries."""
    upload = HeadcountUpload.objects.create(
        plan_id=plan_id,
        headcount_date=source.headcount_date,
        source_text=source.source_text,
        source_url=source.source_url,
        includes_honorarios=source.includes_honorarios,
        file_name=source.file_name,
        sha256=source.sha256,
        uploaded_by_id=uploaded_by_id,
        uploaded_at=at,
    )
    ids = dict(
        Institution.objects.filter(code__in={row.institution for row in rows}).values_list("code", "pk")
    )
    Headcount.objects.bulk_create(
        Headcount(
            upload=upload,
            institution_id=ids[row.institution],
            estamento=row.estamento,
            legal_quality=row.legal_quality,
            people=row.people,
        )
        for row in rows
    )
    return upload
