"""Words that a lesson explains: finding them in rich text and marking where each first stands. Pure.

The mark is a link to the meaning at the foot of the lesson, which leads back (WCAG 3.1.3, techniques
G55 and H40): it works with a keyboard, by touch, without JavaScript and on paper.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

MARKED_FIELDS = {"text": "text", "plain": "text", "law": "summary"}
"""Rich text that every learner of the lesson reads, by kind of block."""

_CLOSED = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "code", "pre", "button", "dfn"})
"""Nothing is marked inside these: a link in a link, a heading that reads differently in the outline."""


@dataclass(frozen=True)
class Term:
    """A word of the glossary. ``variants``: other spellings of it, its plural. ``avoid``: jargon for it.

    Without a ``definition`` it only stands in for its jargon and is not shown to learners.
    """

    term: str
    variants: tuple[str, ...] = ()
    definition: str = ""
    avoid: tuple[str, ...] = ()
    source: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.term, *self.variants)

    @property
    def anchor(self) -> str:
        """What its addresses in a page end with."""
        plain = unicodedata.normalize("NFKD", self.term).encode("ascii", "ignore").decode().lower()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def pattern_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of the forms as whole words, the longest first; capitals do not matter, accents do."""
    longest_first = sorted({form for form in forms if form}, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


def explain(
    raw: Sequence[Mapping[str, Any]], terms: Iterable[Term]
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """A lesson with its words marked, and what they mean, in the order in which they occur.

    ``raw`` is the StreamField data and is not changed. A word that the lesson defines itself, in a
    glossary block, is left to it. The meanings are plain data: ``term``, ``anchor``, ``definition``
    and ``source``.
    """
    own = {str(block["value"].get("term", "")).casefold() for block in raw if block["type"] == "glossary"}
    wanted = [term for term in terms if term.definition and not own & {f.casefold() for f in term.forms}]
    if not wanted:
        return [dict(block) for block in raw], []
    marker = _Marker(wanted)
    body = [_in_rich_text(block, marker.mark) for block in raw]
    return body, [
        {"term": term.term, "anchor": term.anchor, "definition": term.definition, "source": term.source}
        for term in marker.found
    ]


def keep_apart(
    body: Iterable[Mapping[str, Any]], terms: Iterable[Mapping[str, str]], *, number: int
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Blocks of an explained lesson and the meanings of the words marked in these, on a page with others.

    ``number``: of the lesson on that page; the addresses then differ from those of the other lessons.
    """
    found: set[str] = set()

    def readdress(match: re.Match[str]) -> str:
        found.add(match[1])
        return _mark(f"{number}-{match[1]}")

    moved = [_in_rich_text(block, lambda html: _MARK.sub(readdress, html)) for block in body]
    return moved, [
        {**term, "anchor": f"{number}-{term['anchor']}"} for term in terms if term["anchor"] in found
    ]


def _in_rich_text(block: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    field = MARKED_FIELDS.get(block["type"])
    if field is None or not block["value"].get(field):
        return dict(block)
    return {**block, "value": {**block["value"], field: change(block["value"][field])}}


def _mark(anchor: str) -> str:
    return f'<a class="gloss" id="palabra-{anchor}" href="#glosario-{anchor}">'


_MARK = re.compile(r'<a class="gloss" id="palabra-([a-z0-9-]*)" href="#glosario-\1">')


class _Marker(HTMLParser):
    """Copies rich text tag by tag, with a link around the first occurrence of each term."""

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Term] = []
        self._terms = {form.casefold(): term for term in reversed(terms) for form in term.forms}
        self._pattern = pattern_of(form for term in terms for form in term.forms)
        self._closed = 0
        self._out: list[str] = []

    def mark(self, html: str) -> str:
        self._closed, self._out = 0, []
        self.reset()
        self.feed(html)
        self.close()
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._closed += tag in _CLOSED
        self._out.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._closed -= tag in _CLOSED and self._closed > 0
        self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._out.append(data if self._closed else self._pattern.sub(self._link, data))

    def handle_entityref(self, name: str) -> None:
        self._out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._out.append(f"&#{name};")

    def _link(self, match: re.Match[str]) -> str:
        term = self._terms[match[1].casefold()]
        if term in self.found:
            return match[0]
        self.found.append(term)
        return f"{_mark(term.anchor)}{match[0]}</a>"
