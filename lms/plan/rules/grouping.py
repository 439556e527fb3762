"""Categories too small to stand alone are put together. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.plan.rules.figures import few_below

OTHERS = "*"
"""The code of the category that stands for those put together; no real code has an asterisk."""


@dataclass(frozen=True)
class Grouping:
    """Which categories stand alone and which were put together, both in stable order."""

    alone: tuple[str, ...] = ()
    together: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> tuple[str, ...]:
        """The categories as published; the common one comes last."""
        return (*self.alone, OTHERS) if self.together else self.alone

    def row_of(self, code: str) -> str:
        """The published category in which ``code`` is counted."""
        return OTHERS if code in self.together else code


def group_small(*, headcounts: Mapping[str, int], k: int) -> Grouping:
    """Puts together all categories of fewer than ``k`` people, with more until they hide each other.

    The common category has two members or more, ``k`` people or more, and its sum leaves every
    member several possible values. The smallest of the others joins first (ties by code). Where
    even all of them do not suffice, all are together.
    """
    ranked = sorted(headcounts, key=lambda code: (headcounts[code], code))
    small = [code for code in ranked if headcounts[code] < k]
    if not small:
        return Grouping(alone=tuple(sorted(headcounts)))
    count = len(small)
    while count < len(ranked) and not _hide_each_other(
        counts=[headcounts[code] for code in ranked[:count]], k=k
    ):
        count += 1
    together = set(ranked[:count])
    return Grouping(alone=tuple(sorted(set(headcounts) - together)), together=tuple(sorted(together)))


def _hide_each_other(*, counts: list[int], k: int) -> bool:
    """Whether the sum leaves enough choice: members below ``k`` are known to be so, others not to be."""
    total = sum(counts)
    if len(counts) < 2 or total < k:
        return False
    lows = [1 if count < k else k for count in counts]
    highs = [k - 1 if count < k else total for count in counts]
    spread = min(few_below(k=k), max(k - 2, 0))
    for low, high in zip(lows, highs, strict=True):
        most = min(high, total - (sum(lows) - low))
        least = max(low, total - (sum(highs) - high))
        if most - least < spread:
            return False
    return True
