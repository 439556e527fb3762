"""The published table as a network: institutions, estamentos and legal qualities that add up. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lms.plan.rules.figures import Tally
from lms.plan.rules.grouping import Grouping
from lms.plan.rules.network import Network

Key = tuple[str | None, str | None, str | None]
"""Institution, estamento, legal quality; ``None`` is "all". Members of a common category keep theirs."""

TOTAL: Key = (None, None, None)


class Level(StrEnum):
    """How much is published; the audit decides. ``PEOPLE``: people without a headcount."""

    CROSSED = "crossed"
    MARGINS = "margins"
    TOTAL = "total"
    PEOPLE = "people"
    NOTHING = "nothing"


@dataclass
class Table:
    """The network of one level with what each arc stands for."""

    network: Network = field(default_factory=Network)
    keys: list[Key] = field(default_factory=list)
    members: set[int] = field(default_factory=set)

    def arc(self, key: Key, tail: int, head: int, *, is_member: bool = False) -> None:
        number = self.network.add_arc(tail=tail, head=head)
        self.keys.append(key)
        if is_member:
            self.members.add(number)


@dataclass(frozen=True)
class Dimensions:
    """How each dimension is published."""

    institutions: Grouping
    estamentos: Grouping
    legal_qualities: Grouping


def build_table(
    *, level: Level, dimensions: Dimensions, tallies: Mapping[Key, Tally], with_legal_quality: bool
) -> Table:
    """Institutions, then estamentos, then legal qualities in series: everybody passes through each.

    Crossed cells lie between institutions and estamentos. The last arc is the grand total, which
    stands alone at its own level.
    """
    table = Table()
    start = table.network.add_node()
    if level == Level.TOTAL:
        table.arc(TOTAL, start, start)
        return table
    if level == Level.CROSSED:
        middle = _add_crossed(table=table, start=start, dimensions=dimensions, tallies=tallies)
    else:
        inner = _add_stage(table=table, start=start, grouping=dimensions.institutions, place=0)
        middle = _add_stage(table=table, start=inner, grouping=dimensions.estamentos, place=1)
    end = middle
    if with_legal_quality:
        end = _add_stage(table=table, start=middle, grouping=dimensions.legal_qualities, place=2)
    table.arc(TOTAL, end, start)
    return table


def _key(place: int, code: str) -> Key:
    return (
        code if place == 0 else None,
        code if place == 1 else None,
        code if place == 2 else None,
    )


def _add_stage(*, table: Table, start: int, grouping: Grouping, place: int) -> int:
    """One category beside the other; returns the node where they meet again."""
    end = table.network.add_node()
    for code in grouping.rows:
        head = end
        if code not in grouping.alone:
            head = table.network.add_node()
            for member in grouping.together:
                table.arc(_key(place, member), head, end, is_member=True)
        table.arc(_key(place, code), start, head)
    return end


def _add_crossed(*, table: Table, start: int, dimensions: Dimensions, tallies: Mapping[Key, Tally]) -> int:
    """Institutions on the left, estamentos on the right, a cell wherever somebody is."""
    network = table.network
    end = network.add_node()
    lefts, rights = {}, {}
    for code in dimensions.institutions.rows:
        entry = start
        if code not in dimensions.institutions.alone:
            entry = network.add_node()
            for member in dimensions.institutions.together:
                table.arc(_key(0, member), start, entry, is_member=True)
        lefts[code] = network.add_node()
        table.arc(_key(0, code), entry, lefts[code])
    for code in dimensions.estamentos.rows:
        leave = end
        if code not in dimensions.estamentos.alone:
            leave = network.add_node()
            for member in dimensions.estamentos.together:
                table.arc(_key(1, member), leave, end, is_member=True)
        rights[code] = network.add_node()
        table.arc(_key(1, code), rights[code], leave)
    for left in lefts:
        for right in rights:
            if tallies.get((left, right, None), Tally()).headcount:
                table.arc((left, right, None), lefts[left], rights[right])
    return end
