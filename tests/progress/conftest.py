"""A course, an institution and a unit for those who are asked."""

from datetime import datetime

import pytest

from courses.models import Course
from lms.people.models import Institution, Unit
from tests.factories.learning import make_course
from tests.factories.people import InstitutionFactory, UnitFactory


@pytest.fixture
def course(db: None, at: datetime) -> Course:
    make_course(at=at)
    return Course.objects.get(code="curso")


@pytest.fixture
def place(course: Course) -> Institution:
    return InstitutionFactory()


@pytest.fixture
def unit(place: Institution) -> Unit:
    return UnitFactory(institution=place)
