"""Questions about records: one at a time, answered, opened once more."""

from datetime import date, datetime, timedelta

import pytest

from lms.lib.clock import local_date
from lms.notices.rules.hours import Calendar
from lms.people.models import Person
from lms.progress.models import RecordQuestion
from lms.progress.rules.waiting import count_working_days
from lms.progress.selectors.questions import find_exemption_since
from lms.progress.services.questions import (
    NotAnsweredError,
    NotOpenError,
    answer_question,
    reopen_question,
    withdraw_question,
)
from lms.progress.services.requirements import exempt_person
from tests.factories.learning import make_course
from tests.factories.people import PostingFactory
from tests.factories.records import ask, author_at, make_claim
from tests.factories.requirements import make_requirement, make_spec


@pytest.fixture
def ana(db: None) -> Person:
    person: Person = PostingFactory(valid_from=date(2024, 1, 1)).person
    return person


def answer(question: RecordQuestion, at: datetime, text: str = "Lo revisamos.") -> None:
    answer_question(question_id=question.pk, text=text, author=author_at(question.institution_id), at=at)
    question.refresh_from_db()


def test_the_same_line_is_questioned_once_at_a_time(ana: Person, at: datetime) -> None:
    first = ask(ana, at=at, subject="standing", key="k")
    assert ask(ana, at=at, subject="standing", key="k", text="Otra cosa.") == first
    answer(first, at)
    assert ask(ana, at=at, subject="standing", key="k") != first


def test_of_what_is_missing_each_text_is_a_question(ana: Person, at: datetime) -> None:
    first = ask(ana, at=at, text="Falta uno.")
    assert ask(ana, at=at, text="Falta uno.") == first
    assert ask(ana, at=at, text="Falta otro.") != first


def test_an_answer_closes_it(ana: Person, at: datetime) -> None:
    question = ask(ana, at=at)
    answer(question, at)
    assert (question.state, question.may_be_reopened) == ("answered", True)
    with pytest.raises(NotOpenError):
        answer(question, at)


def test_it_is_opened_once_more_and_not_twice(ana: Person, at: datetime) -> None:
    question = ask(ana, at=at)
    with pytest.raises(NotAnsweredError):
        reopen_question(question_id=question.pk, text="No.", at=at)
    answer(question, at)
    later = at + timedelta(days=1)
    question = reopen_question(question_id=question.pk, text="Sigue mal.", at=later)
    assert (question.is_open, question.waits_since) == (True, later)
    answer(question, later)
    with pytest.raises(NotAnsweredError):
        reopen_question(question_id=question.pk, text="No.", at=later)
    assert question.answers.count() == 2


def test_who_gave_up_gets_no_answer(ana: Person, at: datetime) -> None:
    question = ask(ana, at=at)
    withdraw_question(question_id=question.pk, at=at)
    withdraw_question(question_id=question.pk, at=at)
    with pytest.raises(NotOpenError):
        answer(question, at)


def test_what_was_answered_is_not_withdrawn(ana: Person, at: datetime) -> None:
    question = ask(ana, at=at)
    answer(question, at)
    with pytest.raises(NotOpenError):
        withdraw_question(question_id=question.pk, at=at)


def test_an_exemption_since_the_question_goes_with_the_answer(ana: Person, at: datetime) -> None:
    make_course(at=at)
    place = ana.postings.get().institution
    course = make_claim(ana, at=at).course_id
    asked = make_requirement(owner=place, spec=make_spec(course, starts_on=date(2026, 1, 1)), at=at)
    question = ask(ana, at=at, subject="due_date", key=str(asked.public_id))
    assert find_exemption_since(question=question) is None
    given = exempt_person(
        requirement=asked, person=ana, first_day=local_date(at), last_day=local_date(at), reason="Comisión",
        author=None, at=at,
    )  # fmt: skip
    assert find_exemption_since(question=question) == given


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),  # the same Friday
        (date(2026, 11, 20), date(2026, 11, 22), 0),  # over the weekend
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 20), date(2026, 12, 4), 10),
        (date(2026, 12, 24), date(2026, 12, 28), 1),  # the 25th is a holiday
    ],
)
def test_working_days_are_counted_after_the_day_of_writing(since: date, until: date, days: int) -> None:
    calendar = Calendar(frozenset({date(2026, 12, 25)}))
    assert count_working_days(since=since, until=until, calendar=calendar) == days
