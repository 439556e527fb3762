"""Tables of progress. Import from here, not from the topic files."""

from lms.progress.models.attempts import AssessmentAttempt, AttemptAnswer
from lms.progress.models.completions import Completion
from lms.progress.models.enrolments import Assurance, Enrolment, LearningContext
from lms.progress.models.units import CheckAnswer, DilemmaRun, DilemmaTally, UnitResult

__all__ = [
    "AssessmentAttempt",
    "Assurance",
    "AttemptAnswer",
    "CheckAnswer",
    "Completion",
    "DilemmaRun",
    "DilemmaTally",
    "Enrolment",
    "LearningContext",
    "UnitResult",
]
