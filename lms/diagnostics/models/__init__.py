"""Tables of diagnostics. Import from here, not from the topic files."""

from lms.diagnostics.models.assessments import Answer, Assessment, PlannedImprovement
from lms.diagnostics.models.files import AnswerFile
from lms.diagnostics.models.peers import PeerSummary
from lms.diagnostics.models.questionnaires import (
    Questionnaire,
    QuestionnaireRelease,
    same_dimensions,
    same_questions,
)

__all__ = [
    "Answer",
    "AnswerFile",
    "Assessment",
    "PeerSummary",
    "PlannedImprovement",
    "Questionnaire",
    "QuestionnaireRelease",
    "same_dimensions",
    "same_questions",
]
