"""From what was counted to what may be published of all goals together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from lms.people.models import Estamento, Institution, LegalQuality
from lms.plan.models import CoverageCell, CoverageSnapshot, TrainingGoal
from lms.plan.rules import PublishedCube, PublishEvery, Tally, TrueCell, publish_people, set_aside
from lms.plan.rules.headcounts import Divided, divide
from lms.plan.rules.joint import REMEMBERED, Before, GoalTable, Scope, keep_people, publish_together
from lms.plan.selectors.headcounts import Uploaded, uploaded_on
from lms.plan.selectors.marks import counts_the_same
from lms.plan.selectors.recounts import GoalDefinition
from lms.plan.selectors.snapshots import cube_of
from lms.progress.selectors.coverage import Cell


@dataclass(frozen=True)
class Count:
    """One goal counted, and what is published of it until then. ``uploaded``: headcounts of its groups."""

    goal: TrainingGoal
    snapshot: CoverageSnapshot | None
    cells: Sequence[Cell]
    uploaded: Uploaded

    @property
    def codes(self) -> set[str]:
        """Institutions with an uploaded headcount."""
        return set(self.uploaded.sources)


def publish_counts(*, counts: Sequence[Count], places: Mapping[int, Institution]) -> dict[int, PublishedCube]:
    """The cubes by goal. One query, and four for each earlier release."""
    k: int = settings.COVERAGE_MINIMUM_CELL
    before = _list_before(counts=counts)
    codes = {pk: place.code for pk, place in places.items()}
    divided: dict[int, Divided] = {}
    cubes: dict[int, PublishedCube] = {}
    tables = []
    for count in counts:
        goal, releases = count.goal, before.get(count.goal.pk, [])
        if goal.is_for_citizens:
            cube = publish_people(tally=tally_of(cell=count.cells[0]), k=k)
            cubes[goal.pk] = keep_people(cube=cube, before=releases, k=k)
            continue
        cells = true_cells(cells=count.cells, codes=codes)
        divided[goal.pk] = divide(cells=cells, uploaded=count.uploaded.people)
        tables.append(_table(goal=goal, divided=divided[goal.pk], before=releases))
    for pk, cube in publish_together(tables=tables, k=k).items():
        aside = divided[pk]
        cubes[pk] = set_aside(cube=cube, without=aside.without, contradicted=aside.contradicted)
    return cubes


def _table(*, goal: TrainingGoal, divided: Divided, before: Sequence[Before]) -> GoalTable:
    return GoalTable(
        goal=goal.pk,
        scope=scope_of(goal=goal),
        courses=frozenset(goal.course_codes),
        cells=divided.cells,
        before=before,
    )


def scope_of(*, goal: TrainingGoal) -> Scope:
    """The population of a goal by codes; naming all of them is naming none."""
    qualities = set(goal.legal_qualities or LegalQuality.values)
    if not goal.includes_honorarios:
        qualities.discard(LegalQuality.HONORARIOS)
    return Scope(
        institutions=frozenset(goal.institutions) or None,
        estamentos=_part(goal.estamentos, Estamento.values),
        legal_qualities=_part(qualities, LegalQuality.values),
    )


def _part(codes: Iterable[str], every: Sequence[str]) -> frozenset[str] | None:
    chosen = frozenset(codes)
    return None if not chosen or chosen >= set(every) else chosen


def _list_before(*, counts: Sequence[Count]) -> dict[int, list[Before]]:
    """The last releases of each goal that may be compared, latest first; none where each change is told."""
    if settings.COVERAGE_PUBLISH_EVERY == PublishEvery.CHANGE:
        return {}
    goals = {count.goal.pk: count.goal for count in counts}
    rows = CoverageSnapshot.objects.filter(goal__in=goals, minimum_cell=settings.COVERAGE_MINIMUM_CELL)
    found: dict[int, list[Before]] = {}
    for snapshot in rows.exclude(is_outdated=True).order_by("-pk"):
        goal, releases = goals[snapshot.goal_id], found.setdefault(snapshot.goal_id, [])
        if len(releases) < REMEMBERED and counts_the_same(goal=goal, mark=snapshot.mark):
            releases.append(_before(snapshot=snapshot, goal=goal))
    return found


def _before(*, snapshot: CoverageSnapshot, goal: TrainingGoal) -> Before:
    day, cube = snapshot.cutoff_date.isoformat(), cube_of(snapshot=snapshot)
    if goal.is_for_citizens:
        return Before(cube, (), day)
    cells = list(snapshot.true_cells.select_related("institution"))
    codes = {cell.institution_id: cell.institution.code for cell in cells if cell.institution}
    uploaded = uploaded_on(cutoff=snapshot.cutoff_date, at=snapshot.computed_at)
    own = uploaded.narrowed(definition=GoalDefinition.of(goal))
    true = true_cells(cells=cells, codes={pk: code for pk, code in codes.items() if pk is not None})
    return Before(cube, divide(cells=true, uploaded=own.people).cells, day)


def true_cells(*, cells: Iterable[Cell | CoverageCell], codes: Mapping[int, str]) -> list[TrueCell]:
    """True counts with the codes of their institutions."""
    return [
        TrueCell(
            codes[cell.institution_id], cell.estamento or "", cell.legal_quality or "", tally_of(cell=cell)
        )
        for cell in cells
        if cell.institution_id is not None
    ]


def tally_of(*, cell: Cell | CoverageCell) -> Tally:
    return Tally(cell.headcount, cell.reached, cell.started, cell.assessed, cell.completed)
