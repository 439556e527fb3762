"""Calculating training coverage and storing what may be published of it.

Coverage is pulled: nothing tells the plan that somebody finished a course. A periodic job compares
a mark of what coverage rests on with the one stored, and counts again only when they differ.
"""

import hashlib
import json
from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q

from lms.lib import clock
from lms.people.models import Institution, Person, Posting
from lms.plan.models import CoverageCell, CoverageSnapshot, TrainingGoal
from lms.plan.rules import (
    RULES_VERSION,
    Key,
    PublishedCube,
    Tally,
    TrueCell,
    cell_from_json,
    cube_to_json,
    publish_cube,
)
from lms.plan.selectors.open_data import measure_part
from lms.plan.selectors.snapshots import cube_of
from lms.progress.models import AssessmentAttempt, Completion, UnitResult
from lms.progress.selectors.coverage import Cell, count_cells
from lms.progress.selectors.progress import latest_change

CROSSING = ("institution_id", "estamento", "legal_quality")


def refresh_current_coverage(*, at: datetime) -> int:
    """Counts anew the goals for which something changed; returns how many.

    A goal counts as unchanged while enrolments, finished units, assessments, completions, postings,
    the goal itself, the settings and the calendar day are the same.
    """
    cutoff = clock.local_date(at)
    mark = _mark(cutoff=cutoff)
    goals = list(TrainingGoal.objects.filter(is_active=True).select_related("commitment"))
    current = {s.goal_id: s for s in CoverageSnapshot.objects.filter(kind="current").defer("published")}
    due = [
        goal
        for goal in goals
        if goal.pk not in current or current[goal.pk].mark != _mark_of_goal(goal=goal, mark=mark)
    ]
    if not due:
        return 0
    known = _hidden_before()
    for goal in due:
        compute_coverage(goal=goal, cutoff=cutoff, at=at, mark=mark, known=known)
    return len(due)


def compute_coverage(
    *,
    goal: TrainingGoal,
    cutoff: date,
    at: datetime,
    mark: str = "",
    known: Collection[Key] = (),
) -> CoverageSnapshot:
    """Counts one goal on the local date ``cutoff`` and replaces its current snapshot.

    Args:
        mark: what the count rests on, taken before counting; empty forces the next refresh.
        known: cells hidden in the last release, of any goal: hidden first again.
    """
    counted = count_cells(
        course_codes=goal.course_codes,
        cutoff=cutoff,
        dimensions=CROSSING,
        honorarios=goal.includes_honorarios,
    )
    places = Institution.objects.in_bulk({cell.institution_id for cell in counted if cell.institution_id})
    codes = {pk: place.code for pk, place in places.items()}
    k: int = settings.COVERAGE_MINIMUM_CELL
    cube = publish_cube(cells=[_true_cell(cell=cell, codes=codes) for cell in counted], k=k, known=known)
    names = {place.code: place.name for place in places.values()}
    csv_bytes, json_bytes = measure_part(goal=goal, cube=cube, cutoff_date=cutoff, names=names, at=at)
    with transaction.atomic():
        TrainingGoal.objects.select_for_update().get(pk=goal.pk)
        snapshot, _created = CoverageSnapshot.objects.update_or_create(
            goal=goal,
            kind=CoverageSnapshot.Kind.CURRENT,
            defaults={
                "cutoff_date": cutoff,
                "computed_at": at,
                "minimum_cell": k,
                "mark": _mark_of_goal(goal=goal, mark=mark) if mark else "",
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
            [_cell_row(snapshot=snapshot, cell=cell) for cell in counted], batch_size=1000
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
        kind=CoverageSnapshot.Kind.CURRENT, cutoff_date=today, goal__is_active=True
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


def _true_cell(*, cell: Cell, codes: dict[int, str]) -> TrueCell:
    institution_id, estamento, legal_quality = _place(cell=cell)
    return TrueCell(
        institution=codes[institution_id],
        estamento=estamento,
        legal_quality=legal_quality,
        tally=Tally(
            headcount=cell.headcount,
            reached=cell.reached,
            started=cell.started,
            assessed=cell.assessed,
            completed=cell.completed,
        ),
    )


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


def _place(*, cell: Cell) -> tuple[int, str, str]:
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


def _mark(*, cutoff: date) -> str:
    """What any goal's coverage rests on, as text. Seven queries."""
    postings = Posting.objects.aggregate(
        last=Max("pk"),
        rows=Count("pk"),
        ended=Count("valid_until"),
        last_end=Max("valid_until"),
        in_force=Count("pk", filter=Q(valid_until__isnull=True) | Q(valid_until__gte=cutoff)),
    )
    progress = [
        latest_change(),
        Completion.objects.aggregate(rows=Count("pk"), counting=Count("pk", filter=Q(counts=True))),
        UnitResult.objects.aggregate(last=Max("pk"), rows=Count("pk")),
        AssessmentAttempt.objects.aggregate(rows=Count("submitted_at")),
        Person.objects.aggregate(erased=Count("erased_at")),
    ]
    facts = [cutoff, RULES_VERSION, settings.COVERAGE_MINIMUM_CELL, postings, progress]
    return json.dumps(facts, default=str)


def _mark_of_goal(*, goal: TrainingGoal, mark: str) -> str:
    """64 hexadecimal characters."""
    facts = [mark, goal.course_codes, goal.includes_honorarios]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()
