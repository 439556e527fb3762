"""People in a requirement, as lists and exports show them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from courses.models import CourseRelease
from lms.people.models import Estamento, LegalQuality
from lms.progress.models import AssignedTraining
from lms.progress.models.assigned import AssignedTrainingQuerySet
from lms.progress.rules.timeline import MET, Standing
from lms.progress.selectors.progress import count_units_done
from lms.progress.standing_tags import notice_of
from lms.reports.compliance.standing_scope import StandingScope
from lms.ui.components import Notice

CHUNK = 900


@dataclass(frozen=True)
class StandingLine:
    """One person in one requirement. ``units_total`` 0: a past day, of which the way is not known."""

    public_id: UUID
    name: str
    run_masked: str
    email: str
    unit: str
    estamento: str
    legal_quality: str
    standing: Standing
    assigned_on: date
    due_on: date | None
    done_on: date | None
    valid_until: date | None
    units_done: int
    units_total: int

    @property
    def notice(self) -> Notice:
        """The standing as a tag."""
        return notice_of(standing=self.standing)

    @property
    def is_met(self) -> bool:
        return self.standing in MET


def to_lines(*, rows: Sequence[AssignedTraining], scope: StandingScope) -> list[StandingLine]:
    """The lines of these rows (with person and unit). Three queries, or none without rows."""
    if not rows or scope.requirement is None:
        return []
    courses = scope.requirement.versions.order_by("-number")[0].read_spec().courses
    done: dict[int, int] = {}
    total = 0
    if scope.is_today:
        done = count_units_done(person_ids=[row.person_id for row in rows], course_ids=courses)
        total = _count_units(courses)
    return [_line(row, min(done.get(row.person_id, 0), total), total) for row in rows]


def iterate_lines(*, rows: AssignedTrainingQuerySet, scope: StandingScope) -> Iterator[StandingLine]:
    """All lines for an export, 900 people at a time (SQLite takes 999 values). Four queries each."""
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        found = AssignedTraining.objects.select_related("person", "unit").in_bulk(part)
        yield from to_lines(rows=[found[pk] for pk in part if pk in found], scope=scope)


def _count_units(course_ids: Sequence[int]) -> int:
    releases = CourseRelease.objects.filter(is_current=True, course_id__in=course_ids)
    return sum(len(release.outline.units) for release in releases)


def _line(row: AssignedTraining, units_done: int, units_total: int) -> StandingLine:
    return StandingLine(
        public_id=row.person.public_id,
        name=row.person.list_name,
        run_masked=row.person.run_masked,
        email=row.person.email,
        unit=row.unit.name,
        estamento=str(Estamento(row.estamento).label),
        legal_quality=str(LegalQuality(row.legal_quality).label),
        standing=Standing(row.standing),
        assigned_on=row.assigned_on,
        due_on=row.due_on,
        done_on=row.done_on,
        valid_until=row.valid_until,
        units_done=units_done,
        units_total=units_total,
    )
