"""An outsider who keeps every release of every goal, and knows linear programming and nothing of our code.

Only what is hidden is a variable. Sums that must hold, printed reasons, people who are part of other
people, and the guess that few people changed since the release before, are constraints.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from lms.plan.rules import OTHERS, Band, Key, Level, Motive, PublishedCell, PublishedCube, Tally
from tests.plan.attacker import Simplex, Terms

TOTAL: Key = (None, None, None)


@dataclass(frozen=True)
class Published:
    """One table as it came out, and the truth, which only decides whether a guess is right."""

    name: str
    cube: PublishedCube
    truth: dict[Key, Tally]
    knows_people: bool = False
    """Completions are attacked by somebody who knows every headcount."""

    def value(self, cell: PublishedCell) -> int | None:
        if cell.as_of:
            return None
        return cell.completed.value if self.knows_people else cell.headcount

    def true_value(self, key: Key) -> int:
        tally = self.truth[key]
        return tally.completed if self.knows_people else tally.headcount

    def sums(self) -> list[tuple[Key, list[Key]]]:
        """Every whole with its parts."""
        cube, keys = self.cube, [cell.key for cell in self.cube.cells]
        found: list[tuple[Key, list[Key]]] = []
        for place, together in enumerate(
            (cube.institutions_together, cube.estamentos_together, cube.legal_qualities_together)
        ):
            single = [key for key in keys if key[place] and sum(code is not None for code in key) == 1]
            members = [key for key in single if key[place] in together]
            rows = [key for key in single if key[place] not in together]
            if rows:
                found.append((TOTAL, rows))
            common = [key for key in rows if key[place] == OTHERS]
            if common:
                found.append((common[0], members))
            for row in rows if cube.level == Level.CROSSED and place < 2 else ():
                found.append((row, [k for k in keys if k[0] and k[1] and k[place] == row[place]]))
        return found


@dataclass
class Plot:
    """The equations over everything hidden."""

    k: int
    equations: list[tuple[Terms, int]] = field(default_factory=list)
    slacks: int = 0

    def at_most(self, terms: Terms, value: int) -> None:
        self.slacks += 1
        self.equations.append(({**terms, f"~{self.slacks}": 1}, value))

    def between(self, name: str, low: int, high: int | None) -> None:
        self.at_most({name: -1}, -low)
        if high is not None:
            self.at_most({name: 1}, high)

    def add(self, table: Published) -> None:
        cells = {cell.key: cell for cell in table.cube.cells}
        for cell in cells.values():
            if table.value(cell) is None:
                self._bound(table, cell)
        for whole, parts in table.sums():
            terms: Terms = {}
            known = 0
            for key, sign in [*((part, 1) for part in parts), (whole, -1)]:
                value = table.value(cells[key])
                if value is None:
                    terms[variable(table, key)] = sign
                else:
                    known += sign * value
            if terms:
                self.equations.append((terms, -known))
            else:
                assert known == 0

    def _bound(self, table: Published, cell: PublishedCell) -> None:
        name, k, few = variable(table, cell.key), self.k, self.k // 2
        motive, people = cell.completed.motive, table.truth[cell.key].headcount
        if not table.knows_people:
            small = motive == Motive.SMALL and not cell.as_of
            self.between(name, 1 if small else k, k - 1 if small else None)
            return
        self.between(name, 0, people)
        if cell.as_of or motive == Motive.SMALL or cell.headcount is None:
            return
        reach = people * 5 // 100
        if cell.completed.band == Band.LOW:
            self.between(name, 0, reach)
        elif cell.completed.band == Band.HIGH:
            self.between(name, people - reach, people)
        elif motive == Motive.PROTECTS:
            self.between(name, few, people - few)

    def suppose_little_changed(self, now: Published, then: Published) -> None:
        """Fewer than half of ``k`` people in each cell; only where that is true."""
        near = self.k // 2 - 1
        before = {cell.key: cell for cell in then.cube.cells}
        for cell in now.cube.cells:
            key = cell.key
            if now.value(cell) is not None or key not in before or key not in then.truth:
                continue
            if abs(now.true_value(key) - then.true_value(key)) > near:
                continue
            old = then.value(before[key])
            if old is not None:
                self.between(variable(now, key), max(0, old - near), old + near)
            else:
                self.at_most({variable(now, key): 1, variable(then, key): -1}, near)
                self.at_most({variable(now, key): -1, variable(then, key): 1}, near)

    def suppose_part_of(self, part: Published, whole: Published) -> None:
        """Whoever belongs to one population belongs to the other."""
        cells = {cell.key: cell for cell in whole.cube.cells}
        for cell in part.cube.cells:
            if cell.key not in cells or OTHERS in cell.key:
                continue
            terms: Terms = {}
            known = 0
            for table, one, sign in ((part, cell, 1), (whole, cells[cell.key], -1)):
                value = table.value(one)
                if value is None:
                    terms[variable(table, cell.key)] = sign
                else:
                    known += sign * value
            if terms:
                self.at_most(terms, -known)

    def suppose_contained(self, small: Published, large: Published) -> None:
        """Whoever completed what the one counts completed what the other counts, in every single cell.

        What one of them does not publish of a cell is a number of its own, which its sums must contain.
        """
        finest = max(self._finest(small), self._finest(large), key=len)
        for table in (small, large):
            self._add_unpublished(table, finest)
        for key in finest:
            self._less_or_equal(self._term(small, key), self._term(large, key))

    def _add_unpublished(self, table: Published, keys: list[Key]) -> None:
        said = {cell.key for cell in table.cube.cells}
        if any(key in said for key in keys):
            return
        for key in keys:
            self.between(variable(table, key), 0, table.truth[key].headcount)
        total = table.cube.total
        value = table.value(total) if total else None
        if value is not None:
            terms: Terms = {variable(table, key): 1 for key in keys}
            self.equations.append((terms, value))

    def _finest(self, table: Published) -> list[Key]:
        together = table.cube.institutions_together
        keys = [cell.key for cell in table.cube.cells]
        crossed = [key for key in keys if key[0] and key[1]]
        return crossed or [key for key in keys if key[0] and not key[1] and key[0] not in together]

    def _term(self, table: Published, key: Key) -> tuple[str, int]:
        """Its variable, or nothing and its value."""
        cell = next((cell for cell in table.cube.cells if cell.key == key), None)
        value = table.value(cell) if cell else None
        return (variable(table, key), 0) if value is None else ("", value)

    def _less_or_equal(self, small: tuple[str, int], large: tuple[str, int]) -> None:
        terms: Terms = {}
        if small[0]:
            terms[small[0]] = 1
        if large[0]:
            terms[large[0]] = -1
        if terms:
            self.at_most(terms, large[1] - small[1])

    def widths(self, table: Published) -> dict[Key, Fraction | float]:
        """How wide the values of each hidden figure remain."""
        simplex = Simplex(self.equations)
        found: dict[Key, Fraction | float] = {}
        for cell in table.cube.cells:
            if table.value(cell) is None:
                name = variable(table, cell.key)
                most, least = simplex.maximum(name), simplex.maximum(name, -1)
                found[cell.key] = float("inf") if most is None or least is None else most - least
        return found


def variable(table: Published, key: Key) -> str:
    return f"{table.name} {'|'.join(code or '' for code in key)}"


def attack_releases(releases: Sequence[Published], *, k: int) -> dict[Key, Fraction | float]:
    """All releases of one goal, first to last; how wide the hidden figures of the last one remain."""
    plot = Plot(k)
    for table in releases:
        plot.add(table)
    for then, now in pairwise(releases):
        plot.suppose_little_changed(now, then)
    return plot.widths(releases[-1])
