from datetime import datetime

import pytest
from django.test import Client

from lms.discussions.models import CourseDiscussion, Post
from lms.people.services.course_teams import join_team
from tests.factories.discussions import open_discussion, write_thread
from tests.factories.learning import make_course, make_learner
from tests.personas import Personas, client_for, create_personas


@pytest.fixture
def people(db: None, at: datetime, fixed_clock: None) -> Personas:
    """Ana and Bruno take the course at work in one institution, Elena in another; Diego teaches."""
    make_course(at=at)
    found = create_personas()
    join_team(user=found.diego, course_code="curso", at=at)
    for user in (found.ana, found.bruno, found.elena):
        make_learner(person=user.person, at=at, posting=user.person.postings.get())
    return found


@pytest.fixture
def discussion(people: Personas, at: datetime) -> CourseDiscussion:
    """Switched on, one conversation per institution."""
    return open_discussion(at=at)


@pytest.fixture
def first(people: Personas, discussion: CourseDiscussion, at: datetime) -> Post:
    """Ana's question to the people of her institution."""
    return write_thread(discussion, people.ana.person, place=people.institution, at=at)


@pytest.fixture
def ana(people: Personas) -> Client:
    return client_for(people.ana)


@pytest.fixture
def bruno(people: Personas) -> Client:
    return client_for(people.bruno)


@pytest.fixture
def elena(people: Personas) -> Client:
    return client_for(people.elena)


@pytest.fixture
def diego(people: Personas) -> Client:
    return client_for(people.diego)
