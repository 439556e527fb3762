"""All kinds of questions. A new one is added here, and to the table of its contract in the tests."""

from typing import Any

from courses.quizzes.rules.kinds.base import Kind, QuestionKind
from courses.quizzes.rules.kinds.hotspot import HotspotKind
from courses.quizzes.rules.kinds.open_answer import OpenKind
from courses.quizzes.rules.kinds.parts import CaseKind, ClozeKind
from courses.quizzes.rules.kinds.simple import SIMPLE

KINDS: dict[QuestionKind, Kind[Any]] = {
    **SIMPLE,
    QuestionKind.CLOZE: ClozeKind(),
    QuestionKind.HOTSPOT: HotspotKind(),
    QuestionKind.CASE: CaseKind(),
    QuestionKind.OPEN: OpenKind(),
}

__all__ = ["KINDS", "Kind", "QuestionKind"]
