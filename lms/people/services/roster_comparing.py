"""Deciding what the rows of a roster change, and counting it; writes nothing but the numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lms.people.models import RosterChunk, RosterImport, RosterStatus
from lms.people.rosters.column_names import Column
from lms.people.rosters.counts import UNIT_NAMES_KEPT, DecisionDigest, RosterCounts
from lms.people.rosters.fingerprints import FingerprintTable
from lms.people.rosters.guards import last_day_of_absent
from lms.people.rosters.plan import Decision, PersonState, decide_row
from lms.people.rosters.rows import RosterRow
from lms.people.rosters.storage import RowChunk
from lms.people.rosters.units import UnitBook, UnitEntry
from lms.people.selectors import roster_states as states
from lms.people.selectors.rosters import iterate_row_chunks
from lms.people.services.roster_errors import RosterTakenError
from lms.people.services.rosters import OUTDATED


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A row, the person it means where one is recorded, her unit, and what follows."""

    row: RosterRow
    person: PersonState | None
    unit: UnitEntry
    decision: Decision

    def stored_unit_id(self) -> int:
        """Units are stored before the postings that need them."""
        assert self.unit.id is not None
        return self.unit.id


def compare_rows(*, roster: RosterImport, ended_percent: int) -> Iterator[None]:
    """Compare on from where the last step ended, one chunk a step; then count who does not appear.

    Ends in the preview; where the roster is to be applied, in its writing, if the numbers are still
    those that were shown. Four queries a chunk, and one for 2,000 people of the institution.

    Raises:
        RosterTakenError: another process is comparing it, or it was discarded.
    """
    book = states.open_unit_book(institution_id=roster.institution_id)
    seen = FingerprintTable()
    for chunk, content in iterate_row_chunks(roster_id=roster.pk):
        meet(seen, content)
        if chunk.verdicts or not content.rows:
            for row in content.rows:
                book.place(code=row.unit_code, name=row.unit_name, parent=row.parent_unit)
            continue
        verdicts = spell_verdicts(decide_rows(roster=roster, rows=content.rows, book=book))
        _keep(roster, chunk, verdicts)
        yield
    _finish(roster, _count(roster, seen, book, ended_percent))


def meet(seen: FingerprintTable, content: RowChunk) -> None:
    """Everybody of a chunk is present."""
    for fingerprint in content.fingerprints():
        seen.add(fingerprint, 1)


def decide_rows(*, roster: RosterImport, rows: Sequence[RosterRow], book: UnitBook) -> list[DecidedRow]:
    """The decisions of one chunk. Three queries."""
    known = states.find_person_states(
        fingerprints=[row.fingerprint for row in rows],
        institution_id=roster.institution_id,
        roster_date=roster.roster_date,
    )
    has_until = str(Column.VALID_UNTIL) in roster.columns
    return [_decide_one(roster, row, known.get(row.fingerprint), book, has_until) for row in rows]


def _decide_one(
    roster: RosterImport, row: RosterRow, person: PersonState | None, book: UnitBook, has_until: bool
) -> DecidedRow:
    unit = book.place(code=row.unit_code, name=row.unit_name, parent=row.parent_unit)
    decision = decide_row(
        row=row, person=person, unit_id=unit.id, roster_date=roster.roster_date, has_until=has_until
    )
    return DecidedRow(row, person, unit, decision)


def spell_verdicts(decided: Sequence[DecidedRow]) -> str:
    return "".join(item.decision.verdict.letter for item in decided)


def iterate_absent(*, roster: RosterImport, seen: FingerprintTable) -> Iterator[states.PresentPosting]:
    """Postings in force on the date that the roster ends: their people are not in it."""
    present = states.iterate_present_postings(
        institution_id=roster.institution_id, roster_date=roster.roster_date
    )
    for posting in present:
        last_day = last_day_of_absent(
            valid_from=posting.valid_from, valid_until=posting.valid_until, roster_date=roster.roster_date
        )
        if posting.fingerprint not in seen and last_day is not None:
            yield posting


def _keep(roster: RosterImport, chunk: RosterChunk, verdicts: str) -> None:
    mine = RosterChunk.objects.filter(pk=chunk.pk, verdicts="").update(verdicts=verdicts)
    if not mine:
        raise RosterTakenError
    roster.done += len(verdicts)
    RosterImport.objects.filter(pk=roster.pk).update(done=roster.done)


def _count(roster: RosterImport, seen: FingerprintTable, book: UnitBook, ended_percent: int) -> RosterCounts:
    before = RosterCounts.from_stored(roster.counts)
    counts = RosterCounts(wrong=before.wrong, problems=before.problems, ended_percent=ended_percent)
    digest = DecisionDigest()
    chunks = roster.chunks.filter(part=RosterChunk.Part.ROWS).order_by("number")
    for number, verdicts in chunks.values_list("number", "verdicts").iterator(chunk_size=100):
        counts.add(verdicts)
        digest.add(number, verdicts)
    counts.current, counts.without_run = states.count_present(
        institution_id=roster.institution_id, roster_date=roster.roster_date
    )
    ended: set[int] = set()
    for posting in iterate_absent(roster=roster, seen=seen):
        ended.add(posting.person_id)
        digest.add("ended", posting.posting_id)
    counts.ended = len(ended)
    counts.new_units = len(book.new)
    counts.new_unit_names = [unit.name for unit in book.new[:UNIT_NAMES_KEPT]]
    counts.digest = str(digest)
    return counts


def _finish(roster: RosterImport, counts: RosterCounts) -> None:
    """The preview shows the numbers; a roster to be applied goes on only with those that were shown."""
    status, reason = RosterStatus.PREVIEW, ""
    changes: dict[str, object] = {}
    if roster.status == RosterStatus.CHECKING:
        if counts.digest == RosterCounts.from_stored(roster.counts).digest:
            status = RosterStatus.APPLYING
        else:
            reason, changes = OUTDATED, {"decided_at": None}
    mine = RosterImport.objects.filter(pk=roster.pk, status=roster.status).update(
        status=status, reason=reason, counts=counts.to_stored(), done=0, total=counts.correct, **changes
    )
    if not mine:
        raise RosterTakenError
