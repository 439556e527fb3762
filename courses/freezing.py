"""Pages and questions as plain data, and whether two wordings of them demand the same."""

from collections.abc import Iterable
from typing import Any

from courses.blocks.words import lesson_minutes
from courses.glossary import Term, explain
from courses.models import LessonPage
from courses.outline import UnitKind, UnitSpec
from courses.quizzes.models import Question
from courses.quizzes.rules import QuestionSpec

Payload = dict[str, Any]

_SAME_IN_ALL = {"kind", "value", "tolerance", "factor"}
"""Texts of a question's body that are no words."""


def freeze_lesson(lesson: LessonPage, terms: tuple[Term, ...]) -> tuple[UnitSpec, Payload]:
    """The unit of an outline that a lesson is, and its frozen content with the glossary's words explained.

    One query, for its competences.
    """
    body, explained = explain(list(lesson.body.get_prep_value()), terms)
    payload = lesson_payload(lesson) | {"body": body} | ({"terms": explained} if explained else {})
    return lesson_unit(lesson), payload


def lesson_unit(lesson: LessonPage) -> UnitSpec:
    """The unit of an outline that a lesson is. One query, for its competences."""
    return to_unit(
        key=lesson.key,
        title=lesson.title,
        summary=lesson.summary,
        raw=list(lesson.body.get_prep_value()),
        activity_minutes=lesson.activity_minutes,
        competences=[competence.code for competence in lesson.competences.all()],
    )


def to_unit(
    *,
    key: str,
    title: str,
    summary: str,
    raw: list[dict[str, Any]],
    activity_minutes: int,
    competences: Iterable[str],
) -> UnitSpec:
    """The same of a lesson that is no page: ``raw`` is its StreamField data. No query."""
    dilemma = next((block["value"]["code"] for block in raw if block["type"] == "dilemma"), "")
    return UnitSpec(
        key=key,
        kind=UnitKind.DILEMMA if dilemma else UnitKind.LESSON,
        title=title,
        minutes=lesson_minutes(raw, activity_minutes=activity_minutes),
        summary=summary,
        competences=tuple(sorted(competences)),
        checks=tuple(block["value"]["key"] for block in raw if block["type"] == "check"),
        dilemma=dilemma,
        acknowledges_code=any(
            block["type"] == "code_of_ethics" and block["value"].get("acknowledge") for block in raw
        ),
    )


def lesson_payload(lesson: LessonPage) -> Payload:
    """The frozen content of a lesson. No query."""
    outcomes = [line.strip() for line in lesson.outcomes.splitlines() if line.strip()]
    return {"summary": lesson.summary, "outcomes": outcomes, "body": list(lesson.body.get_prep_value())}


def read_questions(rows: Iterable[Question]) -> list[QuestionSpec]:
    """The questions as plain data, in their order. No query beside that of ``rows``."""
    return [question.to_spec() for question in rows]


def lesson_structure(payload: Payload) -> list[Any]:
    """Equal for two wordings of one lesson: the same blocks in the same order, keys and right options."""
    return [_block_structure(block["type"], block["value"]) for block in payload["body"]]


def _block_structure(kind: str, value: Any) -> Any:
    if kind == "check":
        return kind, value["key"], [bool(option["correct"]) for option in _items(value["options"])]
    if kind == "dilemma":
        return kind, _story(value)
    return kind


def _story(value: Any) -> Any:
    """A dilemma but for its words. Those of before there were roles and echoes have none."""
    return (
        value["code"],
        value["start"],
        [(role["key"], role["start"] or "") for role in _items(value.get("roles", ()))],
        [_scene(scene) for scene in _items(value["scenes"])],
        _echoes(value.get("epilogue", ())),
    )


def _scene(scene: Any) -> Any:
    choices = [(choice["key"], choice["next"] or "") for choice in _items(scene["choices"])]
    return scene["key"], choices, _echoes(scene.get("echoes", ()))


def _echoes(values: Any) -> list[str]:
    """The decisions that come back."""
    return [echo["after"] for echo in _items(values)]


def _items(values: Any) -> list[Any]:
    return [item["value"] for item in values]


def question_structure(question: QuestionSpec) -> Any:
    """Equal for two wordings of one question: they can be shown in one order and graded alike.

    Texts that are accepted as an answer may differ in number: each language has its own.
    """
    return question.kind, _skeleton(question.of_kind.to_json(question.body))


def _skeleton(value: Any, name: str = "") -> Any:
    if name == "variants" or (isinstance(value, str) and name not in _SAME_IN_ALL):
        return None
    if isinstance(value, dict):
        return {key: _skeleton(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_skeleton(inner) for inner in value]
    return value
