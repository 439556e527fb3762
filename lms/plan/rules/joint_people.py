"""Headcounts of all goals of one release: one population says them, the others add nothing. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lms.plan.rules.cube import TOTAL_ONLY, Aside, Counted, Detail, PublishedCube, TrueCell
from lms.plan.rules.drawing import draw, protect_fullest
from lms.plan.rules.earlier import Before, Remembered, narrowest
from lms.plan.rules.links import Definition, Public, Scope, tells_completions, tells_people
from lms.plan.rules.protection import Limits, Protection
from lms.plan.rules.table import TOTAL, Key


@dataclass(frozen=True)
class GoalTable:
    """What one goal counts: whom, which courses, the true cells.

    ``aside``: institutions that are in none of them, see :func:`lms.plan.rules.people_only.set_aside`.
    """

    goal: int
    definition: Definition
    cells: Sequence[TrueCell]
    aside: Mapping[str, tuple[Aside, int]] = field(default_factory=dict)


@dataclass
class Work:
    """A table on its way to being published.

    ``before``: its last releases. ``details``: how much may be published at most. ``silent``:
    headcounts of which not even the reason is said. ``linked_hidden``: keys hidden for the sake of other
    tables of today. ``hidden_figures``: other figures of the grand total that would say too much.
    """

    table: GoalTable
    counted: Counted
    before: Sequence[Before]
    memory: Remembered
    details: Sequence[Detail]
    is_reference: bool = False
    silent: set[Key] = field(default_factory=set)
    linked_hidden: set[Key] = field(default_factory=set)
    hidden_figures: set[str] = field(default_factory=set)

    @property
    def definition(self) -> Definition:
        return self.table.definition

    @property
    def scope(self) -> Scope:
        return self.table.definition.scope

    @property
    def headcount(self) -> int:
        return self.counted.total.headcount

    @property
    def people(self) -> tuple[Scope, Mapping[Key, int]]:
        """Whose headcounts they are; goals share them only where all are equal."""
        return self.scope, {key: tally.headcount for key, tally in self.counted.tallies.items()}

    @property
    def was_in_detail(self) -> bool:
        return bool(self.before) and tells_completions(cube=self.before[0].cube)

    @property
    def members(self) -> tuple[frozenset[str], ...]:
        """Whom its common categories stand for."""
        return tuple(frozenset(codes) for codes in self.counted.together)


def publish_headcounts(*, works: Sequence[Work], before: Sequence[Before], k: int) -> None:
    """Marks in each table which headcounts are hidden, and how much detail they allow.

    Of populations that meet the widest is the reference; the one so far stays it until another is wider
    by a whole group. Its headcounts are audited once for all its goals.
    """
    for group in _that_meet(works):
        scopes = [work.scope for work in group]
        met = [one for one in before if any(one.definition.scope.meets(scope) for scope in scopes)]
        _publish_group(works=group, before=met, k=k)


def _that_meet(works: Iterable[Work]) -> list[list[Work]]:
    """Works in groups of which no two have anybody in common."""
    groups: list[list[Work]] = []
    for work in works:
        met = [group for group in groups if any(work.scope.meets(other.scope) for other in group)]
        groups = [group for group in groups if group not in met]
        groups.append([work, *(other for group in met for other in group)])
    return groups


def _publish_group(*, works: Sequence[Work], before: Sequence[Before], k: int) -> None:
    last = {one.definition.scope for one in _references(before=_latest(before))}
    widest = max(works, key=lambda work: (work.headcount + k * (work.scope in last), work.scope.order))
    others = [one for one in _references(before=before) if one.definition.scope != widest.scope]
    if any(tells_people(cube=one.cube) for one in others):
        for work in works:
            work.details = [TOTAL_ONLY]
    reference = [work for work in works if work.people == widest.people]
    shared = set().union(*(work.memory.headcounts for work in reference))
    if not all(_is_apart(work=widest, other=other, k=k) for other in others):
        shared.add(TOTAL)
    near = narrowest(bounds=(work.memory.near_people for work in reference))
    known = set().union(*(work.memory.known for work in reference))
    found, details = _audit(
        counted=widest.counted,
        k=k,
        details=widest.details,
        known=known,
        limits=Limits(headcounts=frozenset(shared), near_people=near),
    )
    cube = draw(counted=widest.counted, protection=found, k=k) if details else PublishedCube(found.level, k)
    public = Public.of(cube=cube, scope=widest.scope, of_people=True)
    for work in works:
        if work in reference:
            work.is_reference, work.details = True, details
            work.memory.headcounts, work.memory.near_people = shared | found.headcounts, near
        else:
            _add_nothing(work=work, public=public)


def _latest(before: Sequence[Before]) -> list[Before]:
    """The tables of the last release."""
    return [one for one in before if one.moment == before[0].moment]


def _references(*, before: Iterable[Before]) -> list[Before]:
    """The tables of the widest population of each earlier release."""
    releases: dict[str, list[Before]] = {}
    for one in before:
        releases.setdefault(one.moment, []).append(one)
    found: list[Before] = []
    for tables in releases.values():
        widest = max(tables, key=lambda one: (one.people, one.definition.scope.order)).definition.scope
        found += [one for one in tables if one.definition.scope == widest]
    return found


def _is_apart(*, work: Work, other: Before, k: int) -> bool:
    """Whether the number of all says nothing of a few beside what another reference said."""
    scope = other.definition.scope
    if not scope.meets(work.scope) or not other.cube.cells:
        return True
    public = Public.of(cube=other.cube, scope=scope, of_people=True)
    told = public.sum_for(key=TOTAL, scope=work.scope.shared_with(scope))
    if told is None and not tells_people(cube=other.cube):
        total = other.cube.total
        told = (total.headcount or 0) if total else 0
    return told is not None and not 0 < abs(work.headcount - told) < k


def _audit(
    *, counted: Counted, k: int, details: Sequence[Detail], known: set[Key], limits: Limits
) -> tuple[Protection, Sequence[Detail]]:
    """The fullest detail whose headcounts can be protected, and what may be published beside it."""
    found = (
        protect_fullest(counted=counted, k=k, details=details, known=known, limits=limits, people_only=True)
        if counted.total.headcount >= k
        else None
    )
    if found is None:
        level, with_quality = TOTAL_ONLY
        return Protection(level=level, with_legal_quality=with_quality, headcounts=frozenset({TOTAL})), ()
    protection, allowed = found
    # A lesser detail may not say what the audited one left out.
    return protection, [detail for detail in allowed if protection.with_legal_quality or not detail[1]]


def _add_nothing(*, work: Work, public: Public) -> None:
    """Of another population than the reference: hides whatever would say more than that one does."""
    for key, tally in work.counted.tallies.items():
        if public.sum_for(key=key, scope=work.scope, members=work.members) != tally.headcount:
            work.memory.headcounts.add(key)
            work.silent.add(key)
            work.linked_hidden.add(key)
