"""Who reads publications, subtracts them, and tries every result that fits them all.

The attacker knows which institutions were in each group and which of them answered again, belongs to
the group, and knows the own results. Results are those of a coarse scale, so that all can be tried.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from lms.diagnostics.rules import Quartiles, quartiles

SCALE = (0, 33, 67, 100)


@dataclass(frozen=True)
class Publication:
    """What was shown (``None``: nothing), the attacker's own result, and the parts of the group."""

    figures: Quartiles | None
    own: int
    parts: tuple[str, ...]


def possible(*, publications: Sequence[Publication], sizes: Mapping[str, int]) -> dict[str, set[int]]:
    """Which results an institution of each part may have, given all publications.

    Who of a part has which does not matter: none of them is named.
    """
    found: dict[str, set[int]] = {part: set() for part in sizes}
    for guess in _guesses(list(publications), sizes, {}):
        for part, values in guess.items():
            found[part].update(values)
    return found


def _guesses(
    left: list[Publication], sizes: Mapping[str, int], made: dict[str, tuple[int, ...]]
) -> Iterator[dict[str, tuple[int, ...]]]:
    if not left:
        yield made
        return
    first, *later = left
    for guess in _fill([part for part in first.parts if part not in made], sizes, made):
        values = [first.own, *(value for part in first.parts for value in guess[part])]
        if first.figures is None or quartiles(values=values) == first.figures:
            yield from _guesses(later, sizes, guess)


def _fill(
    parts: list[str], sizes: Mapping[str, int], made: dict[str, tuple[int, ...]]
) -> Iterator[dict[str, tuple[int, ...]]]:
    if not parts:
        yield made
        return
    part, *later = parts
    for values in combinations_with_replacement(SCALE, sizes[part]):
        yield from _fill(later, sizes, {**made, part: values})
