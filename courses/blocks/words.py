"""The words of a lesson's raw StreamField data, for reading time and readability. Pure.

``raw`` is what a StreamField stores: a list of ``{"type": …, "value": …}``.
"""

import html
import re
from collections.abc import Iterator
from typing import Any

from courses.readability import reading_minutes, split_words

_NOT_WORDS = {"key", "code", "tone", "topic", "next", "start", "law", "version", "image", "document", "video",
              "captions", "reminder_law", "law_version", "activity_minutes", "acknowledge", "correct",
              "decorative", "id", "type", "duration", "after"}  # fmt: skip
_BREAK = re.compile(r"</(?:p|h2|h3|li|td|th|caption)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")


def strip_html(text: str) -> str:
    """Rich text as lines of plain text; each paragraph, heading and item ends its line."""
    if "<" not in text:
        return html.unescape(text)
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


def _texts(value: Any, *, quotes: bool, key: str = "") -> Iterator[str]:
    if key in _NOT_WORDS or (key == "quote" and not quotes):
        return
    if isinstance(value, str):
        yield strip_html(value)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, quotes=quotes, key=name)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, quotes=quotes)


def _block_values(raw: list[dict[str, Any]]) -> Iterator[Any]:
    for block in raw:
        yield block["value"]


def learner_text(raw: list[dict[str, Any]], *, quotes: bool = False) -> str:
    """Everything the learner reads, one piece a line; quoted law only when ``quotes``."""
    return "\n".join(
        text for value in _block_values(raw) for text in _texts(value, quotes=quotes) if text.strip()
    )


def count_words(raw: list[dict[str, Any]]) -> int:
    """Words of the lesson, quotes included, as far as one learner reads them.

    Of a dilemma only one path is read: a third of its words is counted.
    """
    total = 0
    for block in raw:
        words = len(split_words("\n".join(_texts(block["value"], quotes=True))))
        total += words // 3 if block["type"] == "dilemma" else words
    return total


def lesson_minutes(raw: list[dict[str, Any]], *, activity_minutes: int) -> int:
    """Whole minutes: reading time plus the declared activity plus a dilemma's own."""
    dilemmas = sum(
        int(block["value"].get("activity_minutes") or 0) for block in raw if block["type"] == "dilemma"
    )
    return max(1, round(reading_minutes(count_words(raw)) + activity_minutes + dilemmas))
