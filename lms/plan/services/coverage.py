"""Calculating training coverage and storing what may be published of it.

Coverage is pulled: nothing tells the plan that somebody finished a course. A periodic job compares
a mark of what coverage rests on with the one stored, counts again only when they differ, and
publishes the new count as :mod:`lms.plan.rules.releases` allows.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from lms.lib import clock
from lms.people.models import Institution, Posting
from lms.plan.models import CoverageCell, CoverageSnapshot, TrainingGoal
from lms.plan.rules import (
    Key,
    Place,
    PublishedCube,
    PublishEvery,
    Tally,
    TrueCell,
    cell_from_json,
    count_changed_people,
    cube_to_json,
    may_publish,
    publish_cube,
)
from lms.plan.selectors.marks import counts_the_same, definition_mark, facts_mark, mark_of
from lms.plan.selectors.open_data import measure_part
from lms.plan.selectors.snapshots import cube_of
from lms.progress.selectors.coverage import Cell, count_cells

CROSSING = ("institution_id", "estamento", "legal_quality")
COUNTED_AT_ONCE = 20_000
"""With more postings in force than this, counting takes longer than somebody who saves should wait."""


def refresh_current_coverage(*, at: datetime) -> int:
    """Counts anew where something changed and publishes what may be; returns how many goals were.

    A goal counts as unchanged while enrolments, finished units, assessments, completions, postings,
    the goal itself, the settings and the calendar day are the same.
    """
    cutoff = clock.local_date(at)
    facts = facts_mark(cutoff=cutoff)
    current = {s.goal_id: s for s in CoverageSnapshot.objects.filter(kind="current").defer("published")}
    due = [
        goal
        for goal in TrainingGoal.objects.filter(is_active=True).select_related("commitment")
        if _is_due(snapshot=current.get(goal.pk), mark=mark_of(goal=goal, facts=facts))
    ]
    known = _hidden_before() if due else frozenset()
    return sum(
        _refresh_goal(
            goal=goal, snapshot=current.get(goal.pk), cutoff=cutoff, at=at, facts=facts, known=known
        )
        for goal in due
    )


def compute_coverage(
    *,
    goal: TrainingGoal,
    cutoff: date,
    at: datetime,
    facts: str = "",
    known: Collection[Key] = (),
) -> CoverageSnapshot:
    """Counts one goal on the local date ``cutoff`` and publishes it, however little has changed.

    Args:
        facts: :func:`~lms.plan.selectors.marks.facts_mark` from before counting; empty forces the
            next refresh.
        known: cells hidden in the last release, of any goal: hidden first again.
    """
    cells = _count(goal=goal, cutoff=cutoff)
    return _publish(goal=goal, cells=cells, cutoff=cutoff, at=at, facts=facts, known=known)


def recount_goal(*, goal: TrainingGoal, at: datetime) -> bool:
    """Publishes the coverage of a goal that counts something else since; ``True`` when it is done.

    ``False``: too many people for a request. What is outdated stays hidden, and the next periodic
    refresh counts it.
    """
    cutoff = clock.local_date(at)
    in_force = Posting.objects.valid_on(cutoff).values("pk")
    if in_force[: COUNTED_AT_ONCE + 1].count() > COUNTED_AT_ONCE:
        return False
    facts = facts_mark(cutoff=cutoff)
    compute_coverage(goal=goal, cutoff=cutoff, at=at, facts=facts, known=_hidden_before())
    return True


def _is_due(*, snapshot: CoverageSnapshot | None, mark: str) -> bool:
    return snapshot is None or snapshot.is_outdated or mark not in {snapshot.mark, snapshot.held_mark}


def _refresh_goal(
    *,
    goal: TrainingGoal,
    snapshot: CoverageSnapshot | None,
    cutoff: date,
    at: datetime,
    facts: str,
    known: Collection[Key],
) -> bool:
    """Counts; publishes, or remembers that this count waits. Whether it was published."""
    cells = _count(goal=goal, cutoff=cutoff)
    if snapshot and _must_wait(goal=goal, snapshot=snapshot, cells=cells, cutoff=cutoff):
        snapshot.held_mark = mark_of(goal=goal, facts=facts)
        snapshot.save(update_fields=["held_mark"])
        return False
    _publish(goal=goal, cells=cells, cutoff=cutoff, at=at, facts=facts, known=known)
    return True


def _must_wait(
    *, goal: TrainingGoal, snapshot: CoverageSnapshot, cells: Collection[Cell], cutoff: date
) -> bool:
    every = PublishEvery(settings.COVERAGE_PUBLISH_EVERY)
    if every == PublishEvery.CHANGE or snapshot.is_outdated:
        return False
    if not counts_the_same(goal=goal, mark=snapshot.mark):
        return False
    changed = count_changed_people(
        before=_by_place(cells=snapshot.true_cells.all()), after=_by_place(cells=cells)
    )
    return not may_publish(
        every=every,
        changed=changed,
        k=settings.COVERAGE_MINIMUM_CELL,
        published_on=snapshot.cutoff_date,
        today=cutoff,
    )


def _count(*, goal: TrainingGoal, cutoff: date) -> list[Cell]:
    return count_cells(
        course_codes=goal.course_codes,
        cutoff=cutoff,
        dimensions=CROSSING,
        honorarios=goal.includes_honorarios,
    )


def _publish(
    *,
    goal: TrainingGoal,
    cells: list[Cell],
    cutoff: date,
    at: datetime,
    facts: str,
    known: Collection[Key],
) -> CoverageSnapshot:
    """Replaces the goal's current snapshot."""
    places = Institution.objects.in_bulk({cell.institution_id for cell in cells if cell.institution_id})
    codes = {pk: place.code for pk, place in places.items()}
    k: int = settings.COVERAGE_MINIMUM_CELL
    cube = publish_cube(cells=[_true_cell(cell=cell, codes=codes) for cell in cells], k=k, known=known)
    names = {place.code: place.name for place in places.values()}
    csv_bytes, json_bytes = measure_part(goal=goal, cube=cube, cutoff_date=cutoff, names=names, at=at)
    with transaction.atomic():
        latest = TrainingGoal.objects.select_for_update().get(pk=goal.pk)
        snapshot, _created = CoverageSnapshot.objects.update_or_create(
            goal=goal,
            kind=CoverageSnapshot.Kind.CURRENT,
            defaults={
                "cutoff_date": cutoff,
                "computed_at": at,
                "minimum_cell": k,
                "mark": mark_of(goal=goal, facts=facts) if facts else "",
                "held_mark": "",
                # Somebody may have changed the goal while it was being counted.
                "is_outdated": definition_mark(goal=latest) != definition_mark(goal=goal),
                "total": _total(cube=cube),
                "published": cube_to_json(cube=cube),
                "institution_names": names,
                "institution_count": len(names),
                "csv_bytes": csv_bytes,
                "json_bytes": json_bytes,
            },
        )
        snapshot.true_cells.all().delete()
        CoverageCell.objects.bulk_create(
            [_cell_row(snapshot=snapshot, cell=cell) for cell in cells], batch_size=1000
        )
    return snapshot


