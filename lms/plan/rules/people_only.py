"""Figures of people of whom nobody knows how many there are in all. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lms.plan.rules.cube import Aside, PeopleOnly, PublishedCell, PublishedCube
from lms.plan.rules.earlier import OTHER_FIGURES, Before, is_small_change, keep_people, last_releases
from lms.plan.rules.figures import Figure, Motive, Tally, show_people
from lms.plan.rules.links import Definition
from lms.plan.rules.table import Level

HIDDEN = Figure(motive=Motive.PROTECTS)


def publish_people(
    *, tally: Tally, k: int, before: Sequence[Before] = (), linked: Sequence[PublishedCube] = ()
) -> PublishedCube:
    """What may be published of a goal for citizens: the four figures, and no percentage.

    Args:
        before: its last releases, latest first.
        linked: goals published already that share courses with it. A difference of fewer than ``k``
            people to one of them is not told; beside two of them nothing is, for three figures
            together tell who did both.
    """
    figures: dict[str, Any] = {}
    for name in (*OTHER_FIGURES, "completed"):
        value = getattr(tally, name)
        theirs = [getattr(cube.cells[0], name) if cube.cells else None for cube in linked]
        is_apart = len(linked) < 2 and all(_is_apart(value=value, figure=figure, k=k) for figure in theirs)
        figure = show_people(value=value, k=k)
        figures[name] = figure if is_apart or figure.value is None else HIDDEN
    cell = PublishedCell(None, None, None, None, **figures)
    return keep_people(
        cube=PublishedCube(level=Level.PEOPLE, minimum_cell=k, cells=(cell,)), before=before, k=k
    )


def _is_apart(*, value: int, figure: Figure | None, k: int) -> bool:
    return figure is not None and figure.value is not None and not 0 < abs(value - figure.value) < k


def set_aside(
    *,
    cube: PublishedCube,
    counts: Mapping[str, tuple[Aside, int]],
    before: Sequence[Before] = (),
    linked: Sequence[PublishedCube] = (),
) -> PublishedCube:
    """Adds the institutions that have people and no percentage: how many completed, as far as it may be said.

    Args:
        counts: by the institution's code, why it stands aside, and how many people completed.
        before: the last releases of this goal, latest first.
        linked: other tables, of today or before, that count some of the same completions. Beside two of
            them that name the institution its figure is not told.
    """
    rows = [
        _row(code=code, why=why, value=value, before=before, linked=linked, k=cube.minimum_cell)
        for code, (why, value) in sorted(counts.items())
    ]
    return replace(cube, people_only=tuple(rows))


def _row(
    *, code: str, why: Aside, value: int, before: Sequence[Before], linked: Sequence[PublishedCube], k: int
) -> PeopleOnly:
    figure = show_people(value=value, k=k)
    if figure.value is None:
        return PeopleOnly(code, why, figure)
    said = [row for cube in linked if (row := _said_of(cube=cube, code=code)) is not None]
    if len(said) > 1 or not all(_is_apart(value=value, figure=row.completed, k=k) for row in said):
        return PeopleOnly(code, why, HIDDEN)
    earlier = [
        (row, release.day)
        for release in before
        if (row := _said_of(cube=release.cube, code=code)) is not None
    ]
    if any(is_small_change(figure=row.completed, value=value, k=k) for row, _day in earlier):
        last, day = earlier[0]
        if last.completed.value is None:
            return PeopleOnly(code, why, HIDDEN)
        return PeopleOnly(code, why, Figure(value=last.completed.value), last.as_of or day)
    return PeopleOnly(code, why, figure)


def _said_of(*, cube: PublishedCube, code: str) -> PeopleOnly | PublishedCell | None:
    """What a table says of an institution as a whole."""
    for row in cube.people_only:
        if row.institution == code:
            return row
    return next((cell for cell in cube.cells if cell.key == (code, None, None)), None)


@dataclass(frozen=True)
class CitizensTable:
    """A goal for citizens: which courses, and its true figures."""

    goal: int
    definition: Definition
    tally: Tally


def publish_citizens(
    *, tables: Iterable[CitizensTable], k: int, before: Sequence[Before] = ()
) -> dict[int, PublishedCube]:
    """The cubes of all goals for citizens of one release, by goal.

    Args:
        before: all tables for citizens of the last releases, latest first.
    """
    tables = sorted(tables, key=lambda table: table.goal)
    own = {table.goal: last_releases(definition=table.definition, before=before) for table in tables}
    here = {table.definition for table in tables}
    gone = {one.definition: one.cube for one in reversed(before) if one.definition not in here}
    shown: dict[Definition, PublishedCube] = {}
    for table in sorted(tables, key=lambda table: not own[table.goal]):
        if table.definition not in shown:
            others = shown | ({} if own[table.goal] else gone)
            linked = [cube for other, cube in others.items() if other.meets(table.definition)]
            shown[table.definition] = publish_people(
                tally=table.tally, k=k, before=own[table.goal], linked=linked
            )
    return {table.goal: shown[table.definition] for table in tables}
