from datetime import datetime

import pytest

from courses.models import CoursePage
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.people import PersonFactory, PostingFactory
from tests.journeys.merging import lively, two

__all__ = ["lively", "two"]


@pytest.fixture
def course(db: None, at: datetime) -> CoursePage:
    return make_course(at=at)


@pytest.fixture
def learner(course: CoursePage, at: datetime) -> Learner:
    """An employee who has taken up the course."""
    posting = PostingFactory(person=PersonFactory(given_names="Ana", family_names="Ñanco"))
    return make_learner(person=posting.person, at=at, posting=posting)
