"""What else must be hidden so that no hidden figure can be computed from the totals. Pure.

Two tables are protected, people and people who completed. For each, an outsider is assumed to
know (1) only the published figures, (2) also the reason printed beside every hidden one, and (3)
also earlier releases, supposing that little changed since. The
table of completions is audited with the headcounts at their true values: what remains possible
then remains possible for somebody who does not know them.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from lms.plan.rules.figures import Figure, Motive, Tally, band_bounds, few_below, show_figure
from lms.plan.rules.network import UNBOUNDED, Layer, widen
from lms.plan.rules.table import TOTAL, Dimensions, Key, Level, Table, build_table

PEOPLE, PEOPLE_REASONS, PEOPLE_BEFORE, COMPLETED, COMPLETED_REASONS, COMPLETED_BEFORE = range(6)
"""The audits: of people, then of completions; by the published figures alone, by the printed reasons
too, and by what was published before too."""
MARGIN_COST = 50.0
KNOWN_COST = 0.2
"""A figure that was hidden last time is hidden again first: two releases do not give each other away."""


Bounds = Mapping[Key, tuple[int, int]]


@dataclass(frozen=True)
class Protection:
    """Figures to hide beside those too small to show: headcounts, and completions."""

    level: Level
    with_legal_quality: bool
    headcounts: frozenset[Key] = frozenset()
    completions: frozenset[Key] = frozenset()


@dataclass(frozen=True)
class Limits:
    """What other tables and earlier releases forbid, and what they let an outsider guess.

    ``headcounts`` and ``completions`` are hidden before the audit begins. ``near_people`` and
    ``near_completed``: between which values a hidden figure is taken to be, as things were before.
    ``people_audited``: the headcounts were, on a table that says at least as much.
    """

    headcounts: frozenset[Key] = frozenset()
    completions: frozenset[Key] = frozenset()
    near_people: Bounds = field(default_factory=dict)
    near_completed: Bounds = field(default_factory=dict)
    people_audited: bool = False


NO_LIMITS = Limits()


def protect(
    *,
    level: Level,
    with_legal_quality: bool,
    dimensions: Dimensions,
    tallies: Mapping[Key, Tally],
    k: int,
    known: Collection[Key] = (),
    limits: Limits = NO_LIMITS,
    people_only: bool = False,
) -> Protection | None:
    """Hides figures until the audit passes; ``None`` when it cannot at this level.

    Args:
        tallies: true counts by key, of published categories and of members of common ones.
        known: keys hidden in the last release, hidden first again.
        people_only: completions are left aside: what several goals have in common.
    """
    table = build_table(
        level=level, dimensions=dimensions, tallies=tallies, with_legal_quality=with_legal_quality
    )
    guard = _Guard(
        table=table,
        counts=[tallies[key] for key in table.keys],
        k=k,
        known=frozenset(known),
        limits=limits,
        people_only=people_only,
    )
    if not guard.run():
        return None
    return Protection(
        level=level,
        with_legal_quality=with_legal_quality,
        headcounts=frozenset(table.keys[arc] for arc in guard.people_hidden),
        completions=frozenset(table.keys[arc] for arc in guard.completed_hidden - guard.banded),
    )


class _Guard:
    """The two hidden sets of one table and the audits that make them grow."""

    def __init__(
        self,
        *,
        table: Table,
        counts: Sequence[Tally],
        k: int,
        known: frozenset[Key],
        limits: Limits = NO_LIMITS,
        people_only: bool = False,
    ) -> None:
        self.table, self.counts, self.k, self.known, self.limits = table, counts, k, known, limits
        self.few = few_below(k=k)
        self.figures = [
            show_figure(value=count.completed, headcount=count.headcount, k=k) for count in counts
        ]
        arcs = range(len(counts))
        self.people_hidden = {
            a for a in arcs
            if counts[a].headcount < k or a in table.members or table.keys[a] in limits.headcounts
        }  # fmt: skip
        forced = {a for a in arcs if table.keys[a] in limits.completions}
        self.banded = {a for a in arcs if self.figures[a].band} - self.people_hidden - forced
        self.completed_hidden = {a for a in arcs if self.figures[a].value is None}
        self.completed_hidden |= self.people_hidden | forced
        self.passed: set[tuple[int, int, int]] = set()
        self.layers = {} if limits.people_audited else self._people_layers()
        if not people_only:
            self.layers |= self._completed_layers()

    def run(self) -> bool:
        """Audits hidden figures until none is left; ``False`` when one cannot be protected.

        One that passed stays protected: hiding more only makes more values possible. It is looked
        at again when its own demand grew.
        """
        while due := [
            (index, arc, target)
            for index, layer in self.layers.items()
            for arc in sorted(layer.hidden)
            if (index, arc, target := self._target(index=index, arc=arc)) not in self.passed
        ]:
            for index, arc, target in due:
                if widen(layer=self.layers[index], arc=arc, target=target) < target:
                    return False
                self.passed.add((index, arc, target))
        return True

    def _target(self, *, index: int, arc: int) -> int:
        """How many steps wide the possible values must be at least, for each of the audits.

        Completions hidden only for the sake of others, and ranges, need no more than three values;
        nor does anything where an outsider starts from earlier releases.
        """
        layer = self.layers[index]
        natural = layer.high[arc] - layer.low[arc]
        if index == PEOPLE:
            return self.k
        if index == PEOPLE_REASONS:
            return min(natural, self.few)
        if index == COMPLETED and self.figures[arc].motive != Motive.NONE:
            return min(natural, self.few)
        return min(natural, 2)

    def _people_layers(self) -> dict[int, Layer]:
        values = [count.headcount for count in self.counts]
        size = len(values)
        small = [value < self.k for value in values]
        cost = [self._cost(arc=arc, slack=values[arc] - self.k) for arc in range(size)]
        lows = [1 if is_small else self.k for is_small in small]
        highs = [self.k - 1 if is_small else UNBOUNDED for is_small in small]
        layers = {}
        for index, low, high in (
            (PEOPLE, [0] * size, [UNBOUNDED] * size),
            (PEOPLE_REASONS, lows, highs),
            (PEOPLE_BEFORE, list(lows), list(highs)),
        ):
            near = self._near(bounds=self.limits.near_people) if index == PEOPLE_BEFORE else {}
            if near or index != PEOPLE_BEFORE:
                layers[index] = Layer(
                    network=self.table.network, values=values,
                    low=low, high=high, hidden_low=low, hidden_high=high,
                    hidden=self.people_hidden, cost=cost, hide=self._hide_people, near=near,
                ).clipped()  # fmt: skip
        return layers

    def _near(self, *, bounds: Bounds) -> dict[int, tuple[int, int]]:
        """Bounds by arc."""
        return {arc: bounds[key] for arc, key in enumerate(self.table.keys) if key in bounds}

    def _completed_layers(self) -> dict[int, Layer]:
        values = [count.completed for count in self.counts]
        cost = [
            self._cost(arc=arc, slack=min(value, self.counts[arc].headcount - value) - self.few)
            for arc, value in enumerate(values)
        ]
        arcs = range(len(values))
        layers = {}
        for index in (COMPLETED, COMPLETED_REASONS, COMPLETED_BEFORE):
            near = self._near(bounds=self.limits.near_completed) if index == COMPLETED_BEFORE else {}
            if index == COMPLETED_BEFORE and not near:
                continue
            hidden = [self._hidden_bounds(arc=arc, knows_motives=index != COMPLETED) for arc in arcs]
            now = [self._band_bounds(arc=arc) if arc in self.banded else hidden[arc] for arc in arcs]
            layers[index] = Layer(
                network=self.table.network, values=values,
                low=[low for low, _high in now], high=[high for _low, high in now],
                hidden_low=[low for low, _high in hidden], hidden_high=[high for _low, high in hidden],
                hidden=self.completed_hidden, cost=cost, hide=self._hide_completed, near=near,
            ).clipped()  # fmt: skip
        return layers

    def _band_bounds(self, *, arc: int) -> tuple[int, int]:
        low, high = band_bounds(band=self.figures[arc].band, headcount=self.counts[arc].headcount)
        return low, min(high, self._ceiling(arc=arc))

    def _hidden_bounds(self, *, arc: int, knows_motives: bool) -> tuple[int, int]:
        """Which completions a hidden figure may stand for; a range that is hidden counts as few."""
        count, figure = self.counts[arc], self.figures[arc]
        if arc in self.people_hidden or not knows_motives:
            return 0, self._ceiling(arc=arc)
        if figure.value is not None:
            return self.few, count.headcount - self.few
        side = max(self.few - 1, min(count.completed, count.headcount - count.completed))
        is_low = count.completed * 2 < count.headcount
        return (0, side) if is_low else (count.headcount - side, count.headcount)

    def _ceiling(self, *, arc: int) -> int:
        """At most everybody; in the grand total also those reached or started, where published."""
        count = self.counts[arc]
        if self.table.keys[arc] != TOTAL:
            return count.headcount
        caps = [
            value
            for value in (count.reached, count.started)
            if value >= count.completed
            and show_figure(value=value, headcount=count.headcount, k=self.k).value is not None
        ]
        return min(caps, default=count.headcount)

    def _cost(self, *, arc: int, slack: int) -> float:
        key = self.table.keys[arc]
        if key == TOTAL:
            return math.inf
        is_margin = sum(code is not None for code in key) == 1
        cost = (MARGIN_COST if is_margin else 1.0) * (1 + math.log2(1 + self.counts[arc].headcount))
        if slack < self.few:
            cost *= 4
        return cost * (KNOWN_COST if key in self.known else 1)

    def _hide_people(self, arc: int) -> None:
        """A hidden headcount takes the completions with it."""
        self.people_hidden.add(arc)
        self.completed_hidden.add(arc)
        self.banded.discard(arc)
        for layer in self._of_completions():
            low, high = layer.clip(arc=arc, low=0, high=self.counts[arc].headcount)
            layer.hidden_low[arc], layer.hidden_high[arc] = low, high
            layer.low[arc], layer.high[arc] = low, high

    def _of_completions(self) -> list[Layer]:
        return [layer for index, layer in self.layers.items() if index >= COMPLETED]

    def _hide_completed(self, arc: int) -> None:
        """Hides the completions alone; a range is given up."""
        self.completed_hidden.add(arc)
        self.banded.discard(arc)
        for layer in self._of_completions():
            layer.low[arc], layer.high[arc] = layer.hidden_low[arc], layer.hidden_high[arc]


def shown(*, key: Key, tally: Tally, protection: Protection, k: int) -> tuple[int | None, Figure]:
    """The headcount and the completions of one key as published."""
    if tally.headcount < k:
        return None, Figure(motive=Motive.SMALL)
    if key in protection.headcounts:
        return None, Figure(motive=Motive.PROTECTS)
    figure = show_figure(value=tally.completed, headcount=tally.headcount, k=k)
    if key in protection.completions and figure.value is not None:
        return tally.headcount, Figure(motive=Motive.PROTECTS)
    if key in protection.completions and figure.band:
        return tally.headcount, Figure(motive=Motive.FEW)
    return tally.headcount, figure
