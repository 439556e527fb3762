"""What is looked for in a course before people learn from it. Pure: snapshot in, findings out.

A new rule: a member of ``Rule``, a function in the module of its family that tells its source, a
line in ``registry``, and its words in ``courses.quality.words``.
"""

from courses.quality.rules.findings import BLOCKING, Finding, Rule, Severity
from courses.quality.rules.registry import check_course, check_course_alone, check_lesson
from courses.quality.rules.snapshot import (
    Block,
    CompetenceText,
    CourseText,
    FileText,
    LawText,
    LessonText,
    LinkState,
    read_blocks,
)

__all__ = [
    "BLOCKING",
    "Block",
    "CompetenceText",
    "CourseText",
    "FileText",
    "Finding",
    "LawText",
    "LessonText",
    "LinkState",
    "Rule",
    "Severity",
    "check_course",
    "check_course_alone",
    "check_lesson",
    "read_blocks",
]
