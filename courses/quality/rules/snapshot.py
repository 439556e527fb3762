"""A course as the rules see it: plain data, the same from pages and from the files of a pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from courses.blocks.words import learner_text
from courses.glossary import Term
from courses.quality.rules.html import RichText, read_rich_text
from courses.quizzes.rules import QuestionSpec


class LinkState(StrEnum):
    """What an address answered when it was last asked."""

    UNKNOWN = "unknown"
    WORKS = "works"
    GONE = "gone"
    FAILS = "fails"


@dataclass(frozen=True)
class Block:
    """One block of a lesson; ``value`` as a StreamField stores it."""

    id: str
    kind: str
    value: Mapping[str, Any]

    @cached_property
    def rich(self) -> RichText:
        """All its rich text, in order."""
        return read_rich_text("\n".join(_rich_strings(self.value)))

    @cached_property
    def text(self) -> str:
        """What the learner reads in it, a piece a line; quoted law left out."""
        return learner_text([{"type": self.kind, "value": self.value}])

    def items(self, name: str) -> list[Mapping[str, Any]]:
        """The members of a list inside it."""
        return [item["value"] for item in self.value.get(name) or [] if "value" in item]


def _rich_strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value.lstrip().startswith("<") else []
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for part in inner for text in _rich_strings(part)]


@dataclass(frozen=True)
class LessonText:
    """A lesson. ``key`` names it in findings: the id of its page, or its code in a pack."""

    key: str
    title: str
    summary: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class LawText:
    """A norm. ``version``: of the text in force that we know of."""

    short: str
    version: date | None = None
    url: str = ""


@dataclass(frozen=True)
class FileText:
    """A stored file. ``size`` in bytes."""

    name: str
    size: int = 0


@dataclass(frozen=True)
class CompetenceText:
    code: str
    name: str


@dataclass(frozen=True)
class CourseText:
    """A course. ``laws``, ``images`` and ``documents`` by the id with which blocks name them.

    ``links``: what is known of addresses. ``is_assessed``: it ends with questions drawn from a bank.
    """

    title: str = ""
    lessons: tuple[LessonText, ...] = ()
    questions: tuple[QuestionSpec, ...] = ()
    competences: tuple[CompetenceText, ...] = ()
    is_assessed: bool = False
    laws: Mapping[int, LawText] = field(default_factory=dict)
    images: Mapping[int, FileText] = field(default_factory=dict)
    documents: Mapping[int, FileText] = field(default_factory=dict)
    links: Mapping[str, LinkState] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()


def read_blocks(raw: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The blocks of raw StreamField data."""
    return tuple(Block(str(block.get("id") or ""), block["type"], block["value"]) for block in raw)
