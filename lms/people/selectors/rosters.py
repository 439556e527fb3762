"""What a roster is compared with, and the rosters that were loaded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from lms.people.models import Institution, Person, Posting, RosterImport, RosterStatus, Unit
from lms.people.rosters.plan import PersonState, PostingState
from lms.people.rosters.units import UnitBook, UnitEntry


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
    units = Unit.objects.filter(institution_id=institution_id).order_by("pk")
    return UnitBook(UnitEntry(unit.pk, unit.code, unit.name) for unit in units)


def find_person_states(
    *, fingerprints: Iterable[str], institution_id: int, roster_date: date
) -> dict[str, PersonState]:
    """The recorded people among ``fingerprints`` with what a decision needs. Two queries."""
    people = {
        person.pk: person
        for person in Person.objects.present()
        .filter(run_fingerprint__in=list(fingerprints))
        .only("given_names", "family_names", "email", "run_fingerprint")
    }
    here: dict[int, list[PostingState]] = defaultdict(list)
    elsewhere: set[int] = set()
    postings = Posting.objects.filter(person_id__in=list(people)).filter(
        Q(institution_id=institution_id) | Q(valid_until__isnull=True) | Q(valid_until__gte=roster_date)
    )
    for posting in postings:
        if posting.institution_id == institution_id:
            here[posting.person_id].append(_posting_state(posting))
        elif posting.valid_from <= roster_date:
            elsewhere.add(posting.person_id)
    return {
        str(person.run_fingerprint): PersonState(
            id=person.pk,
            given_names=person.given_names,
            family_names=person.family_names,
            email=person.email,
            postings=tuple(here[person.pk]),
            is_elsewhere=person.pk in elsewhere,
        )
        for person in people.values()
    }


def _posting_state(posting: Posting) -> PostingState:
    return PostingState(
        id=posting.pk,
        unit_id=posting.unit_id,
        estamento=posting.estamento,
        legal_quality=posting.legal_quality,
        valid_from=posting.valid_from,
        valid_until=posting.valid_until,
    )


def iterate_present_postings(*, institution_id: int, roster_date: date) -> Iterator[PresentPosting]:
    """Postings in force on the date, of people with a known RUN; one query, read as a stream.

    People without a RUN cannot be looked for in a roster and are therefore never ended by one.
    """
    rows = (
        Posting.objects.valid_on(roster_date)
        .filter(institution_id=institution_id, person__run_fingerprint__isnull=False)
        .order_by("pk")
        .values_list("pk", "person_id", "person__run_fingerprint", "valid_from", "valid_until")
    )
    for pk, person_id, fingerprint, valid_from, valid_until in rows.iterator(chunk_size=2000):
        yield PresentPosting(pk, person_id, str(fingerprint), valid_from, valid_until)


def count_without_run(*, institution_id: int, roster_date: date) -> int:
    """People in force on the date whom no roster can recognise. One query."""
    return (
        Posting.objects.valid_on(roster_date)
        .filter(institution_id=institution_id, person__run_fingerprint__isnull=True)
        .values("person_id")
        .distinct()
        .count()
    )


def find_latest_roster_date(*, institution_id: int) -> date | None:
    """The date of the latest roster applied in the institution. One query."""
    return (
        RosterImport.objects.filter(institution_id=institution_id, status=RosterStatus.APPLIED)
        .order_by("-roster_date")
        .values_list("roster_date", flat=True)
        .first()
    )


def list_rosters(*, institution_ids: frozenset[int] | None) -> QuerySet[RosterImport]:
    """Rosters loaded in these institutions (``None``: all), newest first, without rows and errors."""
    rosters = RosterImport.objects.select_related("institution", "uploaded_by").defer("rows", "errors")
    return rosters if institution_ids is None else rosters.filter(institution_id__in=institution_ids)


def list_roster_institutions(*, institution_ids: frozenset[int] | None) -> QuerySet[Institution]:
    """Institutions whose roster may be loaded, by name; ``None`` means all."""
    institutions = Institution.objects.order_by("name")
    return institutions if institution_ids is None else institutions.filter(pk__in=institution_ids)


def find_roster(*, public_id: UUID) -> RosterImport | None:
    """One roster without its rows. One query."""
    return (
        RosterImport.objects.select_related("institution", "uploaded_by")
        .defer("rows")
        .filter(public_id=public_id)
        .first()
    )
