"""Courses completed at work, within the dates of postings in reach: what HR may know of a person."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.api.models import TraceKind
from lms.api.paging import cut
from lms.api.selectors.parts import Part, Reading
from lms.api.selectors.traces import Copied, compare, digest_of, traced_people
from lms.lib.clock import local_date
from lms.people.days import Days
from lms.people.models import Person, Posting
from lms.people.policy import Reach
from lms.people.selectors.reach import within
from lms.progress.models import Completion, LearningContext


@dataclass(frozen=True)
class CompletedRow:
    """A person and all that it completed within reach, the earliest first."""

    person: Person
    completions: list[Completion]


def list_completions(*, reach: Reach, course: str, after: int, limit: int) -> Part[CompletedRow]:
    """A part of those who completed the course. Four queries."""
    ids = _people(reach, after, Q(course__code=course))
    part, last = cut(ids[: limit + 1], limit=limit)
    people = _read(part, reach, Q(course__code=course))
    return Part([row for pk in part if (row := people[pk].row)], last)


def copy_completions(
    *, reach: Reach, reading: Reading, after: int, limit: int, key: str
) -> Copied[CompletedRow]:
    """A part of everybody who completed something, or of those whose list differs since.

    With ``since`` a part looks at ``limit`` people and has only those of them who may differ. At most
    seven queries.
    """
    traced = traced_people(kind=TraceKind.COMPLETIONS, reach=reach, reading=reading, after=after)
    part, last = cut([*_people(reach, after, Q())[: limit + 1], *traced[: limit + 1]], limit=limit)
    people = _read(part, reach, Q())
    digests = {
        (pk, place): digest_of(spelling, key=key)
        for pk in part
        for place, spelling in people[pk].spellings.items()
    }
    return compare(
        kind=TraceKind.COMPLETIONS,
        rows={pk: row for pk in part if (row := people[pk].row)},
        digests=digests,
        person_ids=part,
        last=last,
        reach=reach,
        reading=reading,
    )


def _people(reach: Reach, after: int, what: Q) -> QuerySet[Completion, int]:
    """People with something completed on a day of a posting within reach; in order."""
    jobs = Posting.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("completed_on")),
        within(reach),
        person=OuterRef("person"),
        valid_from__lte=OuterRef("completed_on"),
    )
    rows = Completion.objects.filter(
        what, Exists(jobs), context=LearningContext.EMPLOYEE, person_id__gt=after
    )
    return rows.order_by("person_id").values_list("person_id", flat=True).distinct()


@dataclass
class _Read:
    """What was read of one person: postings within reach, and all that it completed at work."""

    person: Person | None
    jobs: list[Posting] = field(default_factory=list)
    completions: list[Completion] = field(default_factory=list)

    @property
    def row(self) -> CompletedRow | None:
        """What was begun and completed on days of these postings."""
        seen = [
            row
            for row in self.completions
            if _is_within(row.completed_on, self.jobs)
            and _is_within(local_date(row.enrolment.started_at), self.jobs)
        ]
        return CompletedRow(self.person, seen) if self.person and seen else None

    @property
    def spellings(self) -> dict[int, str]:
        """By institution, all on which it depends what is told: the same for whoever reads it."""
        if self.person is None or not self.completions:
            return {}
        jobs: dict[int, list[Posting]] = {}
        for job in self.jobs:
            jobs.setdefault(job.institution_id, []).append(job)
        return {place: _spell(spans, self.completions) for place, spans in jobs.items()}


def _read(ids: Sequence[int], reach: Reach, what: Q) -> dict[int, _Read]:
    """Three queries."""
    people = Person.objects.present().in_bulk(ids)
    found = {pk: _Read(people.get(pk)) for pk in ids}
    for job in Posting.objects.filter(within(reach), person_id__in=ids).order_by("pk"):
        found[job.person_id].jobs.append(job)
    rows = Completion.objects.filter(what, person_id__in=ids, context=LearningContext.EMPLOYEE)
    for row in rows.select_related("course", "enrolment").order_by("completed_on", "pk"):
        found[row.person_id].completions.append(row)
    return found


def _is_within(day: date, jobs: list[Posting]) -> bool:
    return any(Days(job.valid_from, job.valid_until).has(day) for job in jobs)


def _spell(jobs: list[Posting], completions: list[Completion]) -> str:
    spans = [(job.valid_from, job.valid_until) for job in jobs]
    told = [
        (
            row.public_id, row.course.code, row.enrolment.started_at, row.completed_on, row.valid_until,
            row.percent, row.minutes, row.assurance, row.counts,
        )
        for row in completions
        if _is_within(row.completed_on, jobs)
    ]  # fmt: skip
    return msgspec.json.encode((spans, told)).decode()
