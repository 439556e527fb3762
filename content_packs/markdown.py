"""The little Markdown of packs, and the same back from rich text. Pure.

Paragraphs, headings of level 2 and 3, lists, bold and links: what an author of the admin has too.
"""

import re
from html.parser import HTMLParser

from markdown_it import MarkdownIt

_parser = MarkdownIt("zero").enable(["heading", "list", "emphasis", "link", "escape", "entity", "newline"])
_ESCAPE = re.compile(r"([\\*_`\[\]<])")
_LEADING = re.compile(r"^(\s*)([#+\-]|\d+[.)])(?=\s)", re.MULTILINE)


def to_html(text: str) -> str:
    """Markdown as rich text."""
    rendered = str(_parser.render(text.strip()))
    return rendered.replace("<strong>", "<b>").replace("</strong>", "</b>").replace("\n", "")


def unwrap(text: str) -> str:
    """Plain text of a YAML block: lines of a paragraph joined, paragraphs kept apart."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(line.strip() for line in part.splitlines()) for part in paragraphs)


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.text = ""
        self.prefix = ""
        self.lists: list[list[object]] = []
        self.href = ""

    def flush(self) -> None:
        text = " ".join(self.text.split())
        if text:
            if not self.prefix:
                text = _LEADING.sub(r"\1\\\2", text)
            self.blocks.append(self.prefix + text)
        self.text, self.prefix = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "h2", "h3", "ul", "ol"}:
            self.flush()
        if tag in {"h2", "h3"}:
            self.prefix = "#" * int(tag[1]) + " "
        elif tag in {"ul", "ol"}:
            self.lists.append([tag, 0])
        elif tag == "li":
            self.flush()
            kind = self.lists[-1]
            kind[1] = int(str(kind[1])) + 1
            indent = "  " * (len(self.lists) - 1)
            self.prefix = indent + ("- " if kind[0] == "ul" else f"{kind[1]}. ")
        elif tag in {"b", "strong"}:
            self.text += "**"
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""
            self.text += "["
        elif tag == "br":
            self.text += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "h2", "h3", "li"}:
            self.flush()
        elif tag in {"ul", "ol"}:
            self.flush()
            self.lists.pop()
        elif tag in {"b", "strong"}:
            self.text += "**"
        elif tag == "a":
            self.text += f"]({self.href})"

    def handle_data(self, data: str) -> None:
        self.text += _ESCAPE.sub(r"\\\1", data)


def to_markdown(rich: str) -> str:
    """Rich text as Markdown that :func:`to_html` turns into the same rich text."""
    writer = _Writer()
    writer.feed(rich)
    writer.flush()
    lines: list[str] = []
    for block in writer.blocks:
        is_item = re.match(r"\s*(?:- |\d+\. )", block)
        was_item = lines and re.match(r"\s*(?:- |\d+\. )", lines[-1])
        if lines and not (is_item and was_item):
            lines.append("")
        lines.append(block)
    return "\n".join(lines)


def find_forbidden(text: str) -> str | None:
    """What the Markdown contains that packs do not have, in words; ``None`` when all is well."""
    if re.search(r"^#\s|^#{4,}\s", text, re.MULTILINE):
        return "usa solo títulos de nivel 2 y 3 (## y ###)"
    if re.search(r"<[a-zA-Z/]", text):
        return "no admite HTML"
    if re.search(r"^\s*\|.*\|\s*$", text, re.MULTILINE):
        return "no admite tablas"
    if re.search(r"!\[", text):
        return "las imágenes van en un bloque image"
    return None
