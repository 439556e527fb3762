"""A document as its parts, before anybody decides whether it becomes a PDF or a text document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Heading:
    """``level`` 2 for a section, 3 for one inside it; the title of the paper is level 1."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Passage:
    """A paragraph; line ends begin another. ``label`` stands before it, set apart."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Bullets:
    """Short texts, one below the other."""

    items: Sequence[str]


@dataclass(frozen=True)
class GridColumn:
    """``share`` of the width, of 1 for all columns together."""

    title: str
    share: float


@dataclass(frozen=True)
class Grid:
    """A table with a row of titles; the first cell of each row names it."""

    columns: Sequence[GridColumn]
    rows: Sequence[Sequence[str]]


Block = Heading | Passage | Bullets | Grid


@dataclass(frozen=True)
class Paper:
    """All that a document says. ``warning``: what must be read first; ``foot``: on all pages."""

    title: str
    kicker: str
    subtitle: str
    author: str
    made_at: datetime
    foot: str
    blocks: Sequence[Block]
    warning: str = ""
    language: str = "es-CL"
