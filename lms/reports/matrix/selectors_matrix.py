"""People × courses: what each person of an institution has of each course on one day.

Only what was learned at work, begun and reached within the dates of the person's postings there. What
a requirement of the institution accepts from elsewhere shows as accredited, without its dates.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from courses.models import Course
from lms.lib.clock import local_date
from lms.people.models import Posting
from lms.progress.models import AssignedTraining, Completion, Enrolment, LearningContext, RequirementVersion
from lms.progress.rules.requirements import Mode, RequirementSpec, version_on
from lms.progress.rules.timeline import MET
from lms.progress.selectors.coverage import end_of, principal_postings
from lms.reports.compliance.narrowing import narrow_names, narrow_places
from lms.reports.compliance.standing_scope import StandingScope
from lms.reports.people.selectors_people import Span, is_within

MOST_COURSES = 12
"""More columns cannot be read, on a screen or on paper."""
CHUNK = 900


class CellKind(StrEnum):
    DONE = "done"
    EXPIRED = "expired"
    ACCREDITED = "accredited"
    STARTED = "started"
    NOTHING = "nothing"


@dataclass(frozen=True)
class MatrixCell:
    """One person in one course. ``on`` and ``until`` of what was completed; ``until`` None: no end."""

    kind: CellKind
    on: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class MatrixRow:
    """One person with its cells, in the order of the columns."""

    public_id: UUID
    name: str
    run_masked: str
    unit: str
    estamento: str
    legal_quality: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class Columns:
    """The courses shown, and all there are to choose from; ``is_cut``: more were asked for."""

    courses: tuple[Course, ...]
    choices: tuple[Course, ...]
    is_cut: bool
    is_chosen: bool


def list_columns(*, scope: StandingScope, codes: Sequence[str]) -> Columns:
    """The courses chosen, else those of the requirements in force on the day. Two queries."""
    choices = tuple(Course.objects.order_by("title", "pk"))
    chosen = [course for course in choices if course.code in codes]
    asked = {course for spec in specs_of(scope=scope).values() for course in spec.courses}
    shown = chosen or [course for course in choices if course.pk in asked]
    return Columns(tuple(shown[:MOST_COURSES]), choices, len(shown) > MOST_COURSES, bool(chosen))


def specs_of(*, scope: StandingScope) -> dict[int, RequirementSpec]:
    """What each requirement asks on the day; its first version governs the days before it. One query."""
    versions: dict[int, list[RequirementVersion]] = defaultdict(list)
    for row in RequirementVersion.objects.filter(requirement__in=scope.requirements).order_by("number"):
        versions[row.requirement_id].append(row)
    return {pk: version_on(versions=own, day=scope.day).read_spec() for pk, own in versions.items()}


def people_of(*, scope: StandingScope) -> QuerySet[Posting]:
    """One posting for each person who works there that day, by the filters, by name. No query."""
    filters = scope.filters
    rows = principal_postings(cutoff=scope.day, institution_id=scope.institution.pk)
    if scope.unit_ids is not None:
        rows = rows.filter(unit_id__in=scope.unit_ids)
    rows = narrow_names(narrow_places(rows, filters), filters.search).select_related("person", "unit")
    return rows.order_by("person__family_names", "person__given_names", "person_id")


def to_rows(
    *, postings: Sequence[Posting], courses: Sequence[Course], scope: StandingScope
) -> list[MatrixRow]:
    """The rows of these people. Five queries."""
    reader = _Reader(scope, [posting.person_id for posting in postings], courses)
    return [
        MatrixRow(
            public_id=posting.person.public_id,
            name=posting.person.list_name,
            run_masked=posting.person.run_masked,
            unit=posting.unit.name,
            estamento=posting.get_estamento_display(),
            legal_quality=posting.get_legal_quality_display(),
            cells=tuple(reader.cell(posting.person_id, course.pk) for course in courses),
        )
        for posting in postings
    ]


def iterate_rows(*, courses: Sequence[Course], scope: StandingScope) -> Iterator[MatrixRow]:
    """All rows for an export, 900 people at a time. Six queries each."""
    ids = list(people_of(scope=scope).values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        found = Posting.objects.select_related("person", "unit").in_bulk(part)
        postings = [found[pk] for pk in part if pk in found]
        yield from to_rows(postings=postings, courses=courses, scope=scope)


Key = tuple[int, int]
"""Person and course."""


class _Reader:
    """What is known of some people in some courses."""

    def __init__(self, scope: StandingScope, person_ids: list[int], courses: Sequence[Course]) -> None:
        self.day = scope.day
        at_work: dict[str, object] = {
            "person_id__in": person_ids,
            "course_id__in": [course.pk for course in courses],
            "context": LearningContext.EMPLOYEE,
        }
        self.spans = _spans(scope, person_ids)
        self.done = self._read_done(at_work)
        self.started = self._read_started(at_work)
        self.accredited = _accredited(scope, person_ids)

    def cell(self, person_id: int, course_id: int) -> MatrixCell:
        key = (person_id, course_id)
        done = self.done.get(key)
        if done and (done[1] is None or done[1] >= self.day):
            return MatrixCell(CellKind.DONE, *done)
        if key in self.accredited:
            return MatrixCell(CellKind.ACCREDITED)
        if done and self.started.get(key, date.min) <= done[0]:
            return MatrixCell(CellKind.EXPIRED, *done)
        return MatrixCell(CellKind.STARTED if key in self.started else CellKind.NOTHING)

    def _read_done(self, at_work: dict[str, object]) -> dict[Key, tuple[date, date | None]]:
        """The completion of each that holds longest, of those that the postings let show."""
        rows = Completion.objects.filter(**at_work, counts=True, completed_on__lte=self.day)
        found: dict[Key, tuple[date, date | None]] = {}
        for person_id, course_id, started_at, on, until in rows.order_by("completed_on", "pk").values_list(
            "person_id", "course_id", "enrolment__started_at", "completed_on", "valid_until"
        ):
            if self._is_within(person_id, on) and self._is_within(person_id, local_date(started_at)):
                before = found.get((person_id, course_id))
                if before is None or _end(until) >= _end(before[1]):
                    found[person_id, course_id] = (on, until)
        return found

    def _read_started(self, at_work: dict[str, object]) -> dict[Key, date]:
        """The day on which each was begun last."""
        rows = Enrolment.objects.filter(**at_work, started_at__lt=end_of(day=self.day))
        found: dict[Key, date] = {}
        for person_id, course_id, at in rows.order_by("started_at", "pk").values_list(
            "person_id", "course_id", "started_at"
        ):
            day = local_date(at)
            if self._is_within(person_id, day):
                found[person_id, course_id] = day
        return found

    def _is_within(self, person_id: int, day: date) -> bool:
        return is_within(day=day, spans=self.spans[person_id])


def _end(until: date | None) -> date:
    return until or date.max


def _spans(scope: StandingScope, person_ids: list[int]) -> dict[int, list[Span]]:
    """The dates of the postings that the viewer may see, by person. One query."""
    rows = Posting.objects.filter(institution=scope.institution, person_id__in=person_ids)
    if scope.unit_ids is not None:
        rows = rows.filter(unit_id__in=scope.unit_ids)
    spans: dict[int, list[Span]] = defaultdict(list)
    for person_id, first, last in rows.values_list("person_id", "valid_from", "valid_until"):
        spans[person_id].append(Span(first, last))
    return spans


def _accredited(scope: StandingScope, person_ids: list[int]) -> set[Key]:
    """Courses that a requirement of the institution takes for done, which its first page tells too.

    Of one that any of several courses meets, nobody can tell which. Two queries.
    """
    courses = {pk: spec.courses for pk, spec in specs_of(scope=scope).items() if _tells_which(spec)}
    rows = AssignedTraining.objects.on(scope.day).filter(
        requirement_id__in=list(courses),
        institution=scope.institution,
        person_id__in=person_ids,
        standing__in=MET,
    )
    return {
        (person_id, course_id)
        for requirement_id, person_id in rows.values_list("requirement_id", "person_id")
        for course_id in courses[requirement_id]
    }


def _tells_which(spec: RequirementSpec) -> bool:
    return spec.mode == Mode.ALL or len(spec.courses) == 1
