"""More time in assessments."""

from datetime import datetime

import pytest

from lms.people.models import Person
from lms.progress.models import TimeAllowance
from lms.progress.selectors.attempts import time_percent
from lms.progress.services.allowances import set_time_allowance
from tests.factories.people import PersonFactory


@pytest.fixture
def person(db: None) -> Person:
    return PersonFactory()


def give(person: Person, percent: int | None, at: datetime) -> None:
    set_time_allowance(person=person, percent=percent, author=None, at=at)


def test_everybody_has_the_same_time_unless_said(person: Person) -> None:
    assert time_percent(person_id=person.pk) == 100


def test_another_allowance_ends_the_one_before(person: Person, at: datetime) -> None:
    give(person, 125, at)
    give(person, 200, at)
    assert time_percent(person_id=person.pk) == 200
    assert TimeAllowance.objects.filter(ended_at=at).count() == 1


def test_the_same_allowance_again_changes_nothing(person: Person, at: datetime) -> None:
    give(person, 150, at)
    give(person, 150, at)
    assert TimeAllowance.objects.count() == 1


def test_an_allowance_can_be_taken_back(person: Person, at: datetime) -> None:
    give(person, 150, at)
    give(person, None, at)
    assert time_percent(person_id=person.pk) == 100


def test_no_reason_is_kept() -> None:
    names = {field.name for field in TimeAllowance._meta.get_fields()}
    assert names == {"id", "person", "percent", "given_by", "given_at", "ended_at"}
