"""The kinds that can also be a part of another question."""

from typing import Any

from courses.quizzes.rules.kinds.base import Kind, QuestionKind
from courses.quizzes.rules.kinds.choice import Multiple, Single
from courses.quizzes.rules.kinds.judgement import JudgementKind
from courses.quizzes.rules.kinds.matching import MatchingKind
from courses.quizzes.rules.kinds.numeric import NumericKind
from courses.quizzes.rules.kinds.ordering import OrderingKind
from courses.quizzes.rules.kinds.short_text import ShortTextKind
from courses.quizzes.rules.kinds.true_false import TrueFalseKind

SIMPLE: dict[QuestionKind, Kind[Any]] = {
    QuestionKind.SINGLE: Single(),
    QuestionKind.MULTIPLE: Multiple(),
    QuestionKind.TRUE_FALSE: TrueFalseKind(),
    QuestionKind.MATCHING: MatchingKind(),
    QuestionKind.ORDERING: OrderingKind(),
    QuestionKind.NUMERIC: NumericKind(),
    QuestionKind.SHORT_TEXT: ShortTextKind(),
    QuestionKind.JUDGEMENT: JudgementKind(),
}
