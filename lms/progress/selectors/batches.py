"""Who and what the lines of a list mean, and which of them are new."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from courses.models import Course
from lms.lib.run import fingerprint_run
from lms.people.models import Person, Posting
from lms.progress.lists.checking import Line
from lms.progress.lists.columns import Column
from lms.progress.lists.problems import Fault, RowFault
from lms.progress.models import Assurance, Completion, CompletionBatch, LearningContext

T = TypeVar("T")
CHUNK = 900
"""Values in one condition; SQLite takes 999."""


@dataclass(frozen=True)
class BatchRow:
    """One completion to attest, as a batch keeps it. ``row``: its number in the file."""

    row: int
    person_id: int
    course_id: int
    day: date
    minutes: int
    percent: int | None


@dataclass(frozen=True)
class Resolved:
    """What is new, how many are attested already, and the lines that mean nobody or nothing."""

    new: list[BatchRow]
    known: int
    faults: list[RowFault]


def resolve_lines(
    *, lines: Sequence[Line], institution_id: int, run_key: str, own_person_id: int | None
) -> Resolved:
    """Look up people of the institution, courses and what is attested. Five queries per 900 lines.

    ``own_person_id``: of who attests, whose own courses somebody else has to attest.
    """
    people = _Known(lines, institution_id, run_key)
    courses = dict(Course.objects.filter(releases__is_current=True).values_list("code", "pk"))
    rows: list[BatchRow] = []
    faults: list[RowFault] = []
    first: dict[tuple[int, int, date], int] = {}
    for line in lines:
        person_id, course_id = people.find(line), courses.get(line.course)
        fault = _fault(line, people, person_id, course_id)
        if fault or person_id is None or course_id is None:
            faults.append(fault or RowFault(line.row, Column.COURSE, Fault.UNKNOWN_COURSE))
            continue
        if person_id == own_person_id:
            faults.append(RowFault(line.row, Column.RUN if line.run else Column.EMAIL, Fault.OWN))
            continue
        key = (person_id, course_id, line.day)
        if key in first:
            faults.append(RowFault(line.row, "", Fault.DUPLICATE, str(first[key])))
            continue
        first[key] = line.row
        rows.append(BatchRow(line.row, person_id, course_id, line.day, line.minutes, line.percent))
    known = set(_attested([row.person_id for row in rows]))
    new = [row for row in rows if (row.person_id, row.course_id, row.day) not in known]
    return Resolved(new, len(rows) - len(new), faults)


def _fault(line: Line, people: "_Known", person_id: int | None, course_id: int | None) -> RowFault | None:
    if person_id is None:
        return RowFault(line.row, Column.RUN if line.run else Column.EMAIL, Fault.UNKNOWN_PERSON)
    if course_id is None:
        return RowFault(line.row, Column.COURSE, Fault.UNKNOWN_COURSE)
    if not people.works(person_id, line.day):
        return RowFault(line.row, Column.DAY, Fault.NOT_IN_POSTING)
    return None


class _Known:
    """People of the institution by RUN and by address, with the days on which they work there."""

    def __init__(self, lines: Sequence[Line], institution_id: int, run_key: str) -> None:
        self._key = run_key
        prints = [fingerprint_run(line.run, run_key) for line in lines if line.run]
        addresses = [line.email for line in lines if not line.run]
        self._by_run: dict[str, int] = {}
        self._by_email: dict[str, set[int]] = defaultdict(set)
        self._jobs: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
        here = Person.objects.present().filter(postings__institution_id=institution_id)
        for part in _parts(prints):
            found = here.filter(run_fingerprint__in=part).values_list("run_fingerprint", "pk")
            self._by_run.update({mark: pk for mark, pk in found if mark})
        for part in _parts(addresses):
            for email, pk in here.filter(email__in=part).values_list("email", "pk"):
                self._by_email[email.lower()].add(pk)
        ids = [*self._by_run.values(), *(pk for found in self._by_email.values() for pk in found)]
        for some in _parts(ids):
            jobs = Posting.objects.filter(institution_id=institution_id, person_id__in=some)
            for pk, begins, ends in jobs.values_list("person_id", "valid_from", "valid_until"):
                self._jobs[pk].append((begins, ends))

    def find(self, line: Line) -> int | None:
        """The one person meant; nobody where an address is that of several."""
        if line.run:
            return self._by_run.get(fingerprint_run(line.run, self._key))
        found = self._by_email.get(line.email, set())
        return next(iter(found)) if len(found) == 1 else None

    def works(self, person_id: int, day: date) -> bool:
        return any(begins <= day and (not ends or day <= ends) for begins, ends in self._jobs[person_id])


def _attested(person_ids: Sequence[int]) -> Iterator[tuple[int, int, date]]:
    for part in _parts(person_ids):
        yield from Completion.objects.filter(
            person_id__in=part, context=LearningContext.EMPLOYEE, assurance=Assurance.D, counts=True
        ).values_list("person_id", "course_id", "completed_on")


def _parts(values: Sequence[T]) -> Iterator[list[T]]:
    wanted = list(dict.fromkeys(values))
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]


def list_batches(*, institution_ids: frozenset[int] | None) -> QuerySet[CompletionBatch]:
    """Lists of these institutions (``None``: of all), newest first."""
    rows = CompletionBatch.objects.select_related("institution", "uploaded_by")
    return rows if institution_ids is None else rows.filter(institution_id__in=institution_ids)


def find_batch(*, public_id: UUID) -> CompletionBatch | None:
    """One list with its institution and paper. One query."""
    rows = CompletionBatch.objects.select_related("institution", "file", "uploaded_by")
    return rows.filter(public_id=public_id).first()
