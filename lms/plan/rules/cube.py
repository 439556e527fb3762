"""The published cube: what anybody may know of training coverage. Pure.

It is computed once from true counts; page, CSV and JSON read the same cube and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lms.plan.rules.figures import Figure, Motive, Tally
from lms.plan.rules.grouping import group_small
from lms.plan.rules.table import TOTAL, Dimensions, Key, Level

RULES_VERSION = 3
"""Goes up when these rules change, so that stored cubes are computed anew."""


@dataclass(frozen=True)
class TrueCell:
    """True counts of one institution × estamento × legal quality, by their codes."""

    institution: str
    estamento: str
    legal_quality: str
    tally: Tally


@dataclass(frozen=True)
class PublishedCell:
    """One row of the cube. A dimension that is ``None`` means "all of them".

    ``headcount`` is ``None`` where ``completed.motive`` says why. The other three figures are
    given for the grand total only. ``as_of`` (ISO 8601) is the day of the figures where it is an
    earlier one: too few people make the difference since.
    """

    institution: str | None
    estamento: str | None
    legal_quality: str | None
    headcount: int | None
    completed: Figure
    reached: Figure | None = None
    started: Figure | None = None
    assessed: Figure | None = None
    as_of: str = ""

    @property
    def key(self) -> Key:
        return self.institution, self.estamento, self.legal_quality


class Aside(StrEnum):
    """Why an institution has people and no percentage."""

    WITHOUT = "without"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class PeopleOnly:
    """An institution that is in no total: how many people completed, as far as it may be said.

    ``as_of`` as in :class:`PublishedCell`.
    """

    institution: str
    why: Aside
    completed: Figure
    as_of: str = ""


Together = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""The members of the common category of each dimension."""


@dataclass(frozen=True)
class PublishedCube:
    """The cells of one goal on one date, grand total first, and how much the audit let through.

    ``institutions_together`` and its two companions name the members of the common category.
    """

    level: Level
    minimum_cell: int
    cells: tuple[PublishedCell, ...] = field(default=())
    institutions_together: tuple[str, ...] = ()
    estamentos_together: tuple[str, ...] = ()
    legal_qualities_together: tuple[str, ...] = ()
    people_only: tuple[PeopleOnly, ...] = ()

    @property
    def total(self) -> PublishedCell | None:
        return self.cells[0] if self.cells else None

    @property
    def together(self) -> Together:
        return self.institutions_together, self.estamentos_together, self.legal_qualities_together

    @property
    def hidden_keys(self) -> frozenset[Key]:
        """Cells that are hidden to protect others."""
        return frozenset(cell.key for cell in self.cells if cell.completed.motive == Motive.PROTECTS)


Detail = tuple[Level, bool]
"""How much is published: the level, and whether with legal qualities."""
TOTAL_ONLY: Detail = (Level.TOTAL, False)


@dataclass(frozen=True)
class Counted:
    """True counts put together as they may be published: by category, and added up by key."""

    dimensions: Dimensions
    tallies: Mapping[Key, Tally]

    @property
    def total(self) -> Tally:
        return self.tallies.get(TOTAL, Tally())

    @property
    def together(self) -> Together:
        dimensions = self.dimensions
        return (
            dimensions.institutions.together,
            dimensions.estamentos.together,
            dimensions.legal_qualities.together,
        )

    @property
    def details(self) -> list[Detail]:
        """From the fullest down to the grand total."""
        has_both = len(self.dimensions.institutions.rows) > 1 and len(self.dimensions.estamentos.rows) > 1
        levels = (Level.CROSSED, Level.MARGINS) if has_both else (Level.MARGINS,)
        details = [(level, with_quality) for level in levels for with_quality in (True, False)]
        return [*details, TOTAL_ONLY]


def count_up(*, cells: Iterable[TrueCell], k: int) -> Counted:
    """Puts small categories together and adds up."""
    cells = list(cells)
    dimensions = _group(cells=cells, k=k)
    return Counted(dimensions, _add_up(cells=cells, dimensions=dimensions))


def _group(*, cells: list[TrueCell], k: int) -> Dimensions:
    counts: tuple[dict[str, int], ...] = (defaultdict(int), defaultdict(int), defaultdict(int))
    for cell in cells:
        for count, code in zip(counts, (cell.institution, cell.estamento, cell.legal_quality), strict=True):
            count[code] += cell.tally.headcount
    groupings = [group_small(headcounts={code: n for code, n in count.items() if n}, k=k) for count in counts]
    return Dimensions(*groupings)


def _add_up(*, cells: list[TrueCell], dimensions: Dimensions) -> dict[Key, Tally]:
    """True sums by published key, and by each member of a common category."""
    sums: dict[Key, Tally] = defaultdict(Tally)
    for cell in cells:
        if not cell.tally.headcount:
            continue
        institution = dimensions.institutions.row_of(cell.institution)
        estamento = dimensions.estamentos.row_of(cell.estamento)
        quality = dimensions.legal_qualities.row_of(cell.legal_quality)
        keys: set[Key] = {
            TOTAL,
            (institution, None, None), (cell.institution, None, None),
            (None, estamento, None), (None, cell.estamento, None),
            (None, None, quality), (None, None, cell.legal_quality),
            (institution, estamento, None),
        }  # fmt: skip
        for key in keys:
            sums[key] += cell.tally
    return dict(sums)
