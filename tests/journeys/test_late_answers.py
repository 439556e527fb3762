"""Answers that came after the deadline, and attempts that ask for a look."""

from datetime import datetime, timedelta
from random import Random

import pytest

from courses.selectors import list_questions
from lms.journeys.decide_late import decide_late
from lms.journeys.mark_open_answer import mark_open_answer
from lms.journeys.replay_progress import check
from lms.journeys.take_assessment import close_if_over, start_attempt
from lms.progress.models import (
    AnswerToMark,
    AssessmentAttempt,
    AttemptSign,
    Completion,
    LateDecision,
    QuestionMark,
)
from lms.progress.periodic import look_for_signs
from lms.progress.selectors.irregular import count_to_review, list_late
from lms.progress.selectors.marking import find_text
from lms.progress.services.attempts import save_answer
from lms.progress.services.irregular import DecidedBeforeError, NothingLateError, OwnAttemptError
from lms.xapi.platform import current_platform
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.open_answers import answer_late, hand_in_open, make_open_course, waiting
from tests.factories.people import PersonFactory, UserFactory

FINAL = "evaluacion-final"


@pytest.fixture
def learner(db: None, at: datetime) -> Learner:
    make_course(at=at, assessment_minutes=30)
    learner = make_learner(person=PersonFactory(), at=at)
    learner.read_everything(at)
    return learner


def sit(
    learner: Learner, at: datetime, *, right: bool = True, minutes: tuple[int, ...] = (1, 2, 45)
) -> AssessmentAttempt:
    """Three answers after so many minutes of an attempt of thirty; then it is over."""
    attempt = start_attempt(
        enrolment_id=learner.enrolment.pk, unit_key=FINAL, platform=learner.platform, at=at, chance=Random(1)
    )
    questions = list_questions(release=attempt.release, key=FINAL)
    for item, minute in zip(attempt.drawn, minutes, strict=True):
        body = questions[item["key"]].body
        answer = sorted(body.correct) if right else [1 - sorted(body.correct)[0]]
        save_answer(
            attempt_id=attempt.pk, question=questions[item["key"]], answer=answer, is_flagged=False,
            at=at + timedelta(minutes=minute),
        )  # fmt: skip
    return close_if_over(attempt=attempt, platform=learner.platform, at=at + timedelta(hours=1))


def decide(
    attempt: AssessmentAttempt, at: datetime, *, accepted: bool, person_id: int | None = None
) -> LateDecision:
    return decide_late(
        attempt=attempt, is_accepted=accepted, reason="Se cayó la red de la oficina.",
        user_id=UserFactory().pk, person_id=person_id, platform=current_platform(), at=at,
    )  # fmt: skip


def test_late_answers_wait_for_somebody_and_do_not_count(learner: Learner, at: datetime) -> None:
    attempt = sit(learner, at)
    assert (attempt.correct, attempt.passed) == (2, False)
    [row] = list_late(course_code="curso")
    assert (row.pk, row.late_count) == (attempt.pk, 1)
    assert count_to_review(course_codes=frozenset({"curso"})) == {"curso": 1}


def test_accepted_late_answers_count_as_of_the_hand_in(learner: Learner, at: datetime) -> None:
    attempt = sit(learner, at)
    decide(attempt, at + timedelta(days=1), accepted=True)
    attempt.refresh_from_db()
    assert (attempt.correct, attempt.passed) == (3, True)
    assert Completion.objects.get().completed_at == attempt.submitted_at
    assert check(platform=current_platform()) == []
    assert not list_late(course_code="curso").exists()


def test_refused_late_answers_change_nothing(learner: Learner, at: datetime) -> None:
    attempt = sit(learner, at)
    decide(attempt, at, accepted=False)
    attempt.refresh_from_db()
    assert attempt.correct == 2 and not list_late(course_code="curso").exists()


def test_a_late_answer_never_costs_points(learner: Learner, at: datetime) -> None:
    attempt = sit(learner, at, minutes=(1, 2, 3))
    question = list_questions(release=attempt.release, key=FINAL)[attempt.drawn[0]["key"]]
    wrong = [1 - sorted(question.body.correct)[0]]
    save_answer(
        attempt_id=attempt.pk, question=question, answer=wrong, is_flagged=False, at=at + timedelta(hours=1)
    )
    decide(AssessmentAttempt.objects.get(), at, accepted=True)
    attempt.refresh_from_db()
    assert attempt.correct == 3


