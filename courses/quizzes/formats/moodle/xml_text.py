"""Pieces of XML as Moodle writes them: two blanks for each step inwards, CDATA where a text needs it."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from courses.quizzes.formats.moodle.ours import Weighted, write_percent
from courses.quizzes.formats.texts import from_text

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to say (section 2.2)."""


def value(name: str, text: str, *, indent: int = 2) -> str:
    """An element on one line."""
    return f"{'  ' * indent}<{name}>{_quote(text)}</{name}>"


def flag(name: str, is_on: bool) -> str:
    return value(name, "true" if is_on else "false")


def html_block(name: str, text: str, *, indent: int = 2) -> list[str]:
    """A plain text as an element with HTML in it."""
    return raw_block(f'{name} format="html"', from_text(text), indent=indent)


def raw_block(opening: str, text: str, *, indent: int = 2, inside: Sequence[str] = ()) -> list[str]:
    """An element with a text, and perhaps more, in it. ``opening``: its name and attributes."""
    edge = "  " * indent
    lines = [f"{edge}<{opening}>", value("text", text, indent=indent + 1), *inside]
    return [*lines, f"{edge}</{opening.partition(' ')[0]}>"]


def answer(weighted: Weighted, *, is_html: bool, inside: Iterable[str] = ()) -> list[str]:
    """An answer with its share of the points and its feedback. ``inside``: what else is in it."""
    text_format = "html" if is_html else "moodle_auto_format"
    return raw_block(
        f'answer fraction="{write_percent(weighted.percent)}" format="{text_format}"',
        from_text(weighted.text) if is_html else weighted.text,
        inside=[*html_block("feedback", weighted.feedback, indent=3), *inside],
    )


def tags(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    each = (line for name in names for line in (f"      <tag>{value('text', name, indent=0)}", "</tag>"))
    return ["    <tags>", *each, "    </tags>"]


def _quote(text: str) -> str:
    clean = FORBIDDEN.sub("", text)
    if escape(clean) == clean:
        return clean
    return f"<![CDATA[{clean.replace(']]>', ']]]]><![CDATA[>')}]]>"
