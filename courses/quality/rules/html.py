"""What rich text consists of: headings, links, tables, colours, paragraphs that are all bold."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_PIECES = frozenset({"p", "li", "td", "th", "caption", "a", *_HEADINGS})
_VOID = frozenset({"br", "hr", "img", "embed", "input", "wbr"})


@dataclass(frozen=True)
class Piece:
    """A heading, paragraph, item, cell or link. ``bold``: how much of its text is bold, in characters."""

    tag: str
    text: str
    bold: int = 0
    href: str = ""


@dataclass(frozen=True)
class Table:
    has_headers: bool
    has_caption: bool
    first_words: str


@dataclass(frozen=True)
class Coloured:
    """An element with colours of its own. ``style``: its style attribute."""

    style: str
    text: str


@dataclass
class RichText:
    pieces: list[Piece] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    coloured: list[Coloured] = field(default_factory=list)

    @property
    def headings(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.tag in _HEADINGS]

    @property
    def links(self) -> list[Piece]:
        """Links that leave the site; Wagtail itself keeps those to pages and files."""
        return [piece for piece in self.pieces if piece.tag == "a" and piece.href]


def read_rich_text(html: str) -> RichText:
    """Read rich text, however badly it is written."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.rich


@dataclass
class _Open:
    tag: str
    attrs: dict[str, str | None]
    place: int
    text: str = ""
    bold: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rich = RichText()
        self._open: list[_Open] = []
        self._headers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        if tag == "table":
            self._headers = []
        elif tag in ("th", "caption"):
            self._headers.append(tag)
        self._open.append(_Open(tag, dict(attrs), len(self.rich.pieces)))
        if tag in _PIECES:
            self.rich.pieces.append(Piece(tag, ""))

    def handle_data(self, data: str) -> None:
        is_bold = any(element.tag in ("b", "strong") for element in self._open)
        for element in self._open:
            element.text += data
            element.bold += len(data.strip()) if is_bold else 0

    def handle_endtag(self, tag: str) -> None:
        if not any(element.tag == tag for element in self._open):
            return
        while True:
            element = self._open.pop()
            self._end(element)
            if element.tag == tag:
                return

    def close(self) -> None:
        super().close()
        while self._open:
            self._end(self._open.pop())

    def _end(self, element: _Open) -> None:
        text = " ".join(element.text.split())
        if element.tag in _PIECES:
            href = element.attrs.get("href") or ""
            self.rich.pieces[element.place] = Piece(element.tag, text, element.bold, href)
        if element.tag == "table":
            headers = self._headers
            self.rich.tables.append(Table("th" in headers, "caption" in headers, text[:80]))
        if element.attrs.get("style"):
            self.rich.coloured.append(Coloured(str(element.attrs["style"]), text))
