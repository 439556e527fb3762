"""An institution with people, a course that is asked of them, and programs."""

from datetime import date, datetime

import pytest

from courses.models import Course
from lms.people.models import Institution, Posting, Unit
from lms.progress.models import TrainingRequirement
from tests.api.asking import Program, program
from tests.factories.learning import make_course
from tests.factories.people import PostingFactory
from tests.factories.requirements import make_requirement, make_spec
from tests.personas import Personas, personas

__all__ = ["personas"]

START, DUE = date(2026, 11, 1), date(2026, 12, 15)


@pytest.fixture(autouse=True)
def _fixed_clock(fixed_clock: None) -> None:
    """For every test here."""


@pytest.fixture
def place(personas: Personas) -> Institution:
    return personas.institution


@pytest.fixture
def unit(personas: Personas) -> Unit:
    return personas.unit


@pytest.fixture
def course(db: None, at: datetime) -> Course:
    make_course(at=at)
    return Course.objects.get(code="curso")


@pytest.fixture
def requirement(place: Institution, course: Course, at: datetime) -> TrainingRequirement:
    return make_requirement(owner=place, spec=make_spec(course.pk, starts_on=START, due_on=DUE), at=at)


@pytest.fixture
def hr(personas: Personas, at: datetime) -> Program:
    """The HR system of the institution, with every scope."""
    return program(personas.carla, at=at, institution=personas.institution)


@pytest.fixture
def other_hr(personas: Personas, at: datetime) -> Program:
    """Elena's: of another institution, with every scope."""
    return program(personas.elena, at=at, institution=personas.other_institution)


def hire(unit: Unit, **more: object) -> Posting:
    posting: Posting = PostingFactory(institution=unit.institution, unit=unit, **more)
    return posting
