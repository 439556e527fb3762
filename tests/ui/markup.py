"""Reading a page as a browser does: what is a heading, which field has which label."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

CONTROLS = {"input", "select", "textarea"}
VOID = {"input", "meta", "link", "img", "br", "hr", "use", "rect", "path", "line", "circle"}


@dataclass
class Element:
    """One element with its attributes and the text inside it."""

    name: str
    attrs: dict[str, str]
    inside: tuple[str, ...] = ()
    text: str = ""


@dataclass
class Markup:
    """All elements of a page, in order."""

    elements: list[Element] = field(default_factory=list)

    def all(self, *names: str) -> list[Element]:
        return [element for element in self.elements if element.name in names]

    def with_id(self, id_: str) -> Element:
        return next(element for element in self.elements if element.attrs.get("id") == id_)

    @property
    def visible_controls(self) -> list[Element]:
        return [e for e in self.all(*CONTROLS) if e.attrs.get("type") != "hidden"]

    def name_of(self, control: Element) -> str:
        """The text of the label of a control; empty when it has none."""
        if control.attrs.get("aria-label"):
            return control.attrs["aria-label"]
        labels = [e for e in self.all("label") if e.attrs.get("for") == control.attrs.get("id")]
        return " ".join(e.text.strip() for e in labels)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.markup = Markup()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = tuple(element.name for element in self.open)
        element = Element(tag, {name: value or "" for name, value in attrs}, inside)
        self.markup.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = tuple(element.name for element in self.open)
        self.markup.elements.append(Element(tag, {name: value or "" for name, value in attrs}, inside))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().name != tag:
            pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read_markup(html: str) -> Markup:
    """The elements of a page or of a piece of one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.markup
