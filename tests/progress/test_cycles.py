"""Enrolments of one person in one course are numbered in the order in which they began."""

from datetime import datetime, timedelta

import pytest

from lms.journeys.replay_progress import check
from lms.people.models import Person
from lms.progress.models import Enrolment
from lms.progress.services.cycles import number_cycles, set_cycles_aside
from lms.xapi.platform import current_platform
from tests.factories.learning import make_course, make_learner
from tests.factories.people import PersonFactory, PostingFactory
from tests.factories.records import attest
from tests.queries import count_queries


@pytest.fixture
def person(db: None, at: datetime) -> Person:
    make_course(at=at - timedelta(days=900))
    return PostingFactory(person=PersonFactory()).person


def numbers(person: Person) -> list[int]:
    return list(
        Enrolment.objects.filter(person=person).order_by("started_at").values_list("cycle", flat=True)
    )


def test_what_hr_attests_of_an_earlier_day_comes_before(person: Person, at: datetime) -> None:
    ongoing = make_learner(person=person, at=at, posting=person.postings.get()).enrolment
    attest(person, at=at, completed_on=at.date() - timedelta(days=200))
    ongoing.refresh_from_db()
    assert (numbers(person), ongoing.cycle) == ([1, 2], 2)
    assert check(platform=current_platform()) == []


def test_numbering_whatever_the_numbers_were_gives_one_to_n(person: Person, at: datetime) -> None:
    first = make_learner(person=person, at=at, posting=person.postings.get()).enrolment
    for days, cycle in ((10, 7), (30, 3), (20, 2)):
        Enrolment.objects.create(
            person=person, course=first.course, release=first.release, context=first.context, cycle=cycle,
            started_at=at + timedelta(days=days),
        )  # fmt: skip
    set_cycles_aside(person_id=person.pk)
    number_cycles(person_ids=[person.pk])
    assert numbers(person) == [1, 2, 3, 4]
    assert count_queries(lambda: number_cycles(person_ids=[person.pk])) <= 4
