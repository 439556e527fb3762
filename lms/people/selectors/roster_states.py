"""The records that the rows of a roster are compared with."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lms.people.models import Leave, Person, Posting, Unit
from lms.people.rosters.leaves import LeaveState
from lms.people.rosters.plan import PersonState, PostingState
from lms.people.rosters.units import UnitBook, UnitEntry

PAGE = 2_000


@dataclass(frozen=True, slots=True)
class PresentPosting:
    """A posting in force on a roster's date, of a person whose RUN is known."""

    posting_id: int
    person_id: int
    fingerprint: str
    valid_from: date
    valid_until: date | None


def open_unit_book(*, institution_id: int) -> UnitBook:
    """The institution's units, to be found by code or name. One query."""
    units = Unit.objects.filter(institution_id=institution_id).order_by("pk").select_related("parent")
    return UnitBook(
        UnitEntry(unit.pk, unit.code, unit.name, unit.parent.code if unit.parent else "") for unit in units
    )


def find_person_states(
    *, fingerprints: Collection[str], institution_id: int, roster_date: date
) -> dict[str, PersonState]:
    """The recorded people among ``fingerprints`` with what a decision needs. At most three queries."""
    people = {
        person.pk: person
        for person in Person.objects.present()
        .filter(run_fingerprint__in=list(fingerprints))
        .only("given_names", "family_names", "email", "run_fingerprint")
    }
    if not people:
        return {}
    postings, elsewhere = _postings_of(list(people), institution_id, roster_date)
    leaves = _leaves_of(list(people), institution_id)
    return {
        str(person.run_fingerprint): PersonState(
            id=person.pk,
            given_names=person.given_names,
            family_names=person.family_names,
            email=person.email,
            postings=tuple(postings[person.pk]),
            is_elsewhere=person.pk in elsewhere,
            leaves=tuple(leaves[person.pk]),
        )
        for person in people.values()
    }


def _postings_of(
    person_ids: list[int], institution_id: int, roster_date: date
) -> tuple[dict[int, list[PostingState]], set[int]]:
    """Postings here by person, and the people whom another institution has in force."""
    here: dict[int, list[PostingState]] = defaultdict(list)
    elsewhere: set[int] = set()
    postings = Posting.objects.filter(person_id__in=person_ids).filter(
        Q(institution_id=institution_id) | Q(valid_until__isnull=True) | Q(valid_until__gte=roster_date)
    )
    for posting in postings.order_by("pk"):
        if posting.institution_id == institution_id:
            here[posting.person_id].append(_posting_state(posting))
        elif posting.valid_from <= roster_date:
            elsewhere.add(posting.person_id)
    return here, elsewhere


def _posting_state(posting: Posting) -> PostingState:
    return PostingState(
        id=posting.pk,
        unit_id=posting.unit_id,
        estamento=posting.estamento,
        legal_quality=posting.legal_quality,
        valid_from=posting.valid_from,
        valid_until=posting.valid_until,
        grade=posting.grade,
        position=posting.position,
        region=posting.region,
    )


def _leaves_of(person_ids: list[int], institution_id: int) -> dict[int, list[LeaveState]]:
    found: dict[int, list[LeaveState]] = defaultdict(list)
    leaves = Leave.objects.filter(person_id__in=person_ids, institution_id=institution_id).order_by(
        "first_day"
    )
    for leave in leaves:
        found[leave.person_id].append(LeaveState(leave.pk, leave.first_day, leave.last_day))
    return found


def iterate_present_postings(*, institution_id: int, roster_date: date) -> Iterator[PresentPosting]:
    """Postings in force on the date, of people with a known RUN, in pages by id: one query for 2,000.

    People without a RUN cannot be looked for in a roster and are therefore never ended by one.
    Rows may be written between two of them.
    """
    postings = (
        Posting.objects.valid_on(roster_date)
        .filter(institution_id=institution_id, person__run_fingerprint__isnull=False)
        .order_by("pk")
        .values_list("pk", "person_id", "person__run_fingerprint", "valid_from", "valid_until")
    )
    last = 0
    while page := list(postings.filter(pk__gt=last)[:PAGE]):
        last = page[-1][0]
        for pk, person_id, fingerprint, valid_from, valid_until in page:
            yield PresentPosting(pk, person_id, str(fingerprint), valid_from, valid_until)


def count_present(*, institution_id: int, roster_date: date) -> tuple[int, int]:
    """People in force on the date: with a known RUN, and without (no roster finds these). Two queries."""
    here = Posting.objects.valid_on(roster_date).filter(institution_id=institution_id)
    people = here.values("person_id").distinct()
    known = people.filter(person__run_fingerprint__isnull=False).count()
    return known, people.filter(person__run_fingerprint__isnull=True).count()
