"""Tables of feedback. Import from here, not from the topic files."""

from lms.feedback.models.askings import Asking
from lms.feedback.models.reports import LessonReport
from lms.feedback.models.tallies import AnswerTally, OpinionTally, OpinionText, RecallTally

__all__ = ["AnswerTally", "Asking", "LessonReport", "OpinionTally", "OpinionText", "RecallTally"]
