"""Headcounts from a spreadsheet: read, checked and shown; then written whole or not at all."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction

from lms.people.models import Institution
from lms.people.rosters.csv_files import SEPARATORS, RosterText
from lms.people.rosters.problems import ValueProblemError
from lms.people.rosters.reading import open_source, without_blanks
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

LARGEST_FILE = 2 * 1024 * 1024
MOST_ROWS = 20_000
Rows = Iterator[tuple[int, Sequence[object]]]
Fault = HeadcountFault


class HeadcountFileError(ValueError):
    """The file is no table of headcounts: ``too_big``, ``too_many_rows``, or ``missing`` columns."""

    def __init__(self, why: str, missing: Collection[str] = ()) -> None:
        super().__init__(why)
        self.why, self.missing = why, tuple(missing)


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
        HeadcountFileError: see there.
        RosterFileError: not a spreadsheet, or damaged.
    """
    if file.seek(0, 2) > LARGEST_FILE:
        raise HeadcountFileError("too_big")
    places, table = _open(file)
    known = set(Institution.objects.values_list("code", flat=True))
    rows: dict[tuple[str, str, str], HeadcountRow] = {}
    faults: list[FaultyRow] = []
    for count, (number, cells) in enumerate(without_blanks(table)):
        if count >= MOST_ROWS:
            raise HeadcountFileError("too_many_rows")
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


def _open(file: BinaryIO) -> tuple[dict[str, int], Rows]:
    source = open_source(file=file)
    best: dict[str, int] = {}
    sheets = SEPARATORS if isinstance(source, RosterText) else source.sheets
    for sheet in sheets:
        for index, cells in enumerate(source.first_rows(sheet)):
            places = find_columns(cells)
            if len(places) == len(COLUMNS):
                if isinstance(source, RosterText):
                    return places, source.rows(str(sheet), index)
                return places, source.rows(sheet, index + 2, max(places.values()) + 1)
            best = max(best, places, key=len)
    raise HeadcountFileError("missing", [name for name in COLUMNS if name not in best])


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
