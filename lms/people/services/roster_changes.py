"""Comparing the rows of a roster with the records, and writing what they change, a chunk at a time.

``plan_roster`` only reads; ``write_roster`` decides in the same way and writes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from lms.people.models import Person, Posting, Unit
from lms.people.rosters.checking import RosterRow
from lms.people.rosters.counts import UNIT_NAMES_KEPT, DecisionDigest, RosterCounts
from lms.people.rosters.plan import Decision, PersonState, decide_row, last_day_of_absent
from lms.people.rosters.units import UnitBook, UnitEntry
from lms.people.selectors import rosters as selectors

Item = TypeVar("Item")

CHUNK = 500
"""Rows decided and written together; below the 999 parameters that any SQLite accepts."""


@dataclass(frozen=True)
class RosterScope:
    """What the rows are about. ``has_until``: the file has a column for the last day."""

    institution_id: int
    roster_date: date
    has_until: bool


@dataclass(frozen=True, slots=True)
class DecidedRow:
    row: RosterRow
    person: PersonState | None
    unit: UnitEntry
    decision: Decision

    def stored_unit_id(self) -> int:
        """Units are stored before the postings that need them."""
        assert self.unit.id is not None
        return self.unit.id


@dataclass
class RosterPlanner:
    """Decides rows in order and counts. ``present`` is read before anything is written."""

    scope: RosterScope
    counts: RosterCounts = field(default_factory=RosterCounts)
    _seen: set[str] = field(default_factory=set)
    _digest: DecisionDigest = field(default_factory=DecisionDigest)

    def __post_init__(self) -> None:
        institution_id, roster_date = self.scope.institution_id, self.scope.roster_date
        self.units: UnitBook = selectors.open_unit_book(institution_id=institution_id)
        self._present = list(
            selectors.iterate_present_postings(institution_id=institution_id, roster_date=roster_date)
        )
        self.counts.current = len({posting.person_id for posting in self._present})
        self.counts.without_run = selectors.count_without_run(
            institution_id=institution_id, roster_date=roster_date
        )

    def decide(self, rows: list[RosterRow]) -> list[DecidedRow]:
        """The decisions of one chunk. Two queries."""
        states = selectors.find_person_states(
            fingerprints=[row.fingerprint for row in rows],
            institution_id=self.scope.institution_id,
            roster_date=self.scope.roster_date,
        )
        return [self._decide_one(row, states.get(row.fingerprint)) for row in rows]

    def _decide_one(self, row: RosterRow, person: PersonState | None) -> DecidedRow:
        unit = self.units.resolve(code=row.unit_code, name=row.unit_name)
        decision = decide_row(
            row=row,
            person=person,
            unit_id=unit.id,
            roster_date=self.scope.roster_date,
            has_until=self.scope.has_until,
        )
        self._seen.add(row.fingerprint)
        self.counts.correct += 1
        self.counts.add(decision.verdict)
        self._digest.add(row.number, decision.verdict)
        return DecidedRow(row, person, unit, decision)

    def decide_absent(self, mentioned: Iterable[str]) -> dict[date, list[int]]:
        """Postings to end, by their new last day; call after the last row.

        ``mentioned``: fingerprints of people in wrong rows, who are not absent.
        """
        here = self._seen.union(mentioned)
        endings: dict[date, list[int]] = {}
        people: set[int] = set()
        for posting in self._present:
            last_day = last_day_of_absent(
                valid_from=posting.valid_from,
                valid_until=posting.valid_until,
                roster_date=self.scope.roster_date,
            )
            if last_day is None or posting.fingerprint in here:
                continue
            endings.setdefault(last_day, []).append(posting.posting_id)
            people.add(posting.person_id)
            self._digest.add("ended", posting.posting_id)
        self.counts.ended = len(people)
        return endings

    def finish(self, new_units: list[UnitEntry]) -> RosterCounts:
        self.counts.new_units = len(new_units)
        self.counts.new_unit_names = [unit.name for unit in new_units[:UNIT_NAMES_KEPT]]
        self.counts.digest = str(self._digest)
        return self.counts


def plan_roster(*, scope: RosterScope, rows: Iterable[RosterRow], mentioned: Iterable[str]) -> RosterCounts:
    """What the rows would change. Reads only: three queries and two per chunk.

    ``mentioned`` is read after the last row.
    """
    planner = RosterPlanner(scope)
    for chunk in _chunks(rows):
        planner.decide(chunk)
    planner.decide_absent(mentioned)
    return planner.finish(planner.units.new)


def write_roster(
    *, scope: RosterScope, rows: Iterable[RosterRow], mentioned: Iterable[str], at: datetime
) -> RosterCounts:
    """Write what the rows change; the caller holds the transaction and the lock.

    Three queries and a constant number per chunk of 500 rows.
    """
    planner = RosterPlanner(scope)
    created: list[UnitEntry] = []
    for chunk in _chunks(rows):
        decided = planner.decide(chunk)
        created += _create_units(planner.units, scope.institution_id)
        _write_people(decided, at)
        _write_postings(decided, scope.institution_id)
    for last_day, posting_ids in planner.decide_absent(mentioned).items():
        for ids in _chunks(posting_ids):
            Posting.objects.filter(pk__in=ids).update(valid_until=last_day)
    return planner.finish(created)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _create_units(book: UnitBook, institution_id: int) -> list[UnitEntry]:
    """Store the units met for the first time; their entries get their ids."""
    entries, book.new = book.new, []
    units = Unit.objects.bulk_create(
        Unit(institution_id=institution_id, code=entry.code, name=entry.name) for entry in entries
    )
    for entry, unit in zip(entries, units, strict=True):
        entry.id = unit.pk
    return entries


def _write_people(decided: list[DecidedRow], at: datetime) -> None:
    """Create the unknown people, correct the names and addresses of the known ones."""
    unknown = [
        Person(
            given_names=item.row.given_names,
            family_names=item.row.family_names,
            email=item.row.email,
            run_fingerprint=item.row.fingerprint,
            run_masked=item.row.run_masked,
            created_at=at,
        )
        for item in decided
        if item.person is None
    ]
    # Another institution may be creating the same person at this moment; then hers is taken.
    Person.objects.bulk_create(unknown, ignore_conflicts=True)
    renamed = [
        Person(
            pk=item.person.id,
            given_names=item.row.given_names,
            family_names=item.row.family_names,
            email=item.row.email or item.person.email,
        )
        for item in decided
        if item.person is not None and item.decision.renames
    ]
    if renamed:
        Person.objects.bulk_update(renamed, ["given_names", "family_names", "email"])


def _write_postings(decided: list[DecidedRow], institution_id: int) -> None:
    """Close, correct and open postings, in this order."""
    closed = [
        Posting(pk=end.posting_id, valid_until=end.valid_until)
        for item in decided
        if (end := item.decision.closes)
    ]
    corrected = [
        Posting(
            pk=end.posting_id,
            unit_id=item.stored_unit_id(),
            estamento=item.row.estamento,
            legal_quality=item.row.legal_quality,
            valid_until=end.valid_until,
        )
        for item in decided
        if (end := item.decision.corrects)
    ]
    if closed:
        Posting.objects.bulk_update(closed, ["valid_until"])
    if corrected:
        Posting.objects.bulk_update(corrected, ["unit", "estamento", "legal_quality", "valid_until"])
    person_ids = _person_ids(decided)
    Posting.objects.bulk_create(
        Posting(
            person_id=person_ids[item.row.fingerprint],
            institution_id=institution_id,
            unit_id=item.stored_unit_id(),
            estamento=item.row.estamento,
            legal_quality=item.row.legal_quality,
            valid_from=opens.valid_from,
            valid_until=opens.valid_until,
        )
        for item in decided
        if (opens := item.decision.opens)
    )


def _person_ids(decided: list[DecidedRow]) -> dict[str, int]:
    """Ids of the people who begin a posting, the created ones included, by fingerprint."""
    ids = {item.row.fingerprint: item.person.id for item in decided if item.person is not None}
    created = [item.row.fingerprint for item in decided if item.person is None]
    if created:
        found = Person.objects.filter(run_fingerprint__in=created).values_list("run_fingerprint", "pk")
        ids.update({str(fingerprint): pk for fingerprint, pk in found})
    return ids
