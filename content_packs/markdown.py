"""The little Markdown of packs as rich text. Pure.

Paragraphs, headings of level 2 and 3, lists, bold and links: what an author of the admin has too.
The way back is in :mod:`content_packs.rich_text`.
"""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

_parser = MarkdownIt("zero").enable(["heading", "list", "emphasis", "link", "escape", "entity", "newline"])


def _unchanged(url: str) -> str:
    return url


def _draw(html: str) -> Any:
    return lambda renderer, tokens, index, options, env: html


_parser.normalizeLink = _unchanged  # type: ignore[method-assign] # an address stays as it was written
for _name, _html in (
    ("softbreak", " "), ("hardbreak", "<br/>"), ("strong_open", "<b>"), ("strong_close", "</b>"),
):  # fmt: skip
    _parser.add_render_rule(_name, _draw(_html))

_HTML = re.compile(r"<[a-zA-Z/!]")
_TABLE = re.compile(r"^\s*\|.*\|\s*$")


def to_html(text: str) -> str:
    """Markdown as rich text; lines of one paragraph are joined by a space."""
    tokens = _parser.parse(text.strip())
    for token in tokens:
        if token.level and token.type in {"paragraph_open", "paragraph_close"}:
            token.hidden = True  # in a list: rich text has no paragraphs inside its items
    return str(_parser.renderer.render(tokens, _parser.options, {})).replace("\n", "")


def is_safe_link(url: str) -> bool:
    """Whether :func:`to_html` makes a link of the address (no scripts, no files)."""
    return bool(url.strip()) and bool(_parser.validateLink(url))


def unwrap(text: str) -> str:
    """Plain text of a YAML block: lines of a paragraph joined, paragraphs kept apart."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(line.strip() for line in part.splitlines()) for part in paragraphs)


def find_forbidden(text: str) -> tuple[int, str] | None:
    """What the Markdown contains that packs do not have: ``(line from 0, words)``; ``None`` when nothing."""
    for number, line in enumerate(text.split("\n")):
        if _HTML.search(line):
            return number, "no admite HTML"
        if _TABLE.match(line):
            return number, "no admite tablas"
        if "![" in line:
            return number, "no lleva imágenes: van en un bloque image"
    number = 0
    previous = ""
    for token in _parser.parse(text):
        number = token.map[0] if token.map else number
        problem = _forbidden_token(token, previous)
        if problem:
            return number, problem
        previous = token.type
    return None


def _forbidden_token(token: Token, previous: str) -> str | None:
    if token.type == "heading_open" and (token.tag not in {"h2", "h3"} or token.level):
        return "usa solo títulos de nivel 2 y 3 (## y ###), fuera de las listas"
    if token.type == "paragraph_open" and token.level and previous != "list_item_open":
        return "tiene un punto de lista con más de un párrafo"
    if any(child.type == "em_open" for child in token.children or ()):
        return "no admite cursivas: usa **negrita**, o \\* para un asterisco"
    return None
