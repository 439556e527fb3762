"""Questions: whoever answers learns why, and each competence that is certified was asked for."""

from collections.abc import Iterator
from typing import Any

from courses.quality.rules.findings import Finding, Rule
from courses.quality.rules.snapshot import CourseText, LessonText


def check_practice(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """Each option of a practice question says why: a question without mark has no other use."""
    for block in lesson.blocks:
        options = block.items("options") if block.kind == "check" else []
        silent = [option for option in options if not str(option.get("feedback") or "").strip()]
        if silent:
            key = str(block.value.get("key") or "")
            data = {"key": key, "option": str(silent[0].get("text") or "")[:80]}
            yield Finding(Rule.CHECK_WITHOUT_FEEDBACK, lesson.key, block.id, key, data)


def check_bank(course: CourseText) -> Iterator[Finding]:
    """A question of the bank says something to who gets it wrong, where its kind can.

    One that a person marks is answered by that person.
    """
    for question in course.questions:
        said = list(_feedback(question.of_kind.to_json(question.body)))
        if said and not any(said) and not question.is_marked_by_person:
            yield Finding(Rule.QUESTION_WITHOUT_FEEDBACK, subject=question.key, data={"key": question.key})


def check_competences(course: CourseText) -> Iterator[Finding]:
    """A certificate names competences: each has questions in the bank of the final assessment."""
    if not course.is_assessed:
        return
    asked = {question.competence for question in course.questions}
    for competence in course.competences:
        if competence.code not in asked:
            data = {"code": competence.code, "name": competence.name}
            yield Finding(Rule.COMPETENCE_WITHOUT_QUESTIONS, subject=competence.code, data=data)


def _feedback(value: Any, name: str = "") -> Iterator[str]:
    """What stands in the fields of a question's body that are for feedback."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _feedback(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _feedback(inner, name)
    elif name.startswith(("feedback", "consequence")):
        yield str(value).strip()
