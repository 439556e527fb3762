"""The rosters that were loaded, and how institutions spell theirs."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import QuerySet

from lms.lib.sealing import unseal
from lms.people.models import Institution, Person, RosterChunk, RosterImport, RosterMapping, RosterStatus
from lms.people.models.rosters import WORKING, WRITING
from lms.people.rosters.columns import Column, ColumnMap
from lms.people.rosters.problems import RowProblem
from lms.people.rosters.storage import RowChunk, WrongRow, read_wrong_rows, unpack_chunk

UNDO_FOR = timedelta(days=30)
SEAL_PURPOSE = "roster-wrong-rows"
_STANDING = (RosterStatus.APPLIED, RosterStatus.UNDONE, *WRITING)


def find_latest_roster_date(*, institution_id: int) -> date | None:
    """The date of the latest roster applied in the institution. One query."""
    return (
        RosterImport.objects.filter(institution_id=institution_id, status=RosterStatus.APPLIED)
        .order_by("-roster_date")
        .values_list("roster_date", flat=True)
        .first()
    )


def list_rosters(*, institution_ids: frozenset[int] | None) -> QuerySet[RosterImport]:
    """Rosters loaded in these institutions (``None``: all), newest first. One query."""
    rosters = RosterImport.objects.select_related("institution", "uploaded_by").defer("inspection")
    return rosters if institution_ids is None else rosters.filter(institution_id__in=institution_ids)


def list_roster_institutions(*, institution_ids: frozenset[int] | None) -> QuerySet[Institution]:
    """Institutions whose roster may be loaded, by name; ``None`` means all."""
    institutions = Institution.objects.order_by("name")
    return institutions if institution_ids is None else institutions.filter(pk__in=institution_ids)


def find_roster(*, public_id: UUID) -> RosterImport | None:
    """One roster. One query."""
    return (
        RosterImport.objects.select_related("institution", "uploaded_by", "mapping")
        .filter(public_id=public_id)
        .first()
    )


def find_open_roster(*, institution_id: int) -> RosterImport | None:
    """The roster that somebody has to go on with, the newest. One query."""
    return (
        RosterImport.objects.filter(institution_id=institution_id, status__in=WORKING)
        .order_by("-created_at")
        .first()
    )


def find_last_applied(*, institution_id: int) -> RosterImport | None:
    """The roster applied last, whatever its date. One query."""
    applied = RosterImport.objects.filter(institution_id=institution_id, status=RosterStatus.APPLIED)
    return applied.order_by("-decided_at").first()


def list_stopped_rosters(*, since: datetime) -> QuerySet[RosterImport]:
    """Rosters to go on with that have not moved since then. One query."""
    return RosterImport.objects.filter(status__in=WORKING, worked_at__lt=since)


def can_be_undone(*, roster: RosterImport, at: datetime) -> bool:
    """True for the last roster applied in its institution, for thirty days. At most two queries."""
    if roster.status != RosterStatus.APPLIED or roster.decided_at is None:
        return False
    if at >= roster.decided_at + UNDO_FOR:
        return False
    later = RosterImport.objects.filter(
        institution_id=roster.institution_id, status__in=_STANDING, decided_at__gt=roster.decided_at
    )
    if later.exclude(pk=roster.pk).exists():
        return False
    return roster.chunks.filter(applied_at__isnull=False).exists()


def list_problems(
    *, roster: RosterImport, keys: Sequence[str], limit: int | None = None
) -> Iterator[RowProblem]:
    """What is wrong with the rows, in their order; quotations only while the rows are kept.

    One query, streamed.
    """
    chunks = roster.chunks.filter(part=RosterChunk.Part.ROWS, wrong_count__gt=0).order_by("number")
    stored = chunks.values_list("problems", "wrong").iterator(chunk_size=10)
    found = (problem for problems, sealed in stored for problem in _problems_of(problems, sealed, keys))
    return islice(found, limit)


def _problems_of(problems: list[Any], sealed: str, keys: Sequence[str]) -> Iterator[RowProblem]:
    if sealed:
        for row in _open_wrong(sealed, keys):
            yield from row.problems
    else:
        yield from (msgspec.convert(problem, RowProblem) for problem in problems)


def list_wrong_rows(*, roster: RosterImport, keys: Sequence[str]) -> Iterator[WrongRow]:
    """The wrong rows as they stand in the file, while they are kept. One query, streamed."""
    chunks = roster.chunks.filter(part=RosterChunk.Part.ROWS).exclude(wrong="").order_by("number")
    for sealed in chunks.values_list("wrong", flat=True).iterator(chunk_size=10):
        yield from _open_wrong(sealed, keys)


def _open_wrong(sealed: str, keys: Sequence[str]) -> list[WrongRow]:
    return read_wrong_rows(unseal(sealed, purpose=SEAL_PURPOSE, keys=keys))


def iterate_row_chunks(*, roster_id: int) -> Iterator[tuple[RosterChunk, RowChunk]]:
    """The chunks of a roster with their rows, in order; one query for each, so that memory is bounded."""
    number = -1
    chunks = RosterChunk.objects.filter(roster_id=roster_id, part=RosterChunk.Part.ROWS).order_by("number")
    while chunk := chunks.filter(number__gt=number).defer("problems", "wrong", "before").first():
        number = chunk.number
        yield chunk, unpack_chunk(chunk.rows) if chunk.rows else RowChunk()


def list_mappings(*, institution_id: int) -> list[RosterMapping]:
    """How the institution spells its rosters, the last used first. One query."""
    return list(RosterMapping.objects.filter(institution_id=institution_id))


def find_mapping(*, institution_id: int, name: str) -> RosterMapping | None:
    """One of them by its name. One query."""
    return RosterMapping.objects.filter(institution_id=institution_id, name=name).first()


def column_map_of(*, mapping: RosterMapping) -> ColumnMap:
    """A stored mapping as the reader takes it; columns that we do not know any more are left out."""
    known = {str(column) for column in Column}
    columns = {Column(name): str(title) for name, title in mapping.columns.items() if name in known}
    return ColumnMap(columns, mapping.words)


def list_kept_people(*, roster: RosterImport, limit: int) -> tuple[int, list[Person]]:
    """People whom undoing left alone: how many, and the first of them by name. Two queries."""
    kept = roster.chunks.exclude(kept=[]).values_list("kept", flat=True)
    ids = {person_id for stored in kept for person_id in stored}
    people = Person.objects.filter(pk__in=sorted(ids)[:limit]).order_by("family_names", "given_names")
    return len(ids), list(people)
