"""People of one unit who are asked for a course, and a look at where they stand."""

from datetime import date, datetime, timedelta

from courses.models import Course
from lms.people.models import Institution, Posting, Unit
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.checking import check_counts, check_timelines
from tests.factories.people import PostingFactory
from tests.factories.requirements import make_requirement, make_spec

START, DUE = date(2026, 11, 1), date(2026, 12, 15)


def hire(unit: Unit, **more: object) -> Posting:
    return PostingFactory(institution=unit.institution, unit=unit, **more)


def ask(place: Institution | None, course: Course, at: datetime, **more: object) -> TrainingRequirement:
    spec = make_spec(course.pk, starts_on=START, due_on=more.pop("due_on", DUE), **more)  # type: ignore[arg-type]
    return make_requirement(owner=place, spec=spec, at=at)


def standing_of(posting: Posting, day: date) -> Standing | None:
    row = AssignedTraining.objects.on(day).filter(person_id=posting.person_id).first()
    return Standing(row.standing) if row else None


def assert_right(day: date) -> None:
    assert list(check_timelines()) == []
    for after in (0, 20, 60, 500):
        assert list(check_counts(day=day + timedelta(days=after))) == []
