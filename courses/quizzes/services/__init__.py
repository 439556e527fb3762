"""Writing questions. Import from here."""

from courses.quizzes.services.importing import import_questions, preview_import
from courses.quizzes.services.planning import ImportChoices
from courses.quizzes.services.reports import ImportedQuestion, ImportReport, LeftOutQuestion, Outcome

__all__ = [
    "ImportChoices",
    "ImportReport",
    "ImportedQuestion",
    "LeftOutQuestion",
    "Outcome",
    "import_questions",
    "preview_import",
]
