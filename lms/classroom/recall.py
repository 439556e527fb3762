"""The five questions of a recall: as a form, read back, and told with their feedback."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from courses.quizzes.rules import AnswerError, show_question
from courses.quizzes.rules.kinds.base import Fields
from lms.classroom.attempts import field_name
from lms.classroom.questions import Inputs, own_words, read_pictures, to_inputs
from lms.feedback.rules.recall import RecalledPoints
from lms.feedback.selectors.recall import RecallSheet

Answers = dict[str, Any]
"""By key of the question, of those answered."""


@dataclass(frozen=True)
class RecallQuestion:
    """A question on the page; its fields' names begin with ``q`` and its position, from 1."""

    position: int
    inputs: Inputs
    is_wrong: bool = False


@dataclass(frozen=True)
class RecalledQuestion:
    """A question after answering. Never the key. ``answer``: in words, empty where there is none."""

    position: int
    stem: str
    answer: str
    is_right: bool
    feedback: tuple[str, ...]
    review_key: str
    review_title: str


def read_answers(*, sheet: RecallSheet, fields: Fields) -> tuple[Answers, set[int]]:
    """``(answers, positions of those that do not belong to their question)``."""
    answers: Answers = {}
    wrong: set[int] = set()
    for position, item in enumerate(sheet.drawn, 1):
        try:
            answer = sheet.questions[item.key].read(item.order, fields, field_name(position))
        except AnswerError:
            wrong.add(position)
        else:
            if answer is not None:
                answers[item.key] = answer
    return answers, wrong


def list_questions(
    *, sheet: RecallSheet, answers: Answers, wrong: Collection[int] = ()
) -> list[RecallQuestion]:
    """One query where some have a picture."""
    shown = [
        show_question(question=sheet.questions[item.key], drawn=item, answer=answers.get(item.key))
        for item in sheet.drawn
    ]
    pictures = read_pictures(shown)
    return [
        RecallQuestion(
            position,
            to_inputs(question=question, name=field_name(position), pictures=pictures),
            position in wrong,
        )
        for position, question in enumerate(shown, 1)
    ]


def grade(*, sheet: RecallSheet, answers: Answers) -> list[RecalledPoints]:
    """A question that was left out has no points, as in the assessment."""
    found = []
    for item in sheet.drawn:
        question = sheet.questions[item.key]
        points = question.grade(answers.get(item.key))
        if points is not None:
            found.append(RecalledPoints(item.key, question.competence, points))
    return found


def tell(*, sheet: RecallSheet, answers: Answers) -> list[RecalledQuestion]:
    """Each question with what there is to say of its answer. No query."""
    titles = {unit.key: unit.title for unit in sheet.outline.units}
    words = own_words()
    told = []
    for position, item in enumerate(sheet.drawn, 1):
        question, answer = sheet.questions[item.key], answers.get(item.key)
        told.append(
            RecalledQuestion(
                position=position,
                stem=question.stem,
                answer=question.tell(answer, words),
                is_right=question.grade(answer) == 1,
                feedback=tuple(question.feedback(answer)),
                review_key=question.review,
                review_title=titles.get(question.review, ""),
            )
        )
    return told
