"""Trees of institutions and units. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping


def below(*, roots: Iterable[int], parent_of: Mapping[int, int | None]) -> frozenset[int]:
    """The roots and everything that hangs from them, whatever the depth; a circle ends by itself."""
    children: dict[int, list[int]] = defaultdict(list)
    for child, parent in parent_of.items():
        if parent is not None:
            children[parent].append(child)
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += children[place]
    return frozenset(found)


def makes_circle(*, child: int, parent: int | None, parent_of: Mapping[int, int | None]) -> bool:
    """Whether hanging ``child`` from ``parent`` would close a circle."""
    return parent is not None and parent in below(roots=[child], parent_of=parent_of)
