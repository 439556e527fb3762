"""How tables about some of the same people are linked: whose figures are sums of whose. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.plan.rules.cube import PublishedCube
from lms.plan.rules.grouping import OTHERS
from lms.plan.rules.table import TOTAL, Key

Codes = frozenset[str] | None


@dataclass(frozen=True)
class Scope:
    """Which codes a population has; ``None`` is all of them, but for the institutions ``without``."""

    institutions: Codes = None
    estamentos: Codes = None
    legal_qualities: Codes = None
    without: frozenset[str] = frozenset()

    @property
    def parts(self) -> tuple[Codes, Codes, Codes]:
        return self.institutions, self.estamentos, self.legal_qualities

    def is_within(self, other: "Scope") -> bool:
        """Whether everybody of this population is of the other too."""
        pairs = zip(self.parts, other.parts, strict=True)
        left_out = self.without if self.institutions is None else other.without - self.institutions
        return other.without <= left_out and all(
            theirs is None or (own is not None and own <= theirs) for own, theirs in pairs
        )

    def meets(self, other: "Scope") -> bool:
        """Whether somebody can be of both."""
        pairs = zip(self.parts, other.parts, strict=True)
        return all(own is None or theirs is None or bool(own & theirs) for own, theirs in pairs)

    def shared_with(self, other: "Scope") -> "Scope":
        """Those who are of both."""
        institutions, estamentos, qualities = (
            theirs if own is None else own if theirs is None else own & theirs
            for own, theirs in zip(self.parts, other.parts, strict=True)
        )  # fmt: skip
        without = self.without | other.without
        if institutions is not None:
            institutions, without = institutions - without, frozenset()
        return Scope(institutions, estamentos, qualities, without)

    @property
    def order(self) -> str:
        """Something to sort by, always the same."""
        parts = (*self.parts, self.without)
        return repr([sorted(part) if part is not None else None for part in parts])


EVERYBODY = Scope()
NOBODY: tuple[frozenset[str], ...] = (frozenset(), frozenset(), frozenset())
"""Members of common categories where there are none."""


@dataclass(frozen=True)
class Definition:
    """What a table counts: whom, and which courses. Equal definitions count the same."""

    scope: Scope
    courses: frozenset[str]

    def meets(self, other: "Definition") -> bool:
        """Whether one completion can be counted by both."""
        return bool(self.courses & other.courses) and self.scope.meets(other.scope)


@dataclass(frozen=True)
class Public:
    """What a table of one population publishes of people, or of completions, by key.

    ``keys``: all of its rows, those without a figure too. ``codes``: the categories of each dimension
    in which it has somebody, where it has rows of that dimension.
    """

    scope: Scope
    values: Mapping[Key, int]
    keys: frozenset[Key]
    codes: tuple[frozenset[str], frozenset[str], frozenset[str]]
    together: tuple[frozenset[str], frozenset[str], frozenset[str]]

    @classmethod
    def of(cls, *, cube: PublishedCube, scope: Scope, of_people: bool) -> "Public":
        """Everything that the cube says of today; what it repeats from an earlier day is left out."""
        values: dict[Key, int] = {}
        for cell in cube.cells:
            value = cell.headcount if of_people else cell.completed.value
            if value is not None and not cell.as_of:
                values[cell.key] = value
        keys = frozenset(cell.key for cell in cube.cells)
        single = [key for key in keys if sum(code is not None for code in key) == 1]
        institutions, estamentos, qualities = (
            frozenset(code for key in single if (code := key[place]) is not None) for place in range(3)
        )
        together = (
            frozenset(cube.institutions_together),
            frozenset(cube.estamentos_together),
            frozenset(cube.legal_qualities_together),
        )
        return cls(scope, values, keys, (institutions, estamentos, qualities), together)

    def sum_for(self, *, key: Key, scope: Scope, members: Iterable[frozenset[str]] = NOBODY) -> int | None:
        """The value of ``key`` in the table of another population, as a sum of what is published here.

        Args:
            scope: that population.
            members: whom its own common categories stand for.

        Returns:
            ``None`` where there is no such sum.
        """
        asked: list[Codes] = []
        for place, (code, limit, own) in enumerate(zip(key, scope.parts, members, strict=True)):
            codes = limit if code is None else frozenset(own) if code == OTHERS else frozenset({code})
            if place == 0 and codes is None and scope.without != self.scope.without:
                codes = self.codes[0] - {OTHERS} - scope.without
            asked.append(None if codes == self.scope.parts[place] else codes)
        institutions, estamentos, qualities = asked
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

    def _rows(self, codes: Codes, place: int) -> list[str]:
        """The published categories of these codes that have somebody.

        A common one only where all its members are meant; where the table has no rows of the dimension,
        all of them, which have no figure.
        """
        asked = codes or frozenset()
        if self.codes[place]:
            asked &= self.codes[place]
        common = self.together[place]
        if common and common <= asked:
            return [*sorted(asked - common), OTHERS]
        return sorted(asked)

    def _add(self, keys: list[Key]) -> int | None:
        """``None`` where one of them has no figure; a crossed row that is not there is nobody."""
        is_crossed = any(key[0] and key[1] for key in self.keys)
        found = [
            0 if is_crossed and key[0] and key[1] and key not in self.keys else self.values.get(key)
            for key in keys
        ]
        return None if None in found or not keys else sum(value for value in found if value is not None)


def tells_people(*, cube: PublishedCube) -> bool:
    """Whether it gives a headcount beside that of all."""
    return any(cell.headcount is not None for cell in cube.cells if cell.key != TOTAL)


def tells_completions(*, cube: PublishedCube) -> bool:
    """Whether it gives completions, or a range, beside those of all."""
    figures = [cell.completed for cell in cube.cells if cell.key != TOTAL]
    return any(figure.value is not None or figure.band for figure in figures)