def take_daily_snapshots(*, at: datetime) -> int:
    """Keeps today's totals of every goal for the history; returns how many were written.

    Repeated during the day it overwrites the day's row; past days are never touched. Only what a
    current snapshot of today publishes is kept.
    """
    today = clock.local_date(at)
    written = 0
    for snapshot in CoverageSnapshot.objects.filter(
        kind=CoverageSnapshot.Kind.CURRENT, cutoff_date=today, goal__is_active=True, is_outdated=False
    ):
        cube = cube_of(snapshot=snapshot)
        slim = PublishedCube(
            level=cube.level,
            minimum_cell=cube.minimum_cell,
            cells=tuple(c for c in cube.cells if c.institution is None and c.legal_quality is None),
            estamentos_together=cube.estamentos_together,
        )
        CoverageSnapshot.objects.update_or_create(
            goal_id=snapshot.goal_id,
            kind=CoverageSnapshot.Kind.DAILY,
            cutoff_date=today,
            defaults={
                "computed_at": snapshot.computed_at,
                "minimum_cell": snapshot.minimum_cell,
                "mark": snapshot.mark,
                "total": snapshot.total,
                "published": cube_to_json(cube=slim),
            },
        )
        written += 1
    return written


def _true_cell(*, cell: Cell, codes: Mapping[int, str]) -> TrueCell:
    institution_id, estamento, legal_quality = _place(cell=cell)
    return TrueCell(codes[institution_id], estamento, legal_quality, _tally(cell=cell))


def _cell_row(*, snapshot: CoverageSnapshot, cell: Cell) -> CoverageCell:
    institution_id, estamento, legal_quality = _place(cell=cell)
    return CoverageCell(
        snapshot=snapshot,
        institution_id=institution_id,
        estamento=estamento,
        legal_quality=legal_quality,
        headcount=cell.headcount,
        reached=cell.reached,
        started=cell.started,
        assessed=cell.assessed,
        completed=cell.completed,
    )


def _by_place(*, cells: Iterable[Cell | CoverageCell]) -> dict[Place, Tally]:
    return {_place(cell=cell): _tally(cell=cell) for cell in cells}


def _tally(*, cell: Cell | CoverageCell) -> Tally:
    return Tally(cell.headcount, cell.reached, cell.started, cell.assessed, cell.completed)


def _place(*, cell: Cell | CoverageCell) -> Place:
    """The three dimensions, which this module always asks for."""
    if cell.institution_id is None or cell.estamento is None or cell.legal_quality is None:
        raise ValueError("La celda no trae las tres dimensiones.")
    return cell.institution_id, cell.estamento, cell.legal_quality


def _total(*, cube: PublishedCube) -> dict[str, object] | None:
    data = cube_to_json(cube=cube)["cells"]
    first: dict[str, object] | None = data[0] if data else None
    return first


def _hidden_before() -> frozenset[Key]:
    """Cells hidden to protect others in the current snapshot of any goal. One query."""
    keys: set[Key] = set()
    for published in CoverageSnapshot.objects.filter(kind=CoverageSnapshot.Kind.CURRENT).values_list(
        "published", flat=True
    ):
        for cell in published["cells"]:
            if cell["completed"]["motive"] == "protects":
                keys.add(cell_from_json(data=cell).key)
    return frozenset(keys)
