"""All goals published together, and after earlier releases. Pure.

Several tables about the same people give each other's hidden figures away, and so do two releases of
one table. These rules close that, each stricter than it need be so that it can be explained:

* **One set of hidden headcounts.** Goals of the same population share it, whatever else they publish.
  It is audited once, on the fullest table that any of them may publish.
* **Another population adds nothing.** The widest population is the reference. A goal of any other one
  publishes a headcount only where it equals a sum of headcounts that the reference publishes already;
  so nobody learns of the difference between the two. The same holds for completions of the same courses.
* **Some courses in common.** Of goals that share some courses one is published in full: the one that
  was so before, else the widest, else the one with most courses. Another gives its grand total only,
  where it differs by nobody or by a whole group; beside two such goals not even that.
* **What was said binds.** A table keeps to what it said in its last two releases
  (:mod:`lms.plan.rules.earlier`). A goal that is gone, or counts something else now, binds the others
  for two releases as if it were still here. When the reference changes, only grand totals are published
  until the last two releases have the new one.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lms.plan.rules.cube import TOTAL_ONLY, PublishedCell, PublishedCube, count_up
from lms.plan.rules.drawing import publish_counted
from lms.plan.rules.earlier import OTHER_FIGURES, Before, keep_earlier, last_releases, remember
from lms.plan.rules.figures import Figure, Motive, show_figure
from lms.plan.rules.joint_people import GoalTable, Work, publish_headcounts
from lms.plan.rules.links import Definition, Public, tells_completions
from lms.plan.rules.people_only import set_aside
from lms.plan.rules.table import TOTAL


@dataclass(frozen=True)
class _Shown:
    """A table that everybody knows: of today, or of the last releases."""

    definition: Definition
    cube: PublishedCube
    is_of_today: bool = True

    def public(self, *, of_people: bool) -> Public:
        return Public.of(cube=self.cube, scope=self.definition.scope, of_people=of_people)


def publish_together(
    *, tables: Iterable[GoalTable], k: int, before: Sequence[Before] = ()
) -> dict[int, PublishedCube]:
    """The cubes of all goals of one release, by goal.

    Args:
        k: the smallest group that may be shown.
        before: all tables of the last releases, latest first.
    """
    tables = sorted(tables, key=lambda table: table.goal)
    works: dict[Definition, Work] = {}
    for table in tables:
        if table.definition not in works:
            works[table.definition] = _begin(table=table, before=before, k=k)
    if not works:
        return {}
    publish_headcounts(works=list(works.values()), before=before, k=k)
    staying = {
        work.definition
        for work in works.values()
        if work.was_in_detail and not _cedes(work=work, works=works.values())
    }
    binding = _binding(before=before, works=works, staying=staying)
    shown: dict[Definition, _Shown] = {}
    for work in _rank(works=works.values(), staying=staying):
        others = [*shown.values(), *(() if work.definition in staying else binding)]
        linked = [one for one in others if _is_linked(one=one, definition=work.definition)]
        _hide_completions(work=work, linked=linked, k=k)
        shown[work.definition] = _Shown(work.definition, _publish(work=work, k=k))
    return _with_asides(tables=tables, shown=shown, binding=binding, before=before)


def _begin(*, table: GoalTable, before: Sequence[Before], k: int) -> Work:
    own = last_releases(definition=table.definition, before=before)
    counted = count_up(cells=table.cells, k=k)
    memory = remember(before=own, counted=counted, k=k)
    return Work(table, counted, own, memory, counted.details)


def _cedes(*, work: Work, works: Iterable[Work]) -> bool:
    """Whether a wider goal with the same courses has come, and is not published in full yet."""
    return any(
        other.definition.courses == work.definition.courses
        and other.scope != work.scope
        and work.scope.is_within(other.scope)
        and not other.was_in_detail
        for other in works
    )


def _rank(*, works: Iterable[Work], staying: Collection[Definition]) -> list[Work]:
    """Who comes first says what it has to say: who stays in full, then the widest, then most courses."""

    def key(work: Work) -> tuple[bool, int, str, int, list[str]]:
        courses = sorted(work.definition.courses)
        return work.definition not in staying, -work.headcount, work.scope.order, -len(courses), courses

    return sorted(works, key=key)


def _binding(
    *, before: Iterable[Before], works: Collection[Definition], staying: Collection[Definition]
) -> list[_Shown]:
    """Earlier tables that bind others: those that are gone, and those that were in full and are not now."""
    return [
        _Shown(one.definition, one.cube, is_of_today=False)
        for one in before
        if one.definition not in works or (one.definition not in staying and tells_completions(cube=one.cube))
    ]


def _is_linked(*, one: _Shown, definition: Definition) -> bool:
    return one.definition != definition and one.definition.meets(definition)


def _publish(*, work: Work, k: int) -> PublishedCube:
    cube = publish_counted(
        counted=work.counted,
        k=k,
        details=work.details,
        known=work.memory.known,
        limits=work.memory.limits(people_audited=work.is_reference),
        silent=work.silent,
    )
    hidden = set(work.hidden_figures)
    if TOTAL in work.memory.completions:
        hidden |= set(OTHER_FIGURES)
    kept = keep_earlier(
        cube=cube, before=work.before, old_figures=work.memory.old_figures - hidden, never=work.linked_hidden
    )
    if not hidden or not kept.cells or kept.cells[0].as_of:
        return kept
    protects: dict[str, Any] = {
        name: Figure(motive=Motive.PROTECTS) for name in hidden if _tells(cell=kept.cells[0], name=name)
    }
    return replace(kept, cells=(replace(kept.cells[0], **protects), *kept.cells[1:]))


def _tells(*, cell: PublishedCell, name: str) -> bool:
    figure: Figure | None = getattr(cell, name)
    return figure is not None and (figure.value is not None or bool(figure.band))


def _with_asides(
    *,
    tables: Sequence[GoalTable],
    shown: dict[Definition, _Shown],
    binding: Sequence[_Shown],
    before: Sequence[Before],
) -> dict[int, PublishedCube]:
    """By goal: the same people and courses have the same figures, under whatever name."""
    cubes: dict[int, PublishedCube] = {}
    told: list[_Shown] = list(binding)
    for table in tables:
        cube = shown[table.definition].cube
        courses = table.definition.courses
        linked = [one for one in (*shown.values(), *told) if one.definition.courses & courses]
        cubes[table.goal] = set_aside(
            cube=cube,
            counts=table.aside,
            before=[one for one in before if one.definition == table.definition],
            linked=[one.cube for one in linked if one.definition != table.definition],
        )
        told.append(_Shown(table.definition, cubes[table.goal]))
    return cubes


# --- Completions -------------------------------------------------------------------------------------
def _hide_completions(*, work: Work, linked: Sequence[_Shown], k: int) -> None:
    """Beside tables that count some of the same completions."""
    wholes = [
        other
        for other in linked
        if other.is_of_today
        and other.definition.courses == work.definition.courses
        and work.scope.is_within(other.definition.scope)
    ]
    if wholes:
        _add_nothing(work=work, wholes=wholes)
        # Several parts together would tell of what is in none of them.
        work.hidden_figures |= set(OTHER_FIGURES)
    elif linked:
        work.details = [TOTAL_ONLY] if work.details else ()
        if len({other.definition for other in linked}) > 1 or not all(
            _is_apart(work=work, other=other, k=k) for other in linked
        ):
            work.memory.completions.add(TOTAL)
            work.linked_hidden.add(TOTAL)
            work.hidden_figures |= set(OTHER_FIGURES)
    for other in linked:
        work.hidden_figures |= {
            name for name in OTHER_FIGURES if not _figure_is_apart(work=work, other=other, name=name, k=k)
        }


def _add_nothing(*, work: Work, wholes: Sequence[_Shown]) -> None:
    """Part of a table with the same courses: only what is a sum of what that one publishes."""
    if work.details and not any(tells_completions(cube=other.cube) for other in wholes):
        work.details = [TOTAL_ONLY]
    publics = [other.public(of_people=False) for other in wholes]
    for key, tally in work.counted.tallies.items():
        sums = (public.sum_for(key=key, scope=work.scope, members=work.members) for public in publics)
        if tally.completed not in sums:
            work.memory.completions.add(key)
            work.linked_hidden.add(key)


def _is_apart(*, work: Work, other: _Shown, k: int) -> bool:
    """Whether the total of one says nothing of a few, nor of hidden figures of the other."""
    scope, total = other.definition.scope, work.counted.total
    shared = work.scope.shared_with(scope)
    told = other.public(of_people=False).sum_for(key=TOTAL, scope=shared)
    if told is None:
        return False
    more = total.completed - told
    if work.scope.is_within(scope) or work.definition.courses != other.definition.courses:
        return more == 0 or abs(more) >= k
    people = other.public(of_people=True).sum_for(key=TOTAL, scope=shared)
    return people is not None and _may_be_told(value=more, headcount=total.headcount - people, k=k)


def _figure_is_apart(*, work: Work, other: _Shown, name: str, k: int) -> bool:
    """The same of the other figures, which tables give of their grand total only."""
    theirs: PublishedCell | None = other.cube.total
    figure: Figure | None = getattr(theirs, name) if theirs else None
    if theirs is None or figure is None or figure.value is None:
        return False
    mine: int = getattr(work.counted.total, name)
    if work.scope == other.definition.scope:
        return mine == figure.value or abs(mine - figure.value) >= k
    if work.definition.courses == other.definition.courses and theirs.headcount is not None:
        is_within = work.scope.is_within(other.definition.scope)
        people = theirs.headcount - work.headcount
        return is_within and _may_be_told(value=figure.value - mine, headcount=people, k=k)
    return abs(mine - figure.value) >= k


def _may_be_told(*, value: int, headcount: int, k: int) -> bool:
    """Whether a difference of two figures could be published as a figure of its own."""
    return value >= 0 and show_figure(value=value, headcount=headcount, k=k).value is not None
