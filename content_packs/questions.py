"""Between a pack's questions and their bodies."""

from typing import Any

import msgspec

from content_packs.manifest import ChoiceOptionEntry, QuestionEntry
from content_packs.markdown import unwrap
from courses.quizzes.rules import KINDS, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice

CHOICES = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE})


class BodyError(ValueError):
    """The body does not have the fields of its kind; the text says what is wrong."""


def to_body(entry: QuestionEntry) -> Any:
    """The body of a pack's question.

    Raises:
        BodyError: see there.
    """
    if entry.kind in CHOICES and entry.body:
        raise BodyError("usa options, no body.")
    if entry.kind not in CHOICES and entry.options:
        raise BodyError("usa body, no options.")
    data = entry.body
    if entry.kind in CHOICES:
        data = {"options": [_option(option) for option in entry.options]}
    try:
        return KINDS[entry.kind].from_json(data)
    except msgspec.ValidationError as error:
        raise BodyError(str(error)) from error


def from_body(kind: QuestionKind, body: Any) -> dict[str, Any]:
    """The fields ``options`` or ``body`` of an entry."""
    if isinstance(body, Choice):
        rows = (ChoiceOptionEntry(o.text, o.feedback, o.correct, o.is_pinned) for o in body.options)
        return {"options": list(rows)}
    return {"body": KINDS[kind].to_json(body)}


def _option(option: ChoiceOptionEntry) -> dict[str, Any]:
    return {
        "text": unwrap(option.text),
        "correct": option.correct,
        "feedback": unwrap(option.feedback),
        "is_pinned": option.is_pinned,
    }
