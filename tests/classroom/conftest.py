from datetime import datetime

import pytest
from django.test import Client

from courses.models import CoursePage
from lms.people.models import User
from tests.factories.learning import Learner, make_course, make_learner
from tests.personas import Personas, client_for, create_personas


@pytest.fixture
def course(db: None, at: datetime) -> CoursePage:
    return make_course(at=at)


@pytest.fixture
def people(course: CoursePage) -> Personas:
    return create_personas()


@pytest.fixture
def ana(people: Personas) -> User:
    return people.ana


@pytest.fixture
def client(ana: User) -> Client:
    """Ana's browser."""
    return client_for(ana)


@pytest.fixture
def learner(ana: User, at: datetime) -> Learner:
    """Ana, enrolled at her work."""
    posting = ana.person.postings.get()
    return make_learner(person=ana.person, at=at, posting=posting)
