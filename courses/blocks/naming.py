"""Keys of practice questions and dilemmas in a lesson's raw StreamField data.

Both are known by their key in the whole course, so it stands once there.
"""

from collections.abc import Container, Iterator
from typing import Any

from courses.keys import free_key, make_key

Raw = list[dict[str, Any]]

_KEYS = {"check": "key", "dilemma": "code"}
LONGEST_DILEMMA_CODE = 40


def keys_of(raw: Raw) -> set[str]:
    """The keys that a lesson uses."""
    return {value[name] for value, name in _named(raw) if value.get(name)}


def fill_keys(raw: Raw, *, lesson_key: str, taken: Container[str]) -> None:
    """Give a key to what has none: ``m1-l1-p2``, or made of a dilemma's title. Changes ``raw`` in place."""
    used = keys_of(raw)
    number = 0
    for value, name in _named(raw):
        number += name == "key"
        if value.get(name):
            continue
        if name == "key":
            wanted, longest = f"{lesson_key[:50]}-p{number}", 60
        else:
            wanted, longest = make_key(value["title"], default="dilema"), LONGEST_DILEMMA_CODE
        value[name] = free_key(wanted, _Both(used, taken), longest)
        used.add(value[name])


def free_keys(raw: Raw, *, taken: Container[str]) -> None:
    """Change what is taken to the next key that is free. Changes ``raw`` in place."""
    used = keys_of(raw)
    for value, name in _named(raw):
        if value.get(name) and value[name] in taken:
            longest = LONGEST_DILEMMA_CODE if name == "code" else 60
            value[name] = free_key(value[name], _Both(used, taken), longest)
            used.add(value[name])


def _named(raw: Raw) -> Iterator[tuple[dict[str, Any], str]]:
    for block in raw:
        if name := _KEYS.get(block["type"]):
            yield block["value"], name


class _Both:
    """What is in either of two containers."""

    def __init__(self, first: Container[str], second: Container[str]) -> None:
        self.first, self.second = first, second

    def __contains__(self, key: object) -> bool:
        return key in self.first or key in self.second
