"""The published cube: what anybody may know of training coverage. Pure.

It is computed once from true counts; page, CSV and JSON read the same cube and nothing else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from lms.plan.rules.figures import Figure, Motive, Tally, show_figure
from lms.plan.rules.grouping import OTHERS, group_small
from lms.plan.rules.protection import NO_LIMITS, Limits, Protection, protect, shown
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


def publish_counted(
    *,
    counted: Counted,
    k: int,
    details: Sequence[Detail],
    known: Collection[Key] = (),
    limits: Limits = NO_LIMITS,
    silent: Collection[Key] = (),
) -> PublishedCube:
    """The fullest of ``details`` that passes the audit.

    Fails closed: if crossing institutions with estamentos cannot be protected, only their totals
    are published; if those cannot, only the grand total; if that cannot, or below ``k`` people, nothing.

    Args:
        k: the smallest group that may be shown.
        known: keys hidden by an earlier release (:attr:`PublishedCube.hidden_keys`).
        limits: what other tables and earlier releases forbid.
        silent: hidden headcounts of which not even the reason may be said: they have no row.
    """
    if TOTAL in silent and counted.total.headcount < k:
        return _nothing(motive=Motive.PROTECTS, k=k, people=counted.total.headcount)
    if counted.total.headcount < k:
        return _nothing(motive=Motive.SMALL, k=k, people=counted.total.headcount)
    for level, with_legal_quality in details:
        found = protect(
            level=level,
            with_legal_quality=with_legal_quality,
            dimensions=counted.dimensions,
            tallies=counted.tallies,
            k=k,
            known=known,
            limits=limits,
        )
        if found is not None:
            return draw(counted=counted, protection=found, k=k, silent=silent)
    return _nothing(motive=Motive.PROTECTS, k=k, people=counted.total.headcount)


def _nothing(*, motive: Motive, k: int, people: int) -> PublishedCube:
    """One cell that says why; none where there is nobody."""
    figure = Figure(motive=motive)
    cells = (PublishedCell(None, None, None, None, figure, figure, figure, figure),) if people else ()
    return PublishedCube(level=Level.NOTHING, minimum_cell=k, cells=cells)


def draw(*, counted: Counted, protection: Protection, k: int, silent: Collection[Key] = ()) -> PublishedCube:
    """The table as the audit let it through, without rows for ``silent`` keys but the grand total.

    Who is in a common category says that some of its members are few: where one of them is silent, the
    category is left out as well.
    """
    dimensions, tallies = counted.dimensions, counted.tallies
    told = [_told(place=place, codes=codes, silent=silent) for place, codes in enumerate(counted.together)]
    return PublishedCube(
        level=protection.level,
        minimum_cell=k,
        cells=tuple(
            _publish(key=key, tally=tallies[key], protection=protection, k=k)
            for key in _keys(dimensions=dimensions, tallies=tallies, protection=protection)
            if key == TOTAL
            or (key not in silent and all(told[place] for place in range(3) if key[place] == OTHERS))
        ),
        institutions_together=told[0],
        estamentos_together=told[1],
        legal_qualities_together=told[2],
    )


def _told(*, place: int, codes: tuple[str, ...], silent: Collection[Key]) -> tuple[str, ...]:
    """The members of a common category, or nobody where that says too much."""
    keys = {key for key in silent if sum(code is not None for code in key) == 1}
    return () if any(key[place] in codes for key in keys) else codes


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


def _keys(*, dimensions: Dimensions, tallies: Mapping[Key, Tally], protection: Protection) -> list[Key]:
    """The keys of this level in the order of publication."""
    keys: list[Key] = [TOTAL]
    if protection.level == Level.TOTAL:
        return keys
    estamentos, institutions = dimensions.estamentos, dimensions.institutions
    keys += [(None, code, None) for code in (*estamentos.rows, *estamentos.together)]
    if protection.with_legal_quality:
        qualities = dimensions.legal_qualities
        keys += [(None, None, code) for code in (*qualities.rows, *qualities.together)]
    keys += [(code, None, None) for code in (*institutions.rows, *institutions.together)]
    if protection.level == Level.CROSSED:
        crossed: list[Key] = [(i, e, None) for i in institutions.rows for e in estamentos.rows]
        keys += [key for key in crossed if key in tallies]
    return keys


def _publish(*, key: Key, tally: Tally, protection: Protection, k: int) -> PublishedCell:
    headcount, completed = shown(key=key, tally=tally, protection=protection, k=k)
    if key != TOTAL:
        return PublishedCell(*key, headcount, completed)
    reached, started, assessed = (
        show_figure(value=value, headcount=tally.headcount, k=k)
        for value in (tally.reached, tally.started, tally.assessed)
    )
    if key in protection.headcounts:
        reached = started = assessed = completed
    return PublishedCell(*key, headcount, completed, reached, started, assessed)
