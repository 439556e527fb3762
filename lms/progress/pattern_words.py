"""What a group chose, in words: the same for those who learn and for those who teach."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lms.progress.rules.patterns import FEW, MOST, Pattern
from lms.ui.spelling import spell_percent


@dataclass(frozen=True)
class ChosenLine:
    """One choice of a scene as the group made it. ``words``: its percentage, never all nor none."""

    text: str
    percent: int
    words: str
    is_mine: bool


@dataclass(frozen=True)
class Group:
    """What ``people`` chose in one scene, most chosen first; empty below a whole group."""

    people: int = 0
    lines: tuple[ChosenLine, ...] = ()


def to_group(*, choices: Iterable[Any], pattern: Pattern | None, mine: str = "") -> Group:
    """The pattern of a scene in its author's words. ``choices`` of the scene; ``mine``: a choice's key."""
    if pattern is None:
        return Group()
    lines = [
        ChosenLine(
            text=choice["recap"],
            percent=pattern.percent(choice["key"]),
            words=spell_part(pattern.percent(choice["key"])),
            is_mine=choice["key"] == mine,
        )
        for choice in choices
    ]
    return Group(pattern.people, tuple(sorted(lines, key=lambda line: -line.percent)))


def spell_part(percent: int) -> str:
    """«30 %»; at the ends «10 % o menos» and «90 % o más»."""
    words = {"percent": spell_percent(percent=percent)}
    if percent <= FEW:
        return _("%(percent)s o menos") % words
    return _("%(percent)s o más") % words if percent >= MOST else words["percent"]
