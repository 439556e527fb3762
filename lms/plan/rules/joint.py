"""All goals published together, and after earlier releases. Pure.

Several tables about the same people give each other's hidden figures away, and so do two releases of
one table. Three rules close that, each stricter than it need be so that it can be explained:

* **One set of hidden headcounts.** Goals of the same population share it, whatever else they publish.
  It is audited once, on the fullest table that any of them may publish.
* **Another population adds nothing.** The widest population is the reference. A goal of any other one
  publishes a headcount only where it equals a sum of headcounts that the reference publishes already;
  so nobody learns of the difference between the two. The same holds for completions of the same courses.
* **No small differences.** A cell that differs from what one of the last two releases showed by fewer
  than ``k`` people keeps the figures it had, with their day. Its new figures are hidden, and audited
  against somebody who remembers those releases and supposes that little has changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lms.plan.rules.cube import (
    Counted,
    Detail,
    PublishedCell,
    PublishedCube,
    TrueCell,
    count_up,
    publish_counted,
)
from lms.plan.rules.figures import Figure, Motive, Tally, few_below
from lms.plan.rules.grouping import OTHERS
from lms.plan.rules.protection import Limits, protect
from lms.plan.rules.table import TOTAL, Key, Level

OTHER_FIGURES = ("reached", "started", "assessed")
"""Of the grand total only."""
REMEMBERED = 2
"""So many earlier releases are taken into account."""


@dataclass(frozen=True)
class Scope:
    """Which codes a population has; ``None`` is all of them."""

    institutions: frozenset[str] | None = None
    estamentos: frozenset[str] | None = None
    legal_qualities: frozenset[str] | None = None


EVERYBODY = Scope()


@dataclass(frozen=True)
class Before:
    """An earlier release of a goal, with its true counts and its day (ISO 8601)."""

    cube: PublishedCube
    cells: Sequence[TrueCell]
    day: str


@dataclass(frozen=True)
class GoalTable:
    """What one goal counts: whom, which courses, the true cells. ``before``: last releases, latest first."""

    goal: int
    scope: Scope
    courses: frozenset[str]
    cells: Sequence[TrueCell]
    before: Sequence[Before] = ()


@dataclass
class _Work:
    """A table on its way."""

    table: GoalTable
    counted: Counted
    headcounts: set[Key] = field(default_factory=set)
    completions: set[Key] = field(default_factory=set)
    near_people: dict[Key, tuple[int, int]] = field(default_factory=dict)
    near_completed: dict[Key, tuple[int, int]] = field(default_factory=dict)
    known: set[Key] = field(default_factory=set)
    old_figures: set[str] = field(default_factory=set)
    people_audited: bool = False

    @property
    def people(self) -> tuple[Scope, Mapping[Key, int]]:
        """Whose headcounts they are; goals share them only where all are equal."""
        tallies = self.counted.tallies
        return self.table.scope, {key: tally.headcount for key, tally in tallies.items()}

    @property
    def limits(self) -> Limits:
        return Limits(
            headcounts=frozenset(self.headcounts),
            completions=frozenset(self.completions),
            near_people=self.near_people,
            near_completed=self.near_completed,
            people_audited=self.people_audited,
        )


def publish_together(*, tables: Iterable[GoalTable], k: int) -> dict[int, PublishedCube]:
    """The cubes of all goals of one release, by goal."""
    works = [_begin(table=table, k=k) for table in tables]
    if not works:
        return {}
    reference = max(works, key=lambda work: (work.counted.total.headcount, _order(work.table.scope)))
    same = [work for work in works if work.people == reference.people]
    others = [work for work in works if work.people != reference.people]
    cubes = _publish_reference(works=same, k=k)
    public = _Public.of(cubes.values())
    for work in others:
        _add_nothing(work=work, public=public, cubes=cubes, same=same)
        cubes[work.table.goal] = _publish(work=work, k=k, details=work.counted.details)
    return {work.table.goal: _keep_earlier(work=work, cube=cubes[work.table.goal]) for work in works}


def _order(scope: Scope) -> str:
    parts = (scope.institutions, scope.estamentos, scope.legal_qualities)
    return repr([sorted(part) if part is not None else None for part in parts])


def _publish(*, work: _Work, k: int, details: Sequence[Detail]) -> PublishedCube:
    return publish_counted(counted=work.counted, k=k, details=details, known=work.known, limits=work.limits)


# --- Goals of one population -------------------------------------------------------------------------
def _publish_reference(*, works: Sequence[_Work], k: int) -> dict[int, PublishedCube]:
    """One set of hidden headcounts for all of them."""
    shared = set().union(*(work.headcounts for work in works))
    near = _narrowest(work.near_people for work in works)
    known = set().union(*(work.known for work in works))
    first = works[0].counted
    details: list[Detail] = []
    enough = first.total.headcount >= k
    for place, (level, with_quality) in enumerate(first.details if enough else ()):
        found = protect(
            level=level,
            with_legal_quality=with_quality,
            dimensions=first.dimensions,
            tallies=first.tallies,
            k=k,
            known=known,
            limits=Limits(headcounts=frozenset(shared), near_people=near),
            people_only=True,
        )
        if found is not None:
            shared = shared | found.headcounts
            # A lesser detail may not say what the audited one left out.
            details = [detail for detail in first.details[place:] if with_quality or not detail[1]]
            break
    cubes: dict[int, PublishedCube] = {}
    for place, work in enumerate(works):
        work.headcounts, work.near_people, work.people_audited = shared, near, bool(details)
        for earlier in works[:place]:
            _hide_nearly_equal(work=work, other=earlier, k=k)
        cubes[work.table.goal] = _publish(work=work, k=k, details=details)
    return cubes


def _narrowest(bounds: Iterable[Mapping[Key, tuple[int, int]]]) -> dict[Key, tuple[int, int]]:
    """Of several bounds the intersection: an outsider reads all tables."""
    found: dict[Key, tuple[int, int]] = {}
    for one in bounds:
        for key, (low, high) in one.items():
            lowest, highest = found.get(key, (low, high))
            found[key] = max(low, lowest), min(high, highest)
    return found


def _hide_nearly_equal(*, work: _Work, other: _Work, k: int) -> None:
    """Goals with courses in common: the difference says how many did only the others."""
    if not work.table.courses & other.table.courses:
        return
    for key, tally in work.counted.tallies.items():
        twin = other.counted.tallies.get(key)
        if twin is not None and 0 < abs(tally.completed - twin.completed) < few_below(k=k):
            work.completions.add(key)


# --- Goals of another population ---------------------------------------------------------------------
@dataclass(frozen=True)
class _Public:
    """Headcounts, or completions, that tables already publish, by key."""

    values: Mapping[Key, int]
    together: tuple[frozenset[str], frozenset[str], frozenset[str]]

    @classmethod
    def of(cls, cubes: Iterable[PublishedCube], *, of_people: bool = True) -> "_Public":
        """Everything that the cubes of one population say."""
        values: dict[Key, int] = {}
        together: list[frozenset[str]] = [frozenset(), frozenset(), frozenset()]
        for cube in cubes:
            together = [
                frozenset(cube.institutions_together),
                frozenset(cube.estamentos_together),
                frozenset(cube.legal_qualities_together),
            ]
            for cell in cube.cells:
                value = cell.headcount if of_people else cell.completed.value
                if value is not None and not cell.as_of:
                    values[cell.key] = value
        return cls(values, (together[0], together[1], together[2]))

    def sum_of(self, *, key: Key, scope: Scope, members: tuple[frozenset[str], ...]) -> int | None:
        """The value of ``key`` in a population as a sum of published values; ``None``: there is no such sum.

        ``members``: whom the population's own common categories stand for.
        """
        limits = (scope.institutions, scope.estamentos, scope.legal_qualities)
        wanted: list[frozenset[str] | None] = []
        for code, limit, own in zip(key, limits, members, strict=True):
            asked = limit if code is None else own if code == OTHERS else frozenset({code})
            wanted.append(asked)
        institutions, estamentos, qualities = wanted
        if qualities is not None:
            if institutions is not None or estamentos is not None:
                return None
            return self._add([(None, None, code) for code in self._rows(qualities, 2)])
        if institutions is None and estamentos is None:
            return self.values.get(TOTAL)
        if estamentos is None:
            return self._add([(code, None, None) for code in self._rows(institutions, 0)])
        if institutions is None:
            return self._add([(None, code, None) for code in self._rows(estamentos, 1)])
        rows, columns = self._rows(institutions, 0), self._rows(estamentos, 1)
        return self._add([(row, column, None) for row in rows for column in columns])

    def _rows(self, codes: frozenset[str] | None, place: int) -> list[str]:
        """The published categories of these codes; a common one only where all its members are meant."""
        asked = codes or frozenset()
        common = self.together[place]
        if common and common <= asked:
            return [*sorted(asked - common), OTHERS]
        return sorted(asked)

    def _add(self, keys: list[Key]) -> int | None:
        """Empty crossed cells are not published and are nobody, which only the crossed table tells."""
        found = [self.values.get(key) for key in keys]
        return None if None in found else sum(value for value in found if value is not None)


def _add_nothing(
    *, work: _Work, public: _Public, cubes: Mapping[int, PublishedCube], same: Sequence[_Work]
) -> None:
    """Hides whatever would say more than the reference does."""
    dimensions = work.counted.dimensions
    members = (
        frozenset(dimensions.institutions.together),
        frozenset(dimensions.estamentos.together),
        frozenset(dimensions.legal_qualities.together),
    )
    twins = [other for other in same if work.table.courses & other.table.courses]
    completions = [
        _Public.of([cubes[other.table.goal]], of_people=False)
        for other in twins
        if other.table.courses == work.table.courses
    ]
    for key, tally in work.counted.tallies.items():
        if public.sum_of(key=key, scope=work.table.scope, members=members) != tally.headcount:
            work.headcounts.add(key)
        elif twins and not any(
            table.sum_of(key=key, scope=work.table.scope, members=members) == tally.completed
            for table in completions
        ):
            work.completions.add(key)


# --- Earlier releases --------------------------------------------------------------------------------
def _begin(*, table: GoalTable, k: int) -> _Work:
    """Which cells keep their earlier figures, and what an outsider may suppose of the others."""
    counted = count_up(cells=table.cells, k=k)
    work = _Work(table, counted)
    for before in table.before[:REMEMBERED]:
        work.known |= before.cube.hidden_keys
        for cell in before.cube.cells:
            tally = counted.tallies.get(cell.key)
            if tally is not None:
                _compare(work=work, cell=cell, tally=tally, k=k)
        earlier = count_up(cells=before.cells, k=k)
        if earlier.dimensions == counted.dimensions:
            _suppose(work=work, earlier=earlier, k=k)
    return work


def _compare(*, work: _Work, cell: PublishedCell, tally: Tally, k: int) -> None:
    """A difference of fewer than ``k`` people in any figure that was shown is not shown."""
    if cell.headcount is None or tally.headcount < k:
        return
    key, few = cell.key, k - 1
    if 0 < abs(tally.headcount - cell.headcount) < k:
        work.headcounts.add(key)
        _narrow(work.near_people, key, cell.headcount - few, cell.headcount + few)
    value = cell.completed.value
    if value is not None and _is_small_change(figure=cell.completed, value=tally.completed, k=k):
        work.completions.add(key)
        _narrow(work.near_completed, key, value - few, value + few)
        if tally.headcount != cell.headcount:
            work.headcounts.add(key)
    for name in OTHER_FIGURES:
        if _is_small_change(figure=getattr(cell, name), value=getattr(tally, name), k=k):
            work.old_figures.add(name)


def _is_small_change(*, figure: Figure | None, value: int, k: int) -> bool:
    return figure is not None and figure.value is not None and 0 < abs(value - figure.value) < k


def _suppose(*, work: _Work, earlier: Counted, k: int) -> None:
    """An outsider takes it that fewer than half of ``k`` people changed in each cell; where it is true."""
    near = few_below(k=k) - 1
    for key, tally in work.counted.tallies.items():
        then = earlier.tallies.get(key)
        if then is None:
            continue
        if abs(tally.headcount - then.headcount) <= near:
            _narrow(work.near_people, key, then.headcount - near, then.headcount + near)
        if abs(tally.completed - then.completed) <= near:
            _narrow(work.near_completed, key, then.completed - near, then.completed + near)


def _narrow(bounds: dict[Key, tuple[int, int]], key: Key, low: int, high: int) -> None:
    lowest, highest = bounds.get(key, (low, high))
    bounds[key] = max(low, lowest), min(high, highest)


def _keep_earlier(*, work: _Work, cube: PublishedCube) -> PublishedCube:
    """What is not given anew is given as it was last shown: that is public already."""
    if not work.table.before or cube.level == Level.NOTHING:
        return cube
    last = work.table.before[0]
    shown = {cell.key: cell for cell in last.cube.cells if cell.completed.motive != Motive.PROTECTS}
    cells = tuple(_as_it_was(cell=cell, earlier=shown.get(cell.key), day=last.day) for cell in cube.cells)
    total = shown.get(TOTAL)
    if total is not None and not cells[0].as_of:
        olds: dict[str, Any] = {name: getattr(total, name) for name in work.old_figures}
        cells = (replace(cells[0], **olds), *cells[1:])
    return replace(cube, cells=cells)


def _as_it_was(*, cell: PublishedCell, earlier: PublishedCell | None, day: str) -> PublishedCell:
    hidden = cell.completed.motive == Motive.PROTECTS
    if not hidden or earlier is None or earlier.headcount is None:
        return cell
    return replace(earlier, as_of=earlier.as_of or day)


def keep_people(*, cube: PublishedCube, before: Sequence[Before], k: int) -> PublishedCube:
    """People without a headcount: all four figures stay where one would tell of fewer than ``k`` people."""
    new = cube.cells[0]
    for earlier in before[:REMEMBERED]:
        old = earlier.cube.cells[0] if earlier.cube.cells else new
        if any(_tells_of_few(old=old, new=new, name=name, k=k) for name in (*OTHER_FIGURES, "completed")):
            last = before[0].cube.cells[0]
            return replace(cube, cells=(replace(last, as_of=last.as_of or before[0].day),))
    return cube


def _tells_of_few(*, old: PublishedCell, new: PublishedCell, name: str, k: int) -> bool:
    figure: Figure | None = getattr(new, name)
    value = figure.value if figure else None
    return value is not None and _is_small_change(figure=getattr(old, name), value=value, k=k)
