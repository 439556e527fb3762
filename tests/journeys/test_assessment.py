"""Starting, answering and handing in the final assessment."""

from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from courses.quizzes.rules import AnswerError
from courses.selectors import list_questions
from lms.journeys.take_assessment import AttemptRefusedError, hand_in_attempt, start_attempt
from lms.progress.models import AssessmentAttempt, Completion
from lms.progress.rules import AttemptRefusal
from lms.progress.selectors.attempts import current_answers, drawn_of
from lms.progress.services.attempts import AttemptClosedError, UnknownQuestionError, save_answer
from lms.xapi.models import Statement
from tests.factories.learning import Learner

FINAL = "evaluacion-final"


@pytest.fixture
def reader(learner: Learner, at: datetime) -> Learner:
    """A learner who has finished every lesson."""
    learner.read_everything(at)
    return learner


def start(learner: Learner, at: datetime, seed: int = 1) -> AssessmentAttempt:
    return start_attempt(
        enrolment_id=learner.enrolment.pk,
        unit_key=FINAL,
        platform=learner.platform,
        at=at,
        chance=Random(seed),
    )


def test_the_assessment_is_closed_while_lessons_are_missing(learner: Learner, at: datetime) -> None:
    with pytest.raises(AttemptRefusedError) as refused:
        start(learner, at)
    assert refused.value.decision.refusal == AttemptRefusal.LESSONS_MISSING


def test_starting_twice_goes_on_with_the_same_attempt_and_draw(reader: Learner, at: datetime) -> None:
    first, second = start(reader, at, seed=1), start(reader, at, seed=2)
    assert first == second and drawn_of(first) == drawn_of(second)


def test_two_open_attempts_cannot_exist(reader: Learner, at: datetime) -> None:
    attempt = start(reader, at)
    attempt.pk, attempt.public_id, attempt.number = None, None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentAttempt.objects.create(
            enrolment=reader.enrolment, release=reader.release, unit_key=FINAL, number=2, drawn=[],
            total=0, started_at=at,
        )  # fmt: skip


def test_the_draw_follows_the_blueprint(reader: Learner, at: datetime) -> None:
    attempt = start(reader, at)
    questions = list_questions(release=attempt.release, key=FINAL)
    drawn = [questions[item.key].competence for item in drawn_of(attempt)]
    assert sorted(drawn) == ["INT-1", "INT-1", "INT-2"]


def test_an_answer_can_be_changed_until_handed_in(reader: Learner, at: datetime) -> None:
    attempt = start(reader, at)
    question = list_questions(release=attempt.release, key=FINAL)[drawn_of(attempt)[0].key]
    for chosen in ([1], [0]):
        save_answer(attempt_id=attempt.pk, question=question, answer=chosen, is_flagged=False, at=at)
    assert current_answers(attempt=attempt)[question.key].answer == [0]
    assert [event.answer for event in attempt.events.all()] == [[1], [0]]


def test_an_answer_after_handing_in_is_kept_as_late_and_does_not_count(reader: Learner, at: datetime) -> None:
    attempt = reader.take_assessment(at)
    question = list_questions(release=attempt.release, key=FINAL)[drawn_of(attempt)[0].key]
    before = current_answers(attempt=attempt)
    event = save_answer(attempt_id=attempt.pk, question=question, answer=[1], is_flagged=False, at=at)
    assert event.is_late
    assert current_answers(attempt=attempt) == before


def test_the_same_answer_sent_twice_is_one_event(reader: Learner, at: datetime) -> None:
    attempt, key = start(reader, at), uuid4()
    question = list_questions(release=attempt.release, key=FINAL)[drawn_of(attempt)[0].key]
    for answer in ([1], [1]):
        save_answer(
            attempt_id=attempt.pk, question=question, answer=answer, is_flagged=False, at=at, client_key=key
        )
    assert attempt.events.count() == 1


def test_a_question_of_another_attempt_is_unknown(reader: Learner, at: datetime) -> None:
    attempt = start(reader, at)
    drawn = {item.key for item in drawn_of(attempt)}
    questions = list_questions(release=attempt.release, key=FINAL)
    foreign = next(question for key, question in questions.items() if key not in drawn)
    with pytest.raises(UnknownQuestionError):
        save_answer(attempt_id=attempt.pk, question=foreign, answer=[0], is_flagged=False, at=at)


@pytest.mark.parametrize("chosen", [[7], [-1], [0, 1]])
def test_an_option_that_cannot_be_is_refused(reader: Learner, at: datetime, chosen: list[int]) -> None:
    attempt = start(reader, at)
    question = list_questions(release=attempt.release, key=FINAL)[drawn_of(attempt)[0].key]
    with pytest.raises(AnswerError):
        save_answer(attempt_id=attempt.pk, question=question, answer=chosen, is_flagged=False, at=at)
    assert not attempt.events.exists()


def test_handing_in_twice_counts_once(reader: Learner, at: datetime) -> None:
    attempt = reader.take_assessment(at)
    before = Statement.objects.count()
    with pytest.raises(AttemptClosedError):
        hand_in_attempt(attempt=attempt, platform=reader.platform, at=at)
    assert Statement.objects.count() == before


def test_a_failed_attempt_completes_nothing_and_asks_to_wait(reader: Learner, at: datetime) -> None:
    attempt = reader.take_assessment(at, right=False)
    assert not attempt.passed and attempt.percent == 0
    assert not Completion.objects.exists()
    with pytest.raises(AttemptRefusedError) as refused:
        start(reader, at + timedelta(hours=23))
    assert refused.value.decision.refusal == AttemptRefusal.TOO_SOON


def test_passing_the_second_attempt_completes_the_course(reader: Learner, at: datetime) -> None:
    reader.take_assessment(at, right=False)
    attempt = reader.take_assessment(at + timedelta(hours=24), seed=2)
    assert attempt.passed and attempt.number == 2
    assert Completion.objects.get().percent == 100


def test_the_result_is_told_by_competence(reader: Learner, at: datetime) -> None:
    attempt = reader.take_assessment(at)
    assert {row["competence"]: row["total"] for row in attempt.competences} == {"INT-1": 2, "INT-2": 1}


def test_an_attempt_that_is_handed_in_empty_fails(reader: Learner, at: datetime) -> None:
    attempt, grade, completion = hand_in_attempt(attempt=start(reader, at), platform=reader.platform, at=at)
    assert grade.points == 0 and not attempt.passed and completion is None
