"""An assessment with an open question, and answers that wait for a mark."""

from datetime import datetime
from random import Random

from courses.models import CoursePage
from courses.quizzes.models import Question
from courses.quizzes.rules import OpenAnswer, QuestionKind
from courses.quizzes.rules.kinds.open_answer import Criterion, Level
from courses.selectors import list_questions
from courses.services import publish_release
from lms.journeys.take_assessment import hand_in_attempt, start_attempt
from lms.progress.models import AnswerToMark, AssessmentAttempt
from lms.progress.selectors.attempts import drawn_of
from lms.progress.services.attempts import save_answer
from tests.factories.learning import Learner, make_course

RUBRIC = OpenAnswer(
    (Criterion("Nombra el conflicto", (Level(0, "No"), Level(1, "A medias"), Level(2, "Sí"))),),
    guide="Debe decir que se abstiene.",
)


def make_open_course(*, at: datetime, by_two: bool = False, pass_percent: int = 70) -> CoursePage:
    """That of ``make_course``, where the questions of INT-2 are open: one of the three drawn."""
    page = make_course(at=at, open_answers_by_two=by_two, pass_percent=pass_percent)
    for question in Question.objects.filter(competence__code="INT-2"):
        question.set_body(QuestionKind.OPEN, RUBRIC)
        question.save()
    publish_release(page=page, at=at)
    return page


def hand_in_open(
    learner: Learner, at: datetime, *, text: str = "Me abstengo.", seed: int = 1
) -> AssessmentAttempt:
    """An attempt with everything right and a text for the open question."""
    attempt = start_attempt(
        enrolment_id=learner.enrolment.pk, unit_key="evaluacion-final", platform=learner.platform, at=at,
        chance=Random(seed),
    )  # fmt: skip
    questions = list_questions(release=attempt.release, key=attempt.unit_key)
    for drawn in drawn_of(attempt):
        question = questions[drawn.key]
        answer = text if question.is_marked_by_person else sorted(question.body.correct)
        save_answer(attempt_id=attempt.pk, question=question, answer=answer, is_flagged=False, at=at)
    return hand_in_attempt(attempt=attempt, platform=learner.platform, at=at)[0]


def answer_late(attempt: AssessmentAttempt, at: datetime, *, text: str) -> None:
    """Another text for its open question, after the hand-in."""
    questions = list_questions(release=attempt.release, key=attempt.unit_key)
    [question] = [questions[row.key] for row in drawn_of(attempt) if questions[row.key].is_marked_by_person]
    save_answer(attempt_id=attempt.pk, question=question, answer=text, is_flagged=False, at=at)


def waiting() -> AnswerToMark:
    """The oldest answer without points."""
    return AnswerToMark.objects.filter(settled_at=None)[0]
