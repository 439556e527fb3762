"""Questions, drawing and grading. Pure: the caller brings the questions, the answers and the chance."""

from courses.quizzes.rules.drawing import BankTooSmallError, check_bank, draw_questions
from courses.quizzes.rules.grading import CompetenceScore, Grade, grade_attempt, grade_scores, score_answers
from courses.quizzes.rules.kinds import KINDS, QuestionKind
from courses.quizzes.rules.kinds.base import AnswerError, Flaw, Option, Words
from courses.quizzes.rules.kinds.open_answer import MarkError, OpenAnswer
from courses.quizzes.rules.questions import (
    DrawnQuestion,
    QuestionSpec,
    ShownQuestion,
    asks_the_same,
    draw_order,
    question_from_json,
    question_to_json,
    show_question,
)

__all__ = [
    "KINDS",
    "AnswerError",
    "BankTooSmallError",
    "CompetenceScore",
    "DrawnQuestion",
    "Flaw",
    "Grade",
    "MarkError",
    "OpenAnswer",
    "Option",
    "QuestionKind",
    "QuestionSpec",
    "ShownQuestion",
    "Words",
    "asks_the_same",
    "check_bank",
    "draw_order",
    "draw_questions",
    "grade_attempt",
    "grade_scores",
    "question_from_json",
    "question_to_json",
    "score_answers",
    "show_question",
]