def test_somebody_decides_once(learner: Learner, at: datetime) -> None:
    attempt = sit(learner, at)
    decide(attempt, at, accepted=False)
    with pytest.raises(DecidedBeforeError):
        decide(attempt, at, accepted=True)


def test_nobody_decides_about_an_own_attempt(learner: Learner, at: datetime) -> None:
    with pytest.raises(OwnAttemptError):
        decide(sit(learner, at), at, accepted=True, person_id=learner.person.pk)


def test_without_late_answers_there_is_nothing_to_decide(learner: Learner, at: datetime) -> None:
    with pytest.raises(NothingLateError):
        decide(sit(learner, at, minutes=(1, 2, 3)), at, accepted=True)


@pytest.fixture
def writer(db: None, at: datetime) -> Learner:
    make_open_course(at=at)
    learner = make_learner(person=PersonFactory(), at=at)
    learner.read_everything(at)
    return learner


def write_late(writer: Learner, at: datetime, *, text: str) -> AssessmentAttempt:
    """Another text for the open question of the only attempt, which somebody accepts."""
    attempt = AssessmentAttempt.objects.get()
    answer_late(attempt, at, text=text)
    decide(attempt, at, accepted=True)
    return attempt


def mark(level: int, at: datetime, *, user_id: int) -> None:
    answer = waiting()
    attempt = answer.attempt
    mark_open_answer(
        answer=answer,
        question=list_questions(release=attempt.release, key=attempt.unit_key)[answer.question_key],
        levels=[level], comment="", user_id=user_id, person_id=None, platform=current_platform(), at=at,
    )  # fmt: skip


def read(answer: AnswerToMark) -> str:
    event = find_text(answer=answer)
    assert event is not None
    return str(event.answer)


def test_an_accepted_late_text_is_read_instead_of_the_blank_before(writer: Learner, at: datetime) -> None:
    hand_in_open(writer, at, text="")
    attempt = write_late(writer, at, text="Me abstengo.")
    assert read(waiting()) == "Me abstengo."
    mark(2, at, user_id=UserFactory().pk)
    attempt.refresh_from_db()
    assert attempt.percent == 100


def test_an_accepted_late_text_is_read_although_the_first_has_its_points(
    writer: Learner, at: datetime
) -> None:
    hand_in_open(writer, at, text="No sé.")
    user = UserFactory()
    mark(0, at, user_id=user.pk)
    attempt = write_late(writer, at, text="Me abstengo.")
    assert read(waiting()) == "Me abstengo."
    mark(2, at, user_id=user.pk)  # the same person may read the other text
    attempt.refresh_from_db()
    assert attempt.percent == 100 and QuestionMark.objects.last().source == "late"  # type: ignore[union-attr]


def test_a_late_text_never_takes_points_from_the_first(writer: Learner, at: datetime) -> None:
    hand_in_open(writer, at)
    mark(1, at, user_id=UserFactory().pk)
    before = AssessmentAttempt.objects.get().correct
    attempt = write_late(writer, at, text="No sé.")
    mark(0, at, user_id=UserFactory().pk)
    attempt.refresh_from_db()
    assert attempt.correct == before and not AnswerToMark.objects.filter(settled_at=None).exists()


@pytest.mark.parametrize(("level", "text"), [(1, "Me abstengo."), (1, ""), (2, "Otra cosa.")])
def test_a_late_text_that_can_win_nothing_is_not_read(
    writer: Learner, at: datetime, level: int, text: str
) -> None:
    hand_in_open(writer, at)
    mark(level, at, user_id=UserFactory().pk)
    write_late(writer, at, text=text)
    assert not AnswerToMark.objects.filter(settled_at=None).exists()


def test_unusual_attempts_are_found_once_and_change_no_result(
    learner: Learner, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.progress.rules.signs.FEWEST_QUESTIONS", 3)
    other = make_learner(person=PersonFactory(), at=at)
    other.read_everything(at)
    for one in (learner, other):
        sit(one, at, minutes=(1, 2, 3))
    before = list(AssessmentAttempt.objects.values())
    for days in (1, 1):
        look_for_signs(at=at + timedelta(days=days))
    assert AttemptSign.objects.get().sign == "same_timing"
    assert list(AssessmentAttempt.objects.values()) == before
