"""XML of any QTI version as one kind of tree, read without trust.

QTI 3.0 spells ``qti-simple-choice`` and ``response-identifier`` what 2.x spells ``simpleChoice`` and
``responseIdentifier``. Names are folded to one spelling, ``simplechoice``, ``responseidentifier``, so
that there is one reader. Namespaces are left out; values of attributes are left as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from courses.quizzes.formats.base import FileProblem, QuestionFileError

DEEPEST = 100
MOST_NODES = 200_000
"""Elements of one file: a megabyte of ``<a/>`` would take a hundred times that in memory."""


@dataclass
class Node:
    """An element; ``children`` are elements and texts in their order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        """An attribute, without blanks around."""
        return self.attributes.get(name, default).strip()

    def elements(self, *names: str) -> list["Node"]:
        """The children that are elements, of these names or of any."""
        found = (child for child in self.children if isinstance(child, Node))
        return [child for child in found if not names or child.name in names]

    def first(self, name: str) -> "Node | None":
        return next(iter(self.elements(name)), None)

    def all(self, *names: str) -> Iterator["Node"]:
        """The element and all below it, of these names or of any, in their order."""
        if not names or self.name in names:
            yield self
        for child in self.elements():
            yield from child.all(*names)

    @property
    def text(self) -> str:
        """All text below, without blanks around."""
        return "".join(self._texts()).strip()

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Node):
                yield from child._texts()
            else:
                yield child


def fold(name: str) -> str:
    """The one spelling of a name: ``{…}qti-simple-choice`` and ``simpleChoice`` are ``simplechoice``."""
    return name.rpartition("}")[2].removeprefix("qti-").replace("-", "").lower()


class _Builder:
    """What the parser tells; see ``xml.etree.ElementTree.XMLParser``."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_NODES or len(self._open) >= DEEPEST:
            raise QuestionFileError(FileProblem.HOSTILE)
        node = Node(fold(tag), {fold(name): value for name, value in attributes.items()})
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].children.append(text)

    def end(self, tag: str) -> None:
        self._open.pop()

    def close(self) -> Any:
        return self.root


def parse_xml(data: bytes) -> Node:
    """The root of a file.

    Raises:
        QuestionFileError: ``HOSTILE`` with a document type, entities, too deep or too many elements;
            ``BROKEN`` where it is not well-formed or its encoding is unknown.
    """
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Node | None = parser.close()
    except DefusedXmlException as error:
        raise QuestionFileError(FileProblem.HOSTILE) from error
    except ParseError as error:
        raise QuestionFileError(FileProblem.BROKEN, error.position[0]) from error
    except (ValueError, LookupError, UnicodeError) as error:  # of encodings
        raise QuestionFileError(FileProblem.BROKEN) from error
    if root is None:
        raise QuestionFileError(FileProblem.BROKEN)
    return root
