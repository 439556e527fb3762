"""What may be told of the choices of a group. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

FEW, MOST = 10, 90
"""Per cent below and above which no figure is told: nobody learns that all chose alike, or none."""


@dataclass(frozen=True)
class Pattern:
    """What ``people`` chose in one scene. ``percents``: of each choice, within ``FEW`` and ``MOST``."""

    people: int
    percents: Mapping[str, int]

    def percent(self, choice: str) -> int:
        """Of a choice; one that nobody made is among the few."""
        return self.percents.get(choice, FEW)


def to_pattern(*, counts: Mapping[str, int], group: int) -> Pattern | None:
    """The pattern of ``{choice: people}``; ``None`` until a whole group has decided."""
    people = sum(counts.values())
    if people < group:
        return None
    return Pattern(
        people, {choice: min(max(round(n * 100 / people), FEW), MOST) for choice, n in counts.items()}
    )
