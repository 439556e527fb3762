"""The published cube: what anybody may know of training coverage. Pure.

It is computed once from true counts; page, CSV and JSON read the same cube and nothing else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from lms.plan.rules.figures import Band, Figure, Motive, Tally, show_figure, show_people
from lms.plan.rules.grouping import group_small
from lms.plan.rules.protection import NO_LIMITS, Limits, Protection, protect, shown
from lms.plan.rules.table import TOTAL, Dimensions, Key, Level

RULES_VERSION = 2
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
    """An institution that is in no total: how many people completed, as far as it may be said."""

    institution: str
    why: Aside
    completed: Figure


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
    def hidden_keys(self) -> frozenset[Key]:
        """Cells that are hidden to protect others."""
        return frozenset(cell.key for cell in self.cells if cell.completed.motive == Motive.PROTECTS)


Detail = tuple[Level, bool]
"""How much is published: the level, and whether with legal qualities."""


@dataclass(frozen=True)
class Counted:
    """True counts put together as they may be published: by category, and added up by key."""

    dimensions: Dimensions
    tallies: Mapping[Key, Tally]

    @property
    def total(self) -> Tally:
        return self.tallies.get(TOTAL, Tally())

    @property
    def details(self) -> list[Detail]:
        """From the fullest down."""
        has_both = len(self.dimensions.institutions.rows) > 1 and len(self.dimensions.estamentos.rows) > 1
        levels = (Level.CROSSED, Level.MARGINS) if has_both else (Level.MARGINS,)
        return [(level, with_quality) for level in levels for with_quality in (True, False)]


def count_up(*, cells: Iterable[TrueCell], k: int) -> Counted:
    """Puts small categories together and adds up."""
    cells = list(cells)
    dimensions = _group(cells=cells, k=k)
    return Counted(dimensions, _add_up(cells=cells, dimensions=dimensions))


def publish_cube(*, cells: Iterable[TrueCell], k: int, known: Collection[Key] = ()) -> PublishedCube:
    """What may be published of the true ``cells`` of one goal, other tables left aside.

    Args:
        k: the smallest group that may be shown.
        known: keys hidden by an earlier release (:attr:`PublishedCube.hidden_keys`).
    """
    counted = count_up(cells=cells, k=k)
    return publish_counted(counted=counted, k=k, details=counted.details, known=known)


def publish_counted(
    *,
    counted: Counted,
    k: int,
    details: Sequence[Detail],
    known: Collection[Key] = (),
    limits: Limits = NO_LIMITS,
) -> PublishedCube:
    """The fullest of ``details`` that passes the audit.

    Fails closed: if crossing institutions with estamentos cannot be protected, only their totals
    are published; if those cannot, only the grand total; below ``k`` people, nothing.
    """
    dimensions, tallies = counted.dimensions, counted.tallies
    if counted.total.headcount < k:
        cell = PublishedCell(None, None, None, None, Figure(motive=Motive.SMALL))
        cells = (cell,) if counted.total.headcount else ()
        return PublishedCube(level=Level.NOTHING, minimum_cell=k, cells=cells)
    protection = _protect(counted=counted, k=k, details=details, known=known, limits=limits)
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


def publish_people(*, tally: Tally, k: int) -> PublishedCube:
    """What may be published of people without a headcount: the four figures, and no percentage."""
    completed, reached, started, assessed = (
        show_people(value=value, k=k)
        for value in (tally.completed, tally.reached, tally.started, tally.assessed)
    )
    cell = PublishedCell(None, None, None, None, completed, reached, started, assessed)
    return PublishedCube(level=Level.PEOPLE, minimum_cell=k, cells=(cell,))


def set_aside(
    *, cube: PublishedCube, without: Mapping[str, Tally], contradicted: Mapping[str, Tally]
) -> PublishedCube:
    """Adds the institutions that have people and no percentage, by their codes."""
    k = cube.minimum_cell
    rows = [
        PeopleOnly(code, why, show_people(value=tally.completed, k=k))
        for why, tallies in ((Aside.WITHOUT, without), (Aside.CONTRADICTED, contradicted))
        for code, tally in tallies.items()
    ]
    return replace(cube, people_only=tuple(sorted(rows, key=lambda row: row.institution)))


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
    *, counted: Counted, k: int, details: Sequence[Detail], known: Collection[Key], limits: Limits
) -> Protection:
    """The fullest detail that passes the audit; of the grand total alone what the limits leave."""
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
            return found
    return Protection(
        level=Level.TOTAL,
        with_legal_quality=False,
        headcounts=limits.headcounts & {TOTAL},
        completions=limits.completions & {TOTAL},
    )


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
        people_only=tuple(
            PeopleOnly(row["institution"], Aside(row["why"]), _figure_from_json(data=row["completed"]))
            for row in data.get("people_only", ())
        ),
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
        as_of=data.get("as_of", ""),
        **figures,
    )


def _figure_from_json(*, data: dict[str, Any]) -> Figure:
    return Figure(
        value=data["value"], percent=data["percent"], band=Band(data["band"]), motive=Motive(data["motive"])
    )
