"""The published cube: what anybody may know of training coverage. Pure.

It is computed once from true counts; page, CSV and JSON read the same cube and nothing else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from lms.plan.rules.figures import Band, Figure, Motive, Tally, show_figure
from lms.plan.rules.grouping import group_small
from lms.plan.rules.protection import Protection, protect, shown
from lms.plan.rules.table import TOTAL, Dimensions, Key, Level

RULES_VERSION = 1
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
    given for the grand total only.
    """

    institution: str | None
    estamento: str | None
    legal_quality: str | None
    headcount: int | None
    completed: Figure
    reached: Figure | None = None
    started: Figure | None = None
    assessed: Figure | None = None

    @property
    def key(self) -> Key:
        return self.institution, self.estamento, self.legal_quality


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

    @property
    def total(self) -> PublishedCell | None:
        return self.cells[0] if self.cells else None

    @property
    def hidden_keys(self) -> frozenset[Key]:
        """Cells that are hidden to protect others."""
        return frozenset(cell.key for cell in self.cells if cell.completed.motive == Motive.PROTECTS)


def publish_cube(*, cells: Iterable[TrueCell], k: int, known: Collection[Key] = ()) -> PublishedCube:
    """What may be published of the true ``cells``; ``k`` is the smallest group that may be shown.

    Fails closed: if crossing institutions with estamentos cannot be protected, only their totals
    are published; if those cannot, only the grand total; below ``k`` people, nothing.

    Args:
        known: keys hidden by an earlier release (:attr:`PublishedCube.hidden_keys`).
    """
    cells = list(cells)
    dimensions = _group(cells=cells, k=k)
    tallies = _add_up(cells=cells, dimensions=dimensions)
    total = tallies.get(TOTAL, Tally())
    if total.headcount < k:
        cell = PublishedCell(None, None, None, None, Figure(motive=Motive.SMALL))
        return PublishedCube(level=Level.NOTHING, minimum_cell=k, cells=(cell,) if total.headcount else ())
    protection = _protect(dimensions=dimensions, tallies=tallies, k=k, known=known)
    return PublishedCube(
        level=protection.level,
        minimum_cell=k,
        cells=tuple(
            _publish(key=key, tally=tallies[key], protection=protection, k=k)
            for key in _keys(dimensions=dimensions, tallies=tallies, protection=protection)
        ),
        institutions_together=dimensions.institutions.together,
        estamentos_together=dimensions.estamentos.together,
        legal_qualities_together=dimensions.legal_qualities.together,
    )


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


def _protect(
    *, dimensions: Dimensions, tallies: dict[Key, Tally], k: int, known: Collection[Key]
) -> Protection:
    """The fullest level that passes the audit."""
    has_both = len(dimensions.institutions.rows) > 1 and len(dimensions.estamentos.rows) > 1
    for level in (Level.CROSSED, Level.MARGINS) if has_both else (Level.MARGINS,):
        for with_legal_quality in (True, False):
            found = protect(
                level=level,
                with_legal_quality=with_legal_quality,
                dimensions=dimensions,
                tallies=tallies,
                k=k,
                known=known,
            )
            if found is not None:
                return found
    return Protection(level=Level.TOTAL, with_legal_quality=False)


def _keys(*, dimensions: Dimensions, tallies: dict[Key, Tally], protection: Protection) -> list[Key]:
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
    others = [
        show_figure(value=value, headcount=tally.headcount, k=k)
        for value in (tally.reached, tally.started, tally.assessed)
    ]
    return PublishedCell(*key, headcount, completed, *others)


def cube_to_json(*, cube: PublishedCube) -> dict[str, Any]:
    """Plain data; nothing that the cube does not say."""
    return asdict(cube)


def cube_from_json(*, data: dict[str, Any]) -> PublishedCube:
    """The reverse of :func:`cube_to_json`."""
    return PublishedCube(
        level=Level(data["level"]),
        minimum_cell=data["minimum_cell"],
        cells=tuple(cell_from_json(data=cell) for cell in data["cells"]),
        institutions_together=tuple(data["institutions_together"]),
        estamentos_together=tuple(data["estamentos_together"]),
        legal_qualities_together=tuple(data["legal_qualities_together"]),
    )


def cell_from_json(*, data: dict[str, Any]) -> PublishedCell:
    """One cell of :func:`cube_to_json`."""
    figures = {
        name: _figure_from_json(data=data[name]) if data[name] else None
        for name in ("reached", "started", "assessed")
    }
    return PublishedCell(
        institution=data["institution"],
        estamento=data["estamento"],
        legal_quality=data["legal_quality"],
        headcount=data["headcount"],
        completed=_figure_from_json(data=data["completed"]),
        **figures,
    )


def _figure_from_json(*, data: dict[str, Any]) -> Figure:
    return Figure(
        value=data["value"], percent=data["percent"], band=Band(data["band"]), motive=Motive(data["motive"])
    )
