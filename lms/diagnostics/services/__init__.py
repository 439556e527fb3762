"""All writes of diagnostics. Import from here, not from the topic files."""

from lms.diagnostics.services.answering import (
    AnswerEntry,
    QuestionnaireClosedError,
    SaveResult,
    save_answers,
    start_assessment,
)
from lms.diagnostics.services.drafts import AssessmentDiscardedError, AssessmentFinishedError
from lms.diagnostics.services.files import (
    FileValues,
    TooManyFilesError,
    add_file,
    discard_draft,
    open_file,
    remove_file,
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
    "FileValues",
    "InstallReport",
    "LocalPlan",
    "NotFinishedError",
    "PlanNotOpenError",
    "QuestionnaireClosedError",
    "SaveResult",
    "TooManyFilesError",
    "UnansweredError",
    "add_file",
    "discard_draft",
    "finish_assessment",
    "install_questionnaires",
    "make_local_plan",
    "open_file",
    "refresh_peers",
    "remove_file",
    "save_answers",
    "set_published",
    "start_assessment",
]
