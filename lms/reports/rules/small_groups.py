"""Comparing groups without pointing at people: small ones are not told apart. Pure."""

from collections.abc import Mapping
from typing import TypeVar

FEWEST = 5
"""A group of fewer people shows neither counts nor a rate where groups are compared."""

Key = TypeVar("Key")


def hidden_groups(people: Mapping[Key, int]) -> frozenset[Key]:
    """The groups that a comparison does not tell, by their numbers of people.

    One hidden group alone would be what is left of the total: the smallest of the others is hidden
    with it. Groups without people say nothing of anybody.
    """
    small = {key for key, number in people.items() if 0 < number < FEWEST}
    others = sorted((number, str(key), key) for key, number in people.items() if number >= FEWEST)
    if len(small) == 1 and others:
        small.add(min(others, key=lambda one: one[:2])[2])
    return frozenset(small)
