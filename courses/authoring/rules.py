"""The order of a course: modules, and the lessons in each. Pure: no Django."""

from collections.abc import Sequence
from dataclasses import dataclass


class BrokenOrderError(ValueError):
    """Not an order of modules with their lessons."""


@dataclass(frozen=True)
class Entry:
    """A module or a lesson by the id of its page."""

    kind: str
    pk: int

    def __str__(self) -> str:
        """``m12`` or ``l34``, as forms send it."""
        return f"{self.kind}{self.pk}"

    @property
    def is_module(self) -> bool:
        return self.kind == "m"


Order = tuple[Entry, ...]
"""Each module followed by its lessons. It begins with a module, if it is not empty."""


def read_order(sent: Sequence[str]) -> Order:
    """An order as a form sent it.

    Raises:
        BrokenOrderError: not an order, or something stands in it twice.
    """
    order = tuple(read_entry(text) for text in sent)
    if len(set(order)) != len(order) or (order and not order[0].is_module):
        raise BrokenOrderError
    return order


def read_entry(text: str) -> Entry:
    """One entry of it.

    Raises:
        BrokenOrderError: something else.
    """
    kind, number = text[:1], text[1:]
    if kind not in {"m", "l"} or not (number.isascii() and number.isdigit() and len(number) < 12):
        raise BrokenOrderError
    return Entry(kind, int(number))


def move_entry(order: Order, entry: Entry, *, up: bool) -> Order:
    """The order with the entry one step up or down; the same order where there is no further step.

    A module goes with its lessons and changes places with its neighbour. A lesson that leaves its
    module enters the next one, at its end or at its beginning.
    """
    if entry not in order:
        return order
    return _move_module(order, entry, up=up) if entry.is_module else _move_lesson(order, entry, up=up)


def _move_lesson(order: Order, entry: Entry, *, up: bool) -> Order:
    place = order.index(entry)
    target = place - 1 if up else place + 1
    if not 1 <= target < len(order):
        return order
    rest = [other for other in order if other != entry]
    rest.insert(target, entry)
    return tuple(rest)


def _move_module(order: Order, entry: Entry, *, up: bool) -> Order:
    groups = group_by_module(order)
    place = [group[0] for group in groups].index(entry)
    target = place - 1 if up else place + 1
    if not 0 <= target < len(groups):
        return order
    groups[place], groups[target] = groups[target], groups[place]
    return tuple(one for group in groups for one in group)


def group_by_module(order: Order) -> list[Order]:
    """Each module with its lessons."""
    groups: list[list[Entry]] = []
    for entry in order:
        if entry.is_module:
            groups.append([])
        groups[-1].append(entry)
    return [tuple(group) for group in groups]
