"""The five questions of one person, made anew each time they are looked at: they are stored nowhere."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from courses.models import CourseRelease
from courses.outline import CourseOutline
from courses.quizzes.rules import DrawnQuestion, QuestionSpec
from courses.selectors import get_readable_release, get_unit_text, outline_in, questions_of
from lms.feedback.models import Asking
from lms.feedback.rules.recall import PointsBefore, draw_recall
from lms.progress.selectors.attempts import drawn_of


@dataclass(frozen=True)
class RecallSheet:
    """``questions`` carry their keys: for the server only. ``before``: of the attempt, by competence.

    ``version``: the number of the release that the questions are from; a form sends it back, so that
    it is graded by the questions that were shown. ``language``: of their words, not always that asked for.
    """

    asking: Asking
    outline: CourseOutline
    version: int
    language: str
    questions: dict[str, QuestionSpec]
    drawn: tuple[DrawnQuestion, ...]
    before: dict[str, PointsBefore]


def read_recall(*, asking: Asking, version: int | None = None, language: str = "") -> RecallSheet | None:
    """The same questions for the same asking and version. Three queries,
    one more in a translation.

    ``None`` where there is nothing to ask: the attempt is gone, or the bank has no such question.
    """
    release = asking.enrolment.release
    outline = outline_in(release=release, language=language)
    unit, rule = outline.assessment_unit, outline.assessment
    passed = asking.enrolment.attempts.filter(passed=True).order_by("-number").first()
    if unit is None or rule is None or passed is None:
        return None
    shown = _find_version(release, version) or get_readable_release(release=release)
    text = get_unit_text(release=shown, key=unit.key, language=language)
    questions = questions_of(text)
    drawn = draw_recall(
        blueprint=rule.blueprint,
        bank=questions,
        seen={item.key for item in drawn_of(passed)},
        chance=Random(asking.public_id.hex),  # noqa: S311 - repeatable, and nothing depends on it
    )
    if not drawn:
        return None
    before = {
        row["competence"]: PointsBefore(Decimal(str(row["correct"])), row["total"])
        for row in passed.competences
    }
    return RecallSheet(asking, outline, shown.number, text.language, questions, drawn, before)


def _find_version(release: CourseRelease, version: int | None) -> CourseRelease | None:
    """The release of that number, if it demands the same."""
    if version is None:
        return None
    rows = CourseRelease.objects.filter(course_id=release.course_id, structure_hash=release.structure_hash)
    return rows.filter(number=version).first()
