"""People mark open answers, and the attempt gets its result."""

from datetime import datetime, timedelta

import pytest

from courses.quizzes.rules import MarkError
from courses.selectors import list_questions
from lms.journeys.erase_person import erase_person
from lms.journeys.mark_open_answer import mark_open_answer
from lms.journeys.replay_progress import check, rebuild
from lms.progress.models import AnswerToMark, AssessmentAttempt, Completion, RubricMark
from lms.progress.rules.marking import MarkDecision
from lms.progress.services.marking import (
    CLAIM_LASTS,
    AnswerSettledError,
    MarkedBeforeError,
    OwnAnswerError,
    claim_answer,
)
from lms.xapi.platform import current_platform
from tests.factories.learning import Learner, make_learner
from tests.factories.open_answers import hand_in_open, make_open_course, waiting
from tests.factories.people import PersonFactory, UserFactory
from tests.statements import list_verbs

State = AssessmentAttempt.State


def begin(at: datetime, **course: object) -> Learner:
    make_open_course(at=at, **course)  # type: ignore[arg-type]
    learner = make_learner(person=PersonFactory(), at=at)
    learner.read_everything(at)
    return learner


def mark(
    answer: AnswerToMark, level: int, at: datetime, *, user_id: int = 0, person_id: int | None = None
) -> MarkDecision:
    attempt = answer.attempt
    return mark_open_answer(
        answer=answer,
        question=list_questions(release=attempt.release, key=attempt.unit_key)[answer.question_key],
        levels=[level],
        comment="Bien argumentado.",
        user_id=user_id or UserFactory().pk,
        person_id=person_id,
        platform=current_platform(),
        at=at,
    )


@pytest.fixture
def learner(db: None, at: datetime) -> Learner:
    return begin(at)


def test_an_attempt_with_an_open_answer_waits_and_tells_nothing(learner: Learner, at: datetime) -> None:
    attempt = hand_in_open(learner, at)
    assert (attempt.state, attempt.passed) == (State.MARKING, None)
    assert "passed" not in list_verbs()


def test_the_last_mark_passes_the_attempt_and_completes_the_course(learner: Learner, at: datetime) -> None:
    attempt = hand_in_open(learner, at)
    mark(waiting(), 2, at + timedelta(days=5))
    attempt.refresh_from_db()
    assert (attempt.state, attempt.passed, attempt.percent) == (State.SUBMITTED, True, 100)
    completion = Completion.objects.get()
    assert completion.percent == 100 and completion.completed_at == at  # as of the hand-in


def test_a_low_mark_fails_the_attempt(learner: Learner, at: datetime) -> None:
    attempt = hand_in_open(learner, at)
    mark(waiting(), 0, at)
    attempt.refresh_from_db()
    assert attempt.passed is False and not Completion.objects.exists()


def test_statements_and_rows_agree_after_marking_and_suffice_to_rebuild(
    learner: Learner, at: datetime
) -> None:
    hand_in_open(learner, at)
    mark(waiting(), 1, at + timedelta(days=1))
    platform = current_platform()
    assert check(platform=platform) == []
    rebuild(platform=platform, at=at)
    assert check(platform=platform) == []


def test_an_empty_open_answer_needs_nobody(learner: Learner, at: datetime) -> None:
    attempt = hand_in_open(learner, at, text="")
    assert attempt.state == State.SUBMITTED and not AnswerToMark.objects.exists()


def test_two_markers_have_to_agree(db: None, at: datetime) -> None:
    learner = begin(at, by_two=True)
    attempt = hand_in_open(learner, at)
    assert not mark(waiting(), 2, at).is_settled
    assert not mark(waiting(), 0, at).is_settled
    assert mark(waiting(), 1, at).score == 0.5
    attempt.refresh_from_db()
    assert attempt.state == State.SUBMITTED


def test_nobody_marks_twice(db: None, at: datetime) -> None:
    hand_in_open(begin(at, by_two=True), at)
    user = UserFactory()
    mark(waiting(), 2, at, user_id=user.pk)
    with pytest.raises(MarkedBeforeError):
        mark(waiting(), 2, at, user_id=user.pk)


def test_nobody_marks_an_own_answer(learner: Learner, at: datetime) -> None:
    hand_in_open(learner, at)
    with pytest.raises(OwnAnswerError):
        mark(waiting(), 2, at, person_id=learner.person.pk)


def test_what_is_settled_stays(learner: Learner, at: datetime) -> None:
    hand_in_open(learner, at)
    answer = waiting()
    mark(answer, 2, at)
    with pytest.raises(AnswerSettledError):
        mark(answer, 0, at)
    assert RubricMark.objects.count() == 1


def test_a_level_that_the_rubric_does_not_have_changes_nothing(learner: Learner, at: datetime) -> None:
    hand_in_open(learner, at)
    with pytest.raises(MarkError):
        mark(waiting(), 7, at)
    assert not RubricMark.objects.exists()


def claim(user_id: int, at: datetime, person_id: int | None = None) -> AnswerToMark | None:
    return claim_answer(course_code="curso", user_id=user_id, person_id=person_id, at=at)


def test_an_answer_is_in_front_of_one_person_at_a_time(learner: Learner, at: datetime) -> None:
    hand_in_open(learner, at)
    one, other = UserFactory().pk, UserFactory().pk
    assert claim(one, at) == claim(one, at) == waiting()
    assert claim(other, at) is None
    assert claim(other, at + CLAIM_LASTS) == waiting()


def test_an_own_answer_is_never_put_in_front_of_its_author(learner: Learner, at: datetime) -> None:
    hand_in_open(learner, at)
    assert claim(UserFactory().pk, at, learner.person.pk) is None


def test_nothing_waits_to_be_marked_of_who_was_erased(learner: Learner, at: datetime) -> None:
    hand_in_open(learner, at)
    erase_person(person=learner.person, at=at)
    assert claim(UserFactory().pk, at) is None
