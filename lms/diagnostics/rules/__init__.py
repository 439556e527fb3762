"""Every decision about diagnostics: what counts, what is shown of others. Plain Python."""

from lms.diagnostics.rules.answers import AnswerValue
from lms.diagnostics.rules.peers import Quartiles, hides, is_safe, next_group, quartiles
from lms.diagnostics.rules.scoring import (
    Dimension,
    DimensionScore,
    Given,
    Level,
    Question,
    QuestionScore,
    Score,
    score,
)

__all__ = [
    "AnswerValue",
    "Dimension",
    "DimensionScore",
    "Given",
    "Level",
    "Quartiles",
    "Question",
    "QuestionScore",
    "Score",
    "hides",
    "is_safe",
    "next_group",
    "quartiles",
    "score",
]
