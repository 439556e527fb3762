"""Texts of other systems as plain text: what is said stays, how it looks does not.

:func:`to_text` takes time in proportion to the text, whatever the text: the standard parser looks for
the end of an unclosed tag again and again, so what never ends is told from markup beforehand.
"""

from collections.abc import Iterable
from enum import StrEnum
from html import escape

from markdown_it import MarkdownIt

from courses.quizzes.formats.base import Adapted
from courses.quizzes.formats.html_reader import HtmlReader

LONGEST_MARKDOWN = 20_000
"""Characters; a longer text is taken as it is written."""


class TextFormat(StrEnum):
    """How a text is written; the values are Moodle's names in XML."""

    HTML = "html"
    AUTO = "moodle_auto_format"
    PLAIN = "plain_text"
    MARKDOWN = "markdown"


def read_text(text: str, text_format: TextFormat) -> tuple[str, tuple[Adapted, ...]]:
    """A text of any format as plain text, and what was lost. In ``AUTO`` lines count and tags may be."""
    if text_format is TextFormat.MARKDOWN and len(text) <= LONGEST_MARKDOWN:
        return to_text(MarkdownIt("commonmark").render(text))
    if text_format is TextFormat.HTML:
        return to_text(text)
    if text_format is TextFormat.AUTO and ("<" in text or "&" in text):
        return to_text(text.replace("\r\n", "\n").replace("\n", "<br>"))
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip(), ()


def to_text(html: str) -> tuple[str, tuple[Adapted, ...]]:
    """HTML as plain text, and what was lost.

    Paragraphs are a blank line apart; items of a list are lines with a dash or their number; cells of a
    table are told apart by bars; a picture leaves its alternative text in brackets. Scripts and styles
    leave nothing. Hard spaces become spaces.
    """
    reader = HtmlReader()
    reader.feed(_only_tags(html.replace("\0", "")))
    reader.close()
    return reader.text, tuple(adapted for adapted in Adapted if adapted in reader.adapted)


def from_text(text: str) -> str:
    """The inverse of :func:`to_text` for a plain text: HTML with its paragraphs and lines."""
    lines = text.replace("\r\n", "\n").split("\n")
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            paragraphs[-1].append(_line_to_html(line))
        elif paragraphs[-1]:
            paragraphs.append([])
    return "".join(f"<p>{'<br>'.join(paragraph)}</p>" for paragraph in paragraphs if paragraph)


def _line_to_html(line: str) -> str:
    html = escape(line, quote=False).replace("  ", " &nbsp;")
    if html.startswith(" "):
        html = f"&nbsp;{html[1:]}"
    return f"{html[:-1]}&nbsp;" if html.endswith(" ") else html


def _only_tags(html: str) -> str:
    """The same without comments, declarations and instructions; ``<`` that begins nothing is a text."""
    last = html.rfind(">") + 1
    html = html[:last] + html[last:].replace("<", "&lt;")
    return "".join(_without_comments(html))


def _without_comments(html: str) -> Iterable[str]:
    position = 0
    while (start := _next_declaration(html, position)) >= 0:
        yield html[position:start]
        closing = "-->" if html.startswith("<!--", start) else ">"
        end = html.find(closing, start + 2)
        if end < 0:
            break
        position = end + len(closing)
    else:
        yield html[position:]


def _next_declaration(html: str, position: int) -> int:
    """Where the next ``<!`` or ``<?`` is; -1: nowhere."""
    while (found := html.find("<", position)) >= 0:
        if html.startswith(("<!", "<?"), found):
            return found
        position = found + 1
    return -1
