from datetime import datetime

import pytest

from courses.models import CoursePage
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.people import PersonFactory


@pytest.fixture
def course(db: None, at: datetime) -> CoursePage:
    return make_course(at=at)


@pytest.fixture
def learner(course: CoursePage, at: datetime) -> Learner:
    """Somebody who has completed the course."""
    learner = make_learner(person=PersonFactory(), at=at)
    learner.complete(at)
    return learner
