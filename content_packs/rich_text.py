"""Rich text as the Markdown of packs: what ``markdown.to_html`` turns into the same rich text. Pure."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar

from content_packs.markdown import is_safe_link

_SPACES = re.compile(r"[ \t\r\n\f]+")
_ESCAPE = re.compile(r"([\\*_`\[\]|])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LEADING = re.compile(r"^(#{1,6}(?=\s|$)|[+\-](?=\s|$)|:::)", re.MULTILINE)
_LEADING_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_TWO_LISTS = re.compile(r"</(ul|ol)>\s*<\1>")  # in a row, they are one list in Markdown
_TRAILING_HASHES = re.compile(r"#(?=#*$)")


class Run(NamedTuple):
    """A stretch of text with one look. A line break inside a paragraph is ``"\\n"``."""

    text: str
    bold: bool
    href: str


def to_markdown(rich: str) -> str:
    """Rich text as Markdown. Links inside the site and unknown tags become plain text."""
    writer = _Writer()
    writer.feed(_TWO_LISTS.sub("", rich))
    writer.flush()
    lines: list[str] = []
    for index, (is_item, text) in enumerate(writer.blocks):
        if index and not (is_item and writer.blocks[index - 1][0]):
            lines.append("")
        lines.append(text)
    return "\n".join(lines)


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[bool, str]] = []
        self.runs: list[Run] = []
        self.heading = ""
        self.bold = 0
        self.href = ""
        self.lists: list[list[str]] = []  # the markers that the open lists have used
        self.kinds: list[str] = []
        self.prefix = ""

    def flush(self) -> None:
        """End a paragraph, heading or list item."""
        text = _write_runs(self.runs)
        self.runs = []
        if not text:
            return
        if self.heading:
            text = self.heading + _TRAILING_HASHES.sub(r"\\#", text.replace("\\\n", " "))
            self.blocks.append((False, text))
            return
        text = _LEADING_NUMBER.sub(r"\1\\\2", _LEADING.sub(r"\\\1", text))
        indent = " " * (sum(len(used[-1]) for used in self.lists if used))
        self.blocks.append((bool(self.prefix), self.prefix + text.replace("\n", "\n" + indent)))
        self.prefix = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"p", "h2", "h3", "ul", "ol", "li"}:
            self.flush()
        if tag in {"h2", "h3"}:
            self.heading = "#" * int(tag[1]) + " "
        elif tag in {"ul", "ol"}:
            self.lists.append([])
            self.kinds.append(tag)
        elif tag == "li" and self.lists:
            used = self.lists[-1]
            indent = " " * sum(len(outer[-1]) for outer in self.lists[:-1] if outer)
            used.append("- " if self.kinds[-1] == "ul" else f"{len(used) + 1}. ")
            self.prefix = indent + used[-1]
        elif tag in {"b", "strong"}:
            self.bold += 1
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self.href = href if is_safe_link(href) else ""
        elif tag == "br":
            self.runs.append(Run("\n", False, self.href))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "h2", "h3", "li", "ul", "ol"}:
            self.flush()
            self.heading = ""
        if tag == "li":
            self.prefix = ""
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
            self.kinds.pop()
        elif tag in {"b", "strong"}:
            self.bold = max(self.bold - 1, 0)
        elif tag == "a":
            self.href = ""

    def handle_data(self, data: str) -> None:
        self.runs.append(Run(_SPACES.sub(" ", data), bool(self.bold), self.href))


def _write_runs(runs: Iterable[Run]) -> str:
    """One paragraph: a link is outermost, bold inside it."""
    written = ""
    for href, group in groupby(_tidy(runs), key=lambda run: run.href):
        stretches = [Run("".join(r.text for r in same), bold, href)
                     for bold, same in groupby(group, key=lambda run: run.bold)]  # fmt: skip
        if not href:
            written = _add_stretches(written, stretches)
        else:
            if written.endswith("!"):  # not an image
                written = f"{written[:-1]}&#33;"
            written += f"[{_add_stretches('', stretches)}]({_write_address(href)})"
    return re.sub(r" *\n *", "\\\\\n", written.strip())


def _tidy(runs: Iterable[Run]) -> list[Run]:
    """Runs without doubled spaces, and bold without spaces at its edges, which Markdown cannot say."""
    found: list[Run] = []
    for run in runs:
        text = run.text
        if found and found[-1].text[-1] in " \n":
            text = text.lstrip(" ")
        middle = text.strip()
        before, after = text.partition(middle)[::2] if middle else (text, "")
        for piece, bold in ((before, False), (middle, run.bold), (after, False)):
            if piece:
                found.append(Run(piece, bold, run.href))
    return _join_bold(found)


def _join_bold(runs: list[Run]) -> list[Run]:
    """White space between two bold runs of one link is bold too: one stretch, not two that touch."""
    return [
        run._replace(bold=True)
        if run.text.isspace()
        and 0 < index < len(runs) - 1
        and "\n" not in run.text
        and all(near.bold and near.href == run.href for near in (runs[index - 1], runs[index + 1]))
        else run
        for index, run in enumerate(runs)
    ]


def _add_stretches(written: str, stretches: list[Run]) -> str:
    opened = ""  # the character that follows a closing ** may have to be spelled out
    for run in stretches:
        text = _escape(run.text)
        if opened and _needs_spelling(opened, text[0]):
            text = f"&#{ord(text[0])};{text[1:]}"
        opened = ""
        if run.bold:
            if written and _needs_spelling(text[0], written[-1]):
                written = f"{written[:-1]}&#{ord(written[-1])};"
            text, opened = f"**{text}**", text[-1]
        written += text
    return written


def _needs_spelling(inner: str, outer: str) -> bool:
    """CommonMark 6.2: ``**`` beside punctuation inside needs white space or punctuation outside."""
    return _is_punctuation(inner) and not outer.isspace() and not _is_punctuation(outer)


def _is_punctuation(letter: str) -> bool:
    return bool(isMdAsciiPunct(ord(letter)) or isPunctChar(letter))


def _escape(text: str) -> str:
    return _ESCAPE.sub(r"\\\1", _ENTITY.sub("&amp;", text).replace("<", "&lt;"))


def _write_address(href: str) -> str:
    address = _ENTITY.sub("&amp;", href).replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([()\\])", r"\\\1", re.sub(r"\s", "%20", address))
