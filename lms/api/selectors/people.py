"""People with a job now where a token reaches, and single records."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.api.models import TraceKind
from lms.api.paging import cut
from lms.api.selectors.parts import Part, PlaceFilters, Reading, inside
from lms.api.selectors.traces import Copied, compare, digest_of, traced_people
from lms.people.days import Days
from lms.people.models import Leave, Person, Posting
from lms.people.policy import Reach
from lms.people.selectors.reach import within


@dataclass(frozen=True)
class PersonRow:
    """A person and the job of a day; of several jobs within reach, the one begun last."""

    person: Person
    posting: Posting


@dataclass(frozen=True)
class PersonRecord:
    """All postings and absences within reach, the latest first."""

    person: Person
    postings: list[Posting]
    leaves: list[Leave]


def list_people(
    *, reach: Reach, day: date, filters: PlaceFilters, search: str, after: int, limit: int
) -> Part[PersonRow]:
    """A part of those with a job on the day, filtered. Three queries."""
    ids = _present(reach, day, filters, search).filter(pk__gt=after).values_list("pk", flat=True)
    part, last = cut(ids.order_by("pk")[: limit + 1], limit=limit)
    people, jobs = _people(part), _jobs(part, reach)
    rows = [_row(people[pk], jobs[pk], day, filters) for pk in part if pk in people]
    return Part([row for row in rows if row], last)


def copy_people(
    *, reach: Reach, day: date, reading: Reading, after: int, limit: int, key: str
) -> Copied[PersonRow]:
    """A part of everybody with a job on the day, or of those who differ since.

    With ``since`` a part looks at ``limit`` people and has only those of them who may differ. At most
    seven queries.
    """
    ids = _present(reach, day, PlaceFilters(), "").filter(pk__gt=after).values_list("pk", flat=True)
    traced = traced_people(kind=TraceKind.PEOPLE, reach=reach, reading=reading, after=after)
    part, last = cut([*ids.order_by("pk")[: limit + 1], *traced[: limit + 1]], limit=limit)
    people, jobs, leaves = _people(part), _jobs(part, reach), _leaves(part, reach)
    digests = {
        (pk, place): digest_of(_spell(people[pk], jobs[pk], leaves[pk], place, day), key=key)
        for pk in people
        for place in {job.institution_id for job in jobs[pk] if _is_on(job, day)}
    }
    rows = {
        pk: row for pk in part if pk in people and (row := _row(people[pk], jobs[pk], day, PlaceFilters()))
    }
    return compare(
        kind=TraceKind.PEOPLE,
        rows=rows,
        digests=digests,
        person_ids=part,
        last=last,
        reach=reach,
        reading=reading,
    )


def find_record(*, reach: Reach, public_id: UUID) -> PersonRecord | None:
    """The record of a person with a posting, present or past, within reach. Three queries."""
    person = Person.objects.present().filter(public_id=public_id).first()
    if person is None:
        return None
    jobs = _jobs([person.pk], reach)[person.pk]
    return PersonRecord(person, jobs, _leaves([person.pk], reach)[person.pk]) if jobs else None


def _present(reach: Reach, day: date, filters: PlaceFilters, search: str) -> QuerySet[Person]:
    jobs = Posting.objects.valid_on(day).filter(within(reach), person=OuterRef("pk"), **filters.lookups())
    rows = Person.objects.present().filter(Exists(jobs))
    for word in search.split()[:5]:
        rows = rows.filter(
            Q(given_names__icontains=word) | Q(family_names__icontains=word) | Q(email__icontains=word)
        )
    return rows


def _people(ids: Sequence[int]) -> dict[int, Person]:
    return Person.objects.present().in_bulk(ids)


def _jobs(ids: Sequence[int], reach: Reach) -> dict[int, list[Posting]]:
    """By person, the latest first."""
    jobs: dict[int, list[Posting]] = {pk: [] for pk in ids}
    postings = Posting.objects.filter(within(reach), person_id__in=ids)
    for job in postings.select_related("institution", "unit").order_by("-valid_from", "-pk"):
        jobs[job.person_id].append(job)
    return jobs


def _leaves(ids: Sequence[int], reach: Reach) -> dict[int, list[Leave]]:
    """By person, the latest first."""
    leaves: dict[int, list[Leave]] = {pk: [] for pk in ids}
    absences = Leave.objects.filter(inside(reach), person_id__in=ids).select_related("institution")
    for leave in absences.order_by("-first_day", "-pk"):
        leaves[leave.person_id].append(leave)
    return leaves


def _row(person: Person, jobs: list[Posting], day: date, filters: PlaceFilters) -> PersonRow | None:
    job = next((job for job in jobs if _is_on(job, day) and filters.matches(job)), None)
    return PersonRow(person, job) if job else None


def _is_on(job: Posting, day: date) -> bool:
    return Days(job.valid_from, job.valid_until).has(day)


def _spell(person: Person, jobs: list[Posting], leaves: list[Leave], place: int, day: date) -> str:
    """All that is told of the person in one institution on the day."""
    work = [
        (
            job.public_id, job.institution.code, job.unit.code, job.estamento, job.legal_quality, job.grade,
            job.position, job.region, job.valid_from, job.valid_until, _is_on(job, day),
        )
        for job in jobs
        if job.institution_id == place
    ]  # fmt: skip
    away = [(leave.first_day, leave.last_day) for leave in leaves if leave.institution_id == place]
    own = (person.given_names, person.family_names, person.email, person.run_masked)
    return msgspec.json.encode((own, work, away)).decode()
