"""A table after its own last releases: what they keep from being said anew. Pure.

**No small differences.** A cell that differs from what one of the last two releases showed by fewer
than ``k`` people keeps the figures it had, with their day. Its new figures are hidden, and audited
against somebody who remembers those releases and supposes that little has changed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lms.plan.rules.cube import Counted, PublishedCell, PublishedCube, Together, TrueCell, count_up
from lms.plan.rules.figures import Figure, Motive, Tally, few_below
from lms.plan.rules.grouping import OTHERS
from lms.plan.rules.links import Definition
from lms.plan.rules.protection import Limits
from lms.plan.rules.table import TOTAL, Key, Level

OTHER_FIGURES = ("reached", "started", "assessed")
"""Of the grand total only."""
REMEMBERED = 2
"""So many earlier releases are taken into account."""


@dataclass(frozen=True)
class Before:
    """A table of an earlier release, with its true counts and its day (ISO 8601).

    ``release`` is what the tables published together have in common.
    """

    definition: Definition
    cube: PublishedCube
    cells: Sequence[TrueCell]
    day: str
    release: str = ""

    @property
    def moment(self) -> str:
        return self.release or self.day

    @property
    def people(self) -> int:
        return sum(cell.tally.headcount for cell in self.cells)


def last_releases(*, definition: Definition, before: Iterable[Before]) -> list[Before]:
    """The last releases of one table, latest first; several goals may have published it together."""
    found: dict[str, Before] = {}
    for one in before:
        if one.definition == definition:
            found.setdefault(one.moment, one)
    return list(found.values())[:REMEMBERED]


@dataclass
class Remembered:
    """What earlier releases of the same table forbid, and what they let an outsider guess."""

    headcounts: set[Key] = field(default_factory=set)
    completions: set[Key] = field(default_factory=set)
    near_people: dict[Key, tuple[int, int]] = field(default_factory=dict)
    near_completed: dict[Key, tuple[int, int]] = field(default_factory=dict)
    known: set[Key] = field(default_factory=set)
    old_figures: set[str] = field(default_factory=set)

    def limits(self, *, people_audited: bool) -> Limits:
        return Limits(
            headcounts=frozenset(self.headcounts),
            completions=frozenset(self.completions),
            near_people=self.near_people,
            near_completed=self.near_completed,
            people_audited=people_audited,
        )


def remember(*, before: Sequence[Before], counted: Counted, k: int) -> Remembered:
    """Which cells keep their earlier figures, and what an outsider may suppose of the others."""
    found = Remembered()
    together = counted.together
    for release in before:
        found.known |= release.cube.hidden_keys
        for cell in release.cube.cells:
            tally = counted.tallies.get(cell.key)
            if tally is not None and is_same(key=cell.key, now=together, then=release.cube.together):
                _compare(found=found, cell=cell, tally=tally, k=k)
        _suppose(found=found, now=counted, then=count_up(cells=release.cells, k=k), k=k)
    return found


def is_same(*, key: Key, now: Together, then: Together) -> bool:
    """Whether a key means the same in two tables: a common category does where its members are the same."""
    return all(code != OTHERS or own == other for code, own, other in zip(key, now, then, strict=True))


def narrowest(*, bounds: Iterable[Mapping[Key, tuple[int, int]]]) -> dict[Key, tuple[int, int]]:
    """Of several bounds the intersection: an outsider reads all tables."""
    found: dict[Key, tuple[int, int]] = {}
    for one in bounds:
        for key, (low, high) in one.items():
            _narrow(found, key, low, high)
    return found


def _compare(*, found: Remembered, cell: PublishedCell, tally: Tally, k: int) -> None:
    """A difference of fewer than ``k`` people in any figure that was shown is not shown."""
    if cell.headcount is None or tally.headcount < k:
        return
    key, few = cell.key, k - 1
    if 0 < abs(tally.headcount - cell.headcount) < k:
        found.headcounts.add(key)
        _narrow(found.near_people, key, cell.headcount - few, cell.headcount + few)
    value = cell.completed.value
    if value is not None and is_small_change(figure=cell.completed, value=tally.completed, k=k):
        found.completions.add(key)
        _narrow(found.near_completed, key, value - few, value + few)
    for name in OTHER_FIGURES:
        if is_small_change(figure=getattr(cell, name), value=getattr(tally, name), k=k):
            found.old_figures.add(name)


def is_small_change(*, figure: Figure | None, value: int, k: int) -> bool:
    """Whether fewer than ``k`` people, but some, make the difference to a figure that was shown."""
    return figure is not None and figure.value is not None and 0 < abs(value - figure.value) < k


def _suppose(*, found: Remembered, now: Counted, then: Counted, k: int) -> None:
    """An outsider takes it that fewer than half of ``k`` people changed in each cell; where it is true."""
    near = few_below(k=k) - 1
    for key, tally in now.tallies.items():
        old = then.tallies.get(key)
        if old is None or not is_same(key=key, now=now.together, then=then.together):
            continue
        if abs(tally.headcount - old.headcount) <= near:
            _narrow(found.near_people, key, old.headcount - near, old.headcount + near)
        if abs(tally.completed - old.completed) <= near:
            _narrow(found.near_completed, key, old.completed - near, old.completed + near)


def _narrow(bounds: dict[Key, tuple[int, int]], key: Key, low: int, high: int) -> None:
    lowest, highest = bounds.get(key, (low, high))
    bounds[key] = max(low, lowest), min(high, highest)


def keep_earlier(
    *,
    cube: PublishedCube,
    before: Sequence[Before],
    old_figures: Collection[str],
    never: Collection[Key] = (),
) -> PublishedCube:
    """What is not given anew is given as it was last shown: that is public already.

    Args:
        old_figures: other figures of the grand total that fewer than ``k`` people changed.
        never: keys hidden for the sake of other tables of today, beside which the old figure says too much.
    """
    if not before or not cube.cells:
        return cube
    last = before[0]
    shown = {
        cell.key: cell
        for cell in last.cube.cells
        if cell.completed.motive != Motive.PROTECTS
        and cell.key not in never
        and is_same(key=cell.key, now=cube.together, then=last.cube.together)
    }
    cells = tuple(_as_it_was(cell=cell, earlier=shown.get(cell.key), day=last.day) for cell in cube.cells)
    if old_figures and not cells[0].as_of and cells[0].key == TOTAL:
        olds: dict[str, Any] = {
            name: _old_figure(total=shown.get(TOTAL), name=name, day=last.day) for name in old_figures
        }
        cells = (replace(cells[0], **olds), *cells[1:])
    is_kept = cube.level == Level.NOTHING and bool(cells[0].as_of)
    return replace(cube, cells=cells, level=Level.TOTAL if is_kept else cube.level)


def _old_figure(*, total: PublishedCell | None, name: str, day: str) -> Figure:
    """With its day; hidden where the last release did not show it."""
    figure: Figure | None = getattr(total, name) if total else None
    if total is None or figure is None or figure.value is None:
        return Figure(motive=Motive.PROTECTS)
    return replace(figure, as_of=figure.as_of or total.as_of or day)


def _as_it_was(*, cell: PublishedCell, earlier: PublishedCell | None, day: str) -> PublishedCell:
    hidden = cell.completed.motive == Motive.PROTECTS
    if not hidden or earlier is None or earlier.headcount is None:
        return cell
    return replace(earlier, as_of=earlier.as_of or day)


def keep_people(*, cube: PublishedCube, before: Sequence[Before], k: int) -> PublishedCube:
    """People without a headcount: all four figures stay where one would tell of fewer than ``k`` people."""
    if not cube.cells:
        return cube
    new = cube.cells[0]
    for earlier in before:
        old = earlier.cube.cells[0] if earlier.cube.cells else new
        if any(_tells_of_few(old=old, new=new, name=name, k=k) for name in (*OTHER_FIGURES, "completed")):
            last = before[0].cube.cells[0] if before[0].cube.cells else old
            return replace(cube, cells=(replace(last, as_of=last.as_of or before[0].day),))
    return cube


def _tells_of_few(*, old: PublishedCell, new: PublishedCell, name: str, k: int) -> bool:
    figure: Figure | None = getattr(new, name)
    value = figure.value if figure else None
    return value is not None and is_small_change(figure=getattr(old, name), value=value, k=k)
