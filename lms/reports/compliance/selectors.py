"""What HR sees of one institution. All counts come from the one definition of coverage."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.models import Course
from courses.outline import CourseOutline
from courses.selectors import current_outlines, list_courses_with_release
from lms.people.models import Estamento, Institution, LegalQuality, Posting, Unit
from lms.people.policy import Action, Viewer, institution_ids_for
from lms.progress.models import Completion, Enrolment, LearningContext
from lms.progress.selectors.coverage import Cell, count_cells, end_of, facts_of, principal_postings
from lms.progress.selectors.progress import count_units_done
from lms.reports.compliance.filters import Filters
from lms.reports.compliance.narrowing import narrow_names, narrow_places

PAGE_SIZE = 50
EMPTY = Cell(None, None, None, None, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Row:
    """A group of people by state. ``percent`` is of those who completed, 0–100 with one decimal."""

    key: str
    label: str
    headcount: int
    completed: int
    in_progress: int
    not_started: int

    @property
    def percent(self) -> float | None:
        return round(self.completed * 100 / self.headcount, 1) if self.headcount else None

    @property
    def missing(self) -> int:
        return self.headcount - self.completed

    @property
    def parts(self) -> list[tuple[str, int]]:
        """For the stacked bar: completed, in progress, not started."""
        return [("c-val", self.completed), ("c-run", self.in_progress), ("c-track", self.not_started)]


@dataclass(frozen=True)
class PersonRow:
    """One person of the institution in one course."""

    person_id: int
    public_id: UUID
    name: str
    run_masked: str
    email: str
    unit: str
    estamento: str
    legal_quality: str
    state: str
    units_done: int
    units_total: int
    completed_on: date | None
    valid_until: date | None
    percent: int | None
    assurance: str

    @property
    def is_attested(self) -> bool:
        """Completed elsewhere, on the institution's word: there are no units to show."""
        return self.state == "completed" and self.units_done == 0


def to_row(cell: Cell, *, key: str, label: str) -> Row:
    """A counted cell as a row; who enrolled and has not completed is in progress."""
    started = max(cell.reached, cell.completed)
    return Row(key, label, cell.headcount, cell.completed, started - cell.completed, cell.headcount - started)


def list_institutions(*, viewer: Viewer) -> QuerySet[Institution]:
    """Institutions whose people the viewer may see, those with people first by name."""
    allowed = institution_ids_for(viewer=viewer, action=Action.SEE_PEOPLE)
    rows = Institution.objects.order_by("name")
    if allowed is not None:
        return rows.filter(pk__in=allowed)
    return rows.filter(Exists(Posting.objects.filter(institution=OuterRef("pk"))))


def list_courses() -> list[Course]:
    """Courses to choose from. One query."""
    return list(list_courses_with_release())


def list_units(*, institution_id: int) -> list[Unit]:
    """Units to choose from. One query."""
    return list(Unit.objects.filter(institution_id=institution_id).order_by("name"))


def filtered_postings(*, institution_id: int, filters: Filters, cutoff: date) -> QuerySet[Posting]:
    """The institution's people on the date, by unit, estamento, legal quality and name."""
    rows = principal_postings(cutoff=cutoff, institution_id=institution_id)
    return narrow_names(narrow_places(rows, filters), filters.search)


def summarise(
    *, institution_id: int, filters: Filters, course_code: str, cutoff: date
) -> tuple[Row, list[Row], list[Row]]:
    """Total, by estamento and by unit (least advanced first). Two queries."""
    cells = count_cells(
        course_codes=[course_code],
        cutoff=cutoff,
        dimensions=("estamento", "unit_id"),
        postings=filtered_postings(institution_id=institution_id, filters=filters, cutoff=cutoff),
        figures=("reached", "completed"),
    )
    names = dict(Unit.objects.filter(institution_id=institution_id).values_list("pk", "name"))
    by_estamento, by_unit = defaultdict(list), defaultdict(list)
    for cell in cells:
        by_estamento[cell.estamento].append(cell)
        by_unit[cell.unit_id].append(cell)
    estamento_rows = [
        to_row(_add(by_estamento[value]), key=value, label=str(label))
        for value, label in Estamento.choices
        if value in by_estamento
    ]
    unit_rows = [
        to_row(_add(part), key=str(unit_id), label=names.get(unit_id or 0, ""))
        for unit_id, part in by_unit.items()
    ]
    unit_rows.sort(key=lambda row: (row.percent or 0, row.label))
    return to_row(_add(cells), key="", label=""), estamento_rows, unit_rows


