"""All writes of diagnostics. Import from here, not from the topic files."""

from lms.diagnostics.services.answering import (
    AnswerEntry,
    AssessmentDiscardedError,
    AssessmentFinishedError,
    QuestionnaireClosedError,
    SaveResult,
    discard_draft,
    save_answers,
    start_assessment,
)
from lms.diagnostics.services.finishing import UnansweredError, finish_assessment, set_published
from lms.diagnostics.services.install import InstallReport, install_questionnaires
from lms.diagnostics.services.peers import refresh_peers
from lms.diagnostics.services.planning import (
    ChosenImprovement,
    Destination,
    LocalPlan,
    NotFinishedError,
    PlanNotOpenError,
    make_local_plan,
)

__all__ = [
    "AnswerEntry",
    "AssessmentDiscardedError",
    "AssessmentFinishedError",
    "ChosenImprovement",
    "Destination",
    "InstallReport",
    "LocalPlan",
    "NotFinishedError",
    "PlanNotOpenError",
    "QuestionnaireClosedError",
    "SaveResult",
    "UnansweredError",
    "discard_draft",
    "finish_assessment",
    "install_questionnaires",
    "make_local_plan",
    "refresh_peers",
    "save_answers",
    "set_published",
    "start_assessment",
]
