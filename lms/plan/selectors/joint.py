"""From what was counted to what may be published of all goals together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from lms.people.models import Estamento, Institution, LegalQuality
from lms.plan.models import CoverageCell, CoverageSnapshot, TrainingGoal
from lms.plan.rules import Aside, PublishedCube, PublishEvery, Tally, TrueCell
from lms.plan.rules.earlier import Before
from lms.plan.rules.headcounts import Divided, divide
from lms.plan.rules.joint import publish_together
from lms.plan.rules.joint_people import GoalTable
from lms.plan.rules.links import EVERYBODY, Definition, Scope
from lms.plan.rules.people_only import CitizensTable, publish_citizens
from lms.plan.selectors.headcounts import Uploaded, uploaded_on
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
    """The cubes by goal. Two queries, and four for each earlier table that counts.

    The institution codes of ``places`` are those of the counts.
    """
    k: int = settings.COVERAGE_MINIMUM_CELL
    employees, citizens = _list_before()
    codes = {pk: place.code for pk, place in places.items()}
    tables, own = [], []
    for count in counts:
        goal = count.goal
        definition = GoalDefinition.of(goal)
        if goal.is_for_citizens:
            table = CitizensTable(goal.pk, _citizens(definition=definition), tally_of(cell=count.cells[0]))
            own.append(table)
            continue
        cells = true_cells(cells=count.cells, codes=codes)
        divided = divide(cells=cells, uploaded=count.uploaded.people)
        defined = _defined(definition=definition, divided=divided)
        tables.append(GoalTable(goal.pk, defined, divided.cells, _asides(divided=divided)))
    cubes = publish_together(tables=tables, k=k, before=employees)
    return cubes | publish_citizens(tables=own, k=k, before=citizens)


def _asides(*, divided: Divided) -> dict[str, tuple[Aside, int]]:
    """Institutions that are in no total, and how many completed in each."""
    found = {code: (Aside.WITHOUT, tally.completed) for code, tally in divided.without.items()}
    return found | {
        code: (Aside.CONTRADICTED, tally.completed) for code, tally in divided.contradicted.items()
    }


def _citizens(*, definition: GoalDefinition) -> Definition:
    return Definition(EVERYBODY, frozenset(definition.course_codes))


def _defined(*, definition: GoalDefinition, divided: Divided) -> Definition:
    """What the table counts: the goal's population without the institutions that stand aside."""
    scope = scope_of(definition=definition)
    aside = frozenset(divided.without) | frozenset(divided.contradicted)
    if scope.institutions is None:
        scope = replace(scope, without=aside)
    else:
        scope = replace(scope, institutions=scope.institutions - aside)
    return Definition(scope, frozenset(definition.course_codes))


def scope_of(*, definition: GoalDefinition) -> Scope:
    """The population by codes; naming all of them is naming none."""
    population = definition.population
    qualities = set(population.legal_qualities or LegalQuality.values)
    if not definition.includes_honorarios:
        qualities.discard(LegalQuality.HONORARIOS)
    return Scope(
        institutions=frozenset(population.institutions) or None,
        estamentos=_part(population.estamentos, Estamento.values),
        legal_qualities=_part(qualities, LegalQuality.values),
    )


def _part(codes: Iterable[str], every: Sequence[str]) -> frozenset[str] | None:
    chosen = frozenset(codes)
    return None if not chosen or chosen >= set(every) else chosen


def _list_before() -> tuple[list[Before], list[Before]]:
    """The tables of the releases that are kept, latest first: of employees, and of citizens.

    None where each change is told. Goals that are gone since are among them.
    """
    if settings.COVERAGE_PUBLISH_EVERY == PublishEvery.CHANGE:
        return [], []
    employees: list[Before] = []
    citizens: list[Before] = []
    codes = dict(Institution.objects.values_list("pk", "code"))
    # Those of one release were stored one after the other.
    for snapshot in CoverageSnapshot.objects.exclude(definition={}).order_by("-pk"):
        definition = GoalDefinition.read(snapshot.definition)
        day, release = snapshot.cutoff_date.isoformat(), snapshot.release
        cube = cube_of(snapshot=snapshot)
        if definition.is_for_citizens:
            citizens.append(Before(_citizens(definition=definition), cube, (), day, release))
            continue
        uploaded = uploaded_on(cutoff=snapshot.cutoff_date, at=snapshot.computed_at)
        true = true_cells(cells=snapshot.true_cells.all(), codes=codes)
        divided = divide(cells=true, uploaded=uploaded.narrowed(definition=definition).people)
        defined = _defined(definition=definition, divided=divided)
        employees.append(Before(defined, cube, divided.cells, day, release))
    return employees, citizens


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