def _add(cells: Iterable[Cell]) -> Cell:
    total = EMPTY
    for cell in cells:
        total = Cell(
            None, None, None, None,
            total.headcount + cell.headcount, total.reached + cell.reached, total.started + cell.started,
            total.assessed + cell.assessed, total.completed + cell.completed,
        )  # fmt: skip
    return total


def people_postings(
    *, institution_id: int, filters: Filters, course_code: str, cutoff: date
) -> QuerySet[Posting]:
    """Postings of the people to list, in list order."""
    facts = facts_of(course_codes=[course_code], cutoff=cutoff)
    is_completed, is_reached = Q(facts["completed"]), Q(facts["reached"])
    rows = (
        filtered_postings(institution_id=institution_id, filters=filters, cutoff=cutoff)
        .select_related("person", "unit")
        .order_by("person__family_names", "person__given_names", "person_id")
    )
    if filters.state == "completed":
        return rows.filter(is_completed)
    if filters.state == "in_progress":
        return rows.filter(~is_completed, is_reached)
    if filters.state == "not_started":
        return rows.filter(~is_completed, ~is_reached)
    return rows


def list_people(*, postings: list[Posting], course_code: str, cutoff: date) -> list[PersonRow]:
    """The rows of these postings. Five queries, whatever their number."""
    person_ids = [posting.person_id for posting in postings]
    outline: CourseOutline | None = current_outlines(codes=[course_code]).get(course_code)
    taken = Enrolment.objects.filter(
        person_id__in=person_ids, course__code=course_code, context=LearningContext.EMPLOYEE
    )
    begun = set(taken.filter(started_at__lt=end_of(day=cutoff)).values_list("person_id", flat=True))
    course_ids = list(Course.objects.filter(code=course_code).values_list("pk", flat=True))
    done = count_units_done(person_ids=person_ids, course_ids=course_ids)
    completions = {
        completion.person_id: completion
        for completion in Completion.objects.valid_on(cutoff)
        .filter(person_id__in=person_ids, course__code=course_code, context=LearningContext.EMPLOYEE)
        .order_by("completed_at")
    }
    return [
        _person_row(
            posting,
            done.get(posting.person_id, 0),
            posting.person_id in begun,
            completions.get(posting.person_id),
            outline,
        )
        for posting in postings
    ]


def _person_row(
    posting: Posting,
    units_done: int,
    is_reached: bool,
    completion: Completion | None,
    outline: CourseOutline | None,
) -> PersonRow:
    state = "completed" if completion else "in_progress" if is_reached else "not_started"
    return PersonRow(
        person_id=posting.person_id,
        public_id=posting.person.public_id,
        name=posting.person.list_name,
        run_masked=posting.person.run_masked,
        email=posting.person.email,
        unit=posting.unit.name,
        estamento=str(Estamento(posting.estamento).label),
        legal_quality=str(LegalQuality(posting.legal_quality).label),
        state=state,
        units_done=units_done,
        units_total=len(outline.units) if outline else 0,
        completed_on=completion.completed_on if completion else None,
        valid_until=completion.valid_until if completion else None,
        percent=completion.percent if completion else None,
        assurance=completion.assurance if completion else "",
    )


def iterate_people(
    *, institution_id: int, filters: Filters, course_code: str, cutoff: date, chunk: int = 900
) -> Iterator[PersonRow]:
    """All rows for an export, 900 people at a time (SQLite takes 999 values). Six queries each."""
    postings = people_postings(
        institution_id=institution_id, filters=filters, course_code=course_code, cutoff=cutoff
    )
    ids = list(postings.values_list("pk", flat=True))
    for start in range(0, len(ids), chunk):
        part = ids[start : start + chunk]
        rows = Posting.objects.select_related("person", "unit").in_bulk(part)
        yield from list_people(
            postings=[rows[pk] for pk in part if pk in rows], course_code=course_code, cutoff=cutoff
        )
