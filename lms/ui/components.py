"""What the shared components are given. Views and selectors build these; templates only print them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

TagKind = Literal["ok", "warn", "bad", "info", "mute", "none"]


@dataclass(frozen=True)
class Crumb:
    """A step of "you are here"; the last one has no address."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Notice:
    """A status: always an icon and a word. Kind ``none`` is the hatching of "no data"."""

    kind: TagKind
    icon: str
    text: str


@dataclass(frozen=True)
class Fact:
    """A row of ``facts``. An empty ``value`` is drawn as missing, with its words, never left blank.

    ``language``: of the value, where it may not be the page's.
    """

    label: str
    value: str = ""
    note: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True)
class Detail:
    """A small fact with its icon, as under a course's title."""

    icon: str
    text: str


@dataclass(frozen=True)
class CourseRow:
    """A course in a list. ``total`` > 0 draws the progress; ``completed`` says it in words instead."""

    title: str
    url: str
    summary: str = ""
    emblem: str = "puerta"
    ground: int = 1
    details: Sequence[Detail] = field(default=())
    notice: Notice | None = None
    done: int = 0
    total: int = 0
    completed: str = ""


@dataclass(frozen=True)
class Chip:
    """An active filter; its address removes it."""

    text: str
    url: str


@dataclass(frozen=True)
class Choice:
    """An option of a filter."""

    value: str
    text: str
    is_selected: bool = False
