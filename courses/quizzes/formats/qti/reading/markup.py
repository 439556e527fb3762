"""The XHTML of an item as markup for :func:`courses.quizzes.formats.texts.to_text`.

Source: QTI 2.1 Information Model, XHTML elements of the content model; 2.2 and 3.0 add those of HTML 5.
"""

from collections.abc import Callable, Sequence
from html import escape

from courses.quizzes.formats.qti.tree import Node

PICTURES = frozenset({
    "img", "object", "video", "audio", "picture", "svg", "embed", "iframe", "canvas", "include",
})  # fmt: skip
FEEDBACK = frozenset({"feedbackblock", "feedbackinline", "modalfeedback"})
UNSEEN = FEEDBACK | {
    "script", "style", "template", "noscript", "stylesheet", "catalog", "printedvariable", "infocontrol",
}  # fmt: skip
KEPT = frozenset({
    "p", "div", "br", "hr", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody",
    "tfoot", "tr", "td", "th", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "a", "abbr",
    "b", "big", "cite", "code", "dfn", "em", "i", "kbd", "q", "s", "samp", "small", "span", "strong",
    "sub", "sup", "tt", "u", "var", "math", "section", "article", "header", "footer", "aside", "figure",
    "figcaption", "address", "details", "summary",
})  # fmt: skip
BLOCKS = frozenset({"contentbody", "itembody", "prompt", "rubricblock", "templateblock", "stimulusbody"})
"""Of QTI, what stands in lines of its own."""
VOID = frozenset({"br", "hr"})
NO_MARKS = {0xE000: None, 0xE001: None}
"""Characters without a meaning, with which ``gaps`` marks its places."""

Put = Callable[[Node], str | None]
"""The HTML in place of an element; ``None`` where it stays what it is."""


def to_html(children: Sequence[Node | str], put: Put | None = None) -> str:
    """Markup without attributes, for :func:`courses.quizzes.formats.texts.to_text`."""
    return "".join(_pieces(children, put))


def _pieces(children: Sequence[Node | str], put: Put | None) -> list[str]:
    pieces: list[str] = []
    for child in children:
        if isinstance(child, str):
            pieces.append(escape(child.translate(NO_MARKS)))
            continue
        own = put(child) if put else None
        pieces.extend(_element(child, put) if own is None else [own])
    return pieces


def _element(node: Node, put: Put | None) -> list[str]:
    if node.name in UNSEEN or node.name.endswith("interaction") or _is_hidden_rubric(node):
        return []
    if node.name in PICTURES:
        return [f'<img alt="{escape(node.get("alt"))}">']
    if node.name in VOID:
        return [f"<{node.name}>"]
    name = "div" if node.name in BLOCKS else node.name if node.name in KEPT else "span"
    return [f"<{name}>", *_pieces(node.children, put), f"</{name}>"]


def _is_hidden_rubric(node: Node) -> bool:
    return node.name == "rubricblock" and "candidate" not in node.get("view").split()
