"""Calculating training coverage and storing what may be published of it.

Coverage is pulled: nothing tells the plan that somebody finished a course. A periodic job compares
a mark of what coverage rests on with the one stored, counts again only when they differ, and
publishes the new count as :mod:`lms.plan.rules.releases` allows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from lms.lib import clock
from lms.lib.canonical import canonical
from lms.people.models import Institution, Posting
from lms.plan.models import CoverageCell, CoverageSnapshot, TrainingGoal
from lms.plan.rules import (
    Place,
    PublishedCube,
    PublishEvery,
    Tally,
    count_changed_people,
    cube_to_json,
    may_publish,
)
from lms.plan.rules.earlier import REMEMBERED
from lms.plan.selectors.headcounts import describe_sources, uploaded_on
from lms.plan.selectors.joint import Count, publish_counts, tally_of
from lms.plan.selectors.marks import counts_the_same, definition_mark, facts_mark, mark_of
from lms.plan.selectors.open_data import measure_part
from lms.plan.selectors.recounts import GoalDefinition, count_goal, write_known
from lms.progress.selectors.coverage import Cell, Known, what_is_known

COUNTED_AT_ONCE = 20_000
"""With more postings in force than this, counting takes longer than somebody who saves should wait."""
ATTEMPTS = 3


@dataclass(frozen=True)
class _Counted:
    """All goals counted at one instant, of what was on record then.

    ``newest``: the latest snapshot before. If there is a newer one by the time this is published, it
    was compared with the wrong releases.
    """

    counts: Sequence[Count]
    cutoff: date
    at: datetime
    facts: str
    known: Known
    newest: int


def refresh_current_coverage(*, at: datetime) -> int:
    """Counts anew where something changed and publishes what may be; returns how many goals were.

    A goal counts as unchanged while enrolments, finished units, assessments, completions, postings,
    the goal itself, the settings and the calendar day are the same. Goals are published together:
    two counts of the same people on the same day would tell what happened in between.
    """
    cutoff = clock.local_date(at)
    facts = facts_mark(cutoff=cutoff)
    current = _current()
    changed = [
        goal for goal in _goals() if _is_changed(snapshot=current.get(goal.pk), goal=goal, facts=facts)
    ]
    if all(_waits_already(snapshot=current.get(goal.pk), goal=goal, facts=facts) for goal in changed):
        return 0
    # All of them: a goal published beside others that it was not compared with could give them away.
    counted = _count(current=current, cutoff=cutoff, at=at, facts=facts)
    if all(_must_wait(count=count, cutoff=cutoff) for count in counted.counts):
        for count in counted.counts:
            _remember(count=count, facts=facts)
        return 0
    return _publish(counted=counted)


def publish_goals(*, cutoff: date, at: datetime) -> int:
    """Counts every goal in force on the local date ``cutoff`` and publishes it, however little changed.

    Counts again where somebody else published meanwhile.
    """
    for _attempt in range(ATTEMPTS):
        counted = _count(current=_current(), cutoff=cutoff, at=at, facts=facts_mark(cutoff=cutoff))
        if not counted.counts:
            return 0
        if published := _publish(counted=counted):
            return published
    return 0


def recount_goals(*, at: datetime) -> bool:
    """Publishes the coverage after a goal changed; ``True`` when it is done.

    ``False``: too many people for a request. What is outdated stays hidden, and the next periodic
    refresh counts it.
    """
    cutoff = clock.local_date(at)
    in_force = Posting.objects.valid_on(cutoff).values("pk")
    if in_force[: COUNTED_AT_ONCE + 1].count() > COUNTED_AT_ONCE:
        return False
    publish_goals(cutoff=cutoff, at=at)
    return True


def _goals() -> list[TrainingGoal]:
    return list(TrainingGoal.objects.filter(is_active=True).select_related("commitment"))


def _current() -> dict[int, CoverageSnapshot]:
    rows = CoverageSnapshot.objects.filter(kind=CoverageSnapshot.Kind.CURRENT)
    return {snapshot.goal_id: snapshot for snapshot in rows.defer("published")}


def _is_changed(*, snapshot: CoverageSnapshot | None, goal: TrainingGoal, facts: str) -> bool:
    return snapshot is None or snapshot.is_outdated or snapshot.mark != mark_of(goal=goal, facts=facts)


def _waits_already(*, snapshot: CoverageSnapshot | None, goal: TrainingGoal, facts: str) -> bool:
    """Whether this very count was made before and waits."""
    if snapshot is None or snapshot.is_outdated:
        return False
    return snapshot.held_mark == mark_of(goal=goal, facts=facts)


def _must_wait(*, count: Count, cutoff: date) -> bool:
    every, snapshot = PublishEvery(settings.COVERAGE_PUBLISH_EVERY), count.snapshot
    if snapshot is None or every == PublishEvery.CHANGE or snapshot.is_outdated:
        return False
    if not counts_the_same(goal=count.goal, mark=snapshot.mark):
        return False
    changed = count_changed_people(
        before=_by_place(cells=snapshot.true_cells.all()), after=_by_place(cells=count.cells)
    )
    return not may_publish(
        every=every,
        changed=changed,
        k=settings.COVERAGE_MINIMUM_CELL,
        published_on=snapshot.cutoff_date,
        today=cutoff,
    )


def _remember(*, count: Count, facts: str) -> None:
    """This count waits: it is not made again while nothing changes."""
    if count.snapshot is not None:
        count.snapshot.held_mark = mark_of(goal=count.goal, facts=facts)
        count.snapshot.save(update_fields=["held_mark"])


def _count(*, current: Mapping[int, CoverageSnapshot], cutoff: date, at: datetime, facts: str) -> _Counted:
    """One query for each goal, and ten."""
    newest, known, uploaded = _newest(), what_is_known(at=at), uploaded_on(cutoff=cutoff)
    counts = []
    for goal in _goals():
        definition = GoalDefinition.of(goal)
        cells = count_goal(definition=definition, cutoff=cutoff, known=known)
        own = uploaded.narrowed(definition=definition)
        counts.append(Count(goal, current.get(goal.pk), cells, own))
    return _Counted(counts, cutoff, at, facts, known, newest)


def _newest() -> int:
    latest: int | None = CoverageSnapshot.objects.aggregate(latest=Max("pk"))["latest"]
    return latest or 0


def _publish(*, counted: _Counted) -> int:
    """Replaces the current snapshots of all goals together; 0 where somebody else published meanwhile."""
    places = _places(counts=counted.counts)
    cubes = publish_counts(counts=counted.counts, places=places)
    with transaction.atomic():
        # One at a time: whoever waits here finds a newer snapshot then.
        goals = {goal.pk: goal for goal in TrainingGoal.objects.select_for_update(no_key=True).order_by("pk")}
        if _newest() != counted.newest:
            return 0
        for count in counted.counts:
            codes = {places[cell.institution_id].code for cell in count.cells if cell.institution_id}
            names = {place.code: place.name for place in places.values() if place.code in codes | count.codes}
            # Somebody may have changed the goal while it was being counted.
            is_outdated = definition_mark(goal=goals[count.goal.pk]) != definition_mark(goal=count.goal)
            _store(
                count=count, cube=cubes[count.goal.pk], names=names, counted=counted, is_outdated=is_outdated
            )
        _forget_releases()
    return len(counted.counts)


def _places(*, counts: Sequence[Count]) -> dict[int, Institution]:
    """Every institution with people in it, or with an uploaded headcount. One query."""
    ids = {cell.institution_id for count in counts for cell in count.cells if cell.institution_id}
    codes = {code for count in counts for code in count.codes}
    return {place.pk: place for place in Institution.objects.filter(Q(pk__in=ids) | Q(code__in=codes))}


def _store(
    *, count: Count, cube: PublishedCube, names: dict[str, str], counted: _Counted, is_outdated: bool
) -> None:
    goal, cutoff = count.goal, counted.cutoff
    headcounts = describe_sources(
        uploaded=count.uploaded, cutoff=cutoff, has_postings=len(names) > len(count.codes)
    )
    csv_bytes, json_bytes = measure_part(
        goal=goal, cube=cube, cutoff_date=cutoff, names=names, at=counted.at, headcounts=headcounts
    )
    earlier = CoverageSnapshot.objects.filter(goal=goal, kind=CoverageSnapshot.Kind.CURRENT)
    earlier.update(kind=CoverageSnapshot.Kind.EARLIER)
    snapshot = CoverageSnapshot.objects.create(
        goal=goal,
        kind=CoverageSnapshot.Kind.CURRENT,
        cutoff_date=cutoff,
        computed_at=counted.at,
        minimum_cell=cube.minimum_cell,
        mark=mark_of(goal=goal, facts=counted.facts),
        held_mark="",
        is_outdated=is_outdated,
        total=_total(cube=cube),
        published=cube_to_json(cube=cube),
        institution_names=names,
        institution_count=len(names),
        csv_bytes=csv_bytes,
        json_bytes=json_bytes,
        known=write_known(known=counted.known),
        headcounts=headcounts,
        definition=GoalDefinition.of(goal).write(),
    )
    rows = [_cell_row(snapshot=snapshot, cell=cell) for cell in count.cells]
    CoverageCell.objects.bulk_create(rows, batch_size=1000)


def _forget_releases() -> None:
    """Keeps the last two releases whole, and of what is counted no more the last one of two days.

    Without the latter, whoever changes a goal three times in a day would make the comparison forget.
    """
    snapshots = list(
        CoverageSnapshot.objects.exclude(definition={})
        .order_by("-pk")
        .only("pk", "computed_at", "cutoff_date", "definition")
    )
    kept = set(list(dict.fromkeys(one.release for one in snapshots))[:REMEMBERED])
    days = sorted({one.cutoff_date for one in snapshots})[-REMEMBERED:]
    last: dict[str, CoverageSnapshot] = {}
    for one in snapshots:
        last.setdefault(canonical(one.definition), one)
    kept |= {one.release for one in last.values() if one.cutoff_date in days}
    forgotten = CoverageSnapshot.objects.exclude(pk__in=[one.pk for one in snapshots if one.release in kept])
    forgotten.filter(kind=CoverageSnapshot.Kind.EARLIER).delete()
    CoverageCell.objects.filter(snapshot__in=forgotten).delete()
    forgotten.update(definition={})


def _cell_row(*, snapshot: CoverageSnapshot, cell: Cell) -> CoverageCell:
    return CoverageCell(
        snapshot=snapshot,
        institution_id=cell.institution_id,
        estamento=cell.estamento or "",
        legal_quality=cell.legal_quality or "",
        headcount=cell.headcount,
        reached=cell.reached,
        started=cell.started,
        assessed=cell.assessed,
        completed=cell.completed,
    )


def _by_place(*, cells: Iterable[Cell | CoverageCell]) -> dict[Place, Tally]:
    return {_place(cell=cell): tally_of(cell=cell) for cell in cells}


def _place(*, cell: Cell | CoverageCell) -> Place:
    """The three dimensions, which this module always asks for; of citizens none."""
    return cell.institution_id or 0, cell.estamento or "", cell.legal_quality or ""


def _total(*, cube: PublishedCube) -> dict[str, object] | None:
    data = cube_to_json(cube=cube)["cells"]
    first: dict[str, object] | None = data[0] if data else None
    return first
