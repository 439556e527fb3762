"""Moodle's XML as it is written: safe to open, and its texts as plain text.

Nothing outside the file is ever read: a document type, from which entities and outside files come, is
refused as a whole (OWASP, «XML External Entity Prevention»).
"""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from courses.quizzes.formats.base import LARGEST_FILE, Adapted, FileProblem, QuestionFileError, Refusal
from courses.quizzes.formats.moodle.ours import EXCERPT, LONGEST_TEXT, MOST_ANSWERS, RefusedError
from courses.quizzes.formats.texts import TextFormat, read_text, to_text

DEEPEST = 40
"""Elements inside each other; Moodle's own go six deep."""
MOST_ELEMENTS = 500_000

FORMATS = {
    "html": TextFormat.HTML,
    "moodle_auto_format": TextFormat.AUTO,
    "plain_text": TextFormat.PLAIN,
    "markdown": TextFormat.MARKDOWN,
}


def parse(data: bytes) -> Element:
    """The root of a file of questions.

    Raises:
        QuestionFileError: the file is too large, no XML, none of Moodle's, broken or unsafe.
    """
    if len(data) > LARGEST_FILE:
        raise QuestionFileError(FileProblem.TOO_LARGE)
    data = data.lstrip(b" \t\r\n")
    if not data.removeprefix(b"\xef\xbb\xbf").startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    root = _parse(data)
    if root.tag != "quiz":
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    return root


def _parse(data: bytes) -> Element:
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise QuestionFileError(FileProblem.HOSTILE) from error
    except ParseError as error:
        raise QuestionFileError(FileProblem.BROKEN, error.position[0]) from error
    except (ValueError, LookupError) as error:  # an encoding that is unknown or not kept
        raise QuestionFileError(FileProblem.BROKEN) from error
    return root


class _Builder(TreeBuilder):
    """A tree that does not grow beyond what questions need."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._count = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise QuestionFileError(FileProblem.HOSTILE)
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(tag)


class Source:
    """A question as written. ``adapted``: what was lost in the texts that were read from it."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.adapted: list[Adapted] = []

    @property
    def type(self) -> str:
        return self.element.get("type", "").strip()

    def value(self, name: str) -> str:
        """The text directly inside an element; empty where there is none."""
        return (self.element.findtext(name) or "").strip()

    def is_on(self, name: str, *, default: bool = False) -> bool:
        """A setting that Moodle writes as ``true`` or ``1``."""
        return self.value(name).lower() in ("true", "1") if self.value(name) else default

    def text(self, name: str) -> str:
        """The text of an element such as ``questiontext``, as plain text."""
        element = self.element.find(name)
        return "" if element is None else self.text_of(element)

    def text_of(self, element: Element) -> str:
        """The text of an element with a ``text`` inside and a format; a file beside it is left out."""
        text, adapted = read_text(*raw_text(element))
        self.adapted += adapted
        if element.find("file") is not None and Adapted.PICTURE_LEFT_OUT not in self.adapted:
            self.adapted.append(Adapted.PICTURE_LEFT_OUT)
        return text

    def answer_of(self, element: Element) -> str:
        """As :meth:`text_of`, of something that has to be read to answer.

        Raises:
            RefusedError: there is no text; perhaps there was a picture.
        """
        before = len(self.adapted)
        text = self.text_of(element)
        if not text:
            is_picture = Adapted.PICTURE_LEFT_OUT in self.adapted[before:] or element.find("file") is not None
            raise RefusedError(Refusal.NEEDS_A_PICTURE if is_picture else Refusal.NO_TEXT)
        return text

    def excerpt(self) -> str:
        """The beginning of the question, whatever else is wrong with it."""
        text = self.element.findtext("questiontext/text") or ""
        return to_text(text[:EXCERPT])[0]

    def each(self, name: str) -> list[Element]:
        """All elements of a name, or of a path.

        Raises:
            RefusedError: there are far more than a question has.
        """
        elements = self.element.findall(name)
        if len(elements) > MOST_ANSWERS:
            raise RefusedError(Refusal.TOO_LONG)
        return elements


def raw_text(element: Element) -> tuple[str, TextFormat]:
    """A text as it is written, and how; without a format it is HTML, as in Moodle's own import.

    Raises:
        RefusedError: it is far too long.
    """
    text, written = element.findtext("text") or "", element.get("format", "html").strip()
    if len(text) > LONGEST_TEXT:
        raise RefusedError(Refusal.TOO_LONG)
    return text, FORMATS.get(written, TextFormat.HTML)
