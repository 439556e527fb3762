"""How tables about some of the same people are linked: whose figures are sums of whose. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lms.plan.rules.cube import PublishedCube
from lms.plan.rules.grouping import OTHERS
from lms.plan.rules.table import TOTAL, Key

Codes = frozenset[str] | None


@dataclass(frozen=True)
class Scope:
    """Which codes a population has; ``None`` is all of them."""

    institutions: Codes = None
    estamentos: Codes = None
    legal_qualities: Codes = None

    @property
    def parts(self) -> tuple[Codes, Codes, Codes]:
        return self.institutions, self.estamentos, self.legal_qualities

    def is_within(self, other: "Scope") -> bool:
        """Whether everybody of this population is of the other too."""
        pairs = zip(self.parts, other.parts, strict=True)
        return all(theirs is None or (own is not None and own <= theirs) for own, theirs in pairs)

    def meets(self, other: "Scope") -> bool:
        """Whether somebody can be of both."""
        pairs = zip(self.parts, other.parts, strict=True)
        return all(own is None or theirs is None or bool(own & theirs) for own, theirs in pairs)

    def shared_with(self, other: "Scope") -> "Scope":
        """Those who are of both."""
        pairs = zip(self.parts, other.parts, strict=True)
        return Scope(
            *[theirs if own is None else own if theirs is None else own & theirs for own, theirs in pairs]
        )

    @property
    def order(self) -> str:
        """Something to sort by, always the same."""
        return repr([sorted(part) if part is not None else None for part in self.parts])


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
    """What tables of one population publish of people, or of completions, by key."""

    scope: Scope
    values: Mapping[Key, int]
    together: tuple[frozenset[str], frozenset[str], frozenset[str]]

    @classmethod
    def of(cls, *, cube: PublishedCube, scope: Scope, of_people: bool) -> "Public":
        """Everything that the cube says of today; what it repeats from an earlier day is left out."""
        values: dict[Key, int] = {}
        for cell in cube.cells:
            value = cell.headcount if of_people else cell.completed.value
            if value is not None and not cell.as_of:
                values[cell.key] = value
        together = (
            frozenset(cube.institutions_together),
            frozenset(cube.estamentos_together),
            frozenset(cube.legal_qualities_together),
        )
        return cls(scope, values, together)

    def sum_for(self, *, key: Key, scope: Scope, members: Iterable[frozenset[str]] = NOBODY) -> int | None:
        """The value of ``key`` in the table of another population, as a sum of what is published here.

        Args:
            scope: that population.
            members: whom its own common categories stand for.

        Returns:
            ``None`` where there is no such sum.
        """
        asked: list[Codes] = []
        for code, limit, own, whole in zip(key, scope.parts, members, self.scope.parts, strict=True):
            codes = limit if code is None else frozenset(own) if code == OTHERS else frozenset({code})
            asked.append(None if codes == whole else codes)
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


def tells_people(*, cube: PublishedCube) -> bool:
    """Whether it gives a headcount beside that of all."""
    return any(cell.headcount is not None for cell in cube.cells if cell.key != TOTAL)


def tells_completions(*, cube: PublishedCube) -> bool:
    """Whether it gives completions, or a range, beside those of all."""
    figures = [cell.completed for cell in cube.cells if cell.key != TOTAL]
    return any(figure.value is not None or figure.band for figure in figures)
