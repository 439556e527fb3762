"""Tables of progress. Import from here, not from the topic files."""

from lms.progress.models.allowances import TimeAllowance
from lms.progress.models.assigned import AssignedTraining, StandingBalance, StandingChange, StandingChoice
from lms.progress.models.attempts import AnswerEvent, AssessmentAttempt, QuestionMark
from lms.progress.models.batches import CompletionBatch
from lms.progress.models.completions import Completion
from lms.progress.models.corrections import CompletionVoid, VoidReason
from lms.progress.models.deltas import DeltaReading
from lms.progress.models.dilemmas import DilemmaBallot, DilemmaRun, DilemmaTally
from lms.progress.models.enrolments import Assurance, Enrolment, LearningContext
from lms.progress.models.evidence import CompletionEvidence, EvidenceFile
from lms.progress.models.marking import AnswerToMark, AttemptSign, LateDecision, RubricMark
from lms.progress.models.notes import UnitNote
from lms.progress.models.questions import QuestionAnswer, QuestionSubject, RecordQuestion
from lms.progress.models.regrades import Regrade, RegradeLine
from lms.progress.models.requirements import Exemption, RequirementVersion, TrainingRequirement
from lms.progress.models.units import CheckAnswer, UnitResult

__all__ = [
    "AnswerEvent",
    "AnswerToMark",
    "AssessmentAttempt",
    "AssignedTraining",
    "Assurance",
    "AttemptSign",
    "CheckAnswer",
    "Completion",
    "CompletionBatch",
    "CompletionEvidence",
    "CompletionVoid",
    "DeltaReading",
    "DilemmaBallot",
    "DilemmaRun",
    "DilemmaTally",
    "Enrolment",
    "EvidenceFile",
    "Exemption",
    "LateDecision",
    "LearningContext",
    "QuestionAnswer",
    "QuestionMark",
    "QuestionSubject",
    "RecordQuestion",
    "Regrade",
    "RegradeLine",
    "RequirementVersion",
    "RubricMark",
    "StandingBalance",
    "StandingChange",
    "StandingChoice",
    "TimeAllowance",
    "TrainingRequirement",
    "UnitNote",
    "UnitResult",
    "VoidReason",
]
