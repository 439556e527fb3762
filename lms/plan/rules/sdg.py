"""Numbers of the Sustainable Development Goals and their targets. Pure.

Source: General Assembly, A/RES/70/1 and the global indicator framework: 17 goals, 169 targets, numbered
first by outcome (``16.1`` to ``16.10``), then by means (``16.a``, ``16.b``).
"""

import re

OUTCOMES = (5, 5, 9, 7, 6, 6, 3, 10, 5, 7, 7, 8, 3, 7, 9, 10, 19)
"""How many numbered targets each goal has, from goal 1."""
MEANS = (
    "ab",
    "abc",
    "abcd",
    "abc",
    "abc",
    "ab",
    "ab",
    "ab",
    "abc",
    "abc",
    "abc",
    "abc",
    "ab",
    "abc",
    "abc",
    "ab",
    "",
)
"""The lettered ones."""

TARGETS = frozenset(
    f"{goal}.{end}"
    for goal, (outcomes, means) in enumerate(zip(OUTCOMES, MEANS, strict=True), start=1)
    for end in [*map(str, range(1, outcomes + 1)), *means]
)
GOALS = frozenset(str(goal) for goal in range(1, len(OUTCOMES) + 1))

_SEPARATORS = re.compile(r"[\s,;]+")


class UnknownTargetError(ValueError):
    """Not the number of a goal or target; the argument is what was written."""


def read_targets(text: str) -> list[str]:
    """``"16.5, 16.10; 4"`` → ``["4", "16.5", "16.10"]``: known numbers, once each, in order.

    Raises:
        UnknownTargetError: for the first that is none.
    """
    found = {part.lower().rstrip(".") for part in _SEPARATORS.split(text) if part}
    for target in sorted(found):
        if target not in TARGETS and target not in GOALS:
            raise UnknownTargetError(target)
    return sorted(found, key=order)


def order(target: str) -> tuple[int, int, str]:
    """Goals by number, each before its targets; numbered targets before lettered ones."""
    goal, _dot, end = target.partition(".")
    return int(goal), int(end) if end.isdigit() else (0 if not end else 1000), end
