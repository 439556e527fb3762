"""Figures of one requirement in one institution: how far, by unit, by rank, over time, who.

For today and the whole institution they are added up from changes, so that their cost grows with
units; any part of it, or a past day, is counted from the segments of that day.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lms.people.models import Estamento, LegalQuality
from lms.people.selectors.places import list_units
from lms.progress.models import AssignedTraining
from lms.progress.models.assigned import AssignedTrainingQuerySet
from lms.progress.rules.dates import ONE_DAY
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.standing_history import last_months, standings_before
from lms.progress.selectors.standings import (
    CellTally,
    Tally,
    add_up,
    count_by_rank,
    count_by_unit,
    count_standings,
)
from lms.reports.compliance.narrowing import narrow_names, narrow_places
from lms.reports.compliance.standing_scope import StandingScope

MONTHS = 12
FEW = 12
"""People named on the first page; the whole list has a page of its own."""


@dataclass(frozen=True)
class TallyRow:
    """A group of people by standing."""

    key: str
    label: str
    tally: Tally

    @property
    def parts(self) -> list[tuple[str, int]]:
        return parts_of(self.tally)


def parts_of(tally: Tally) -> list[tuple[str, int]]:
    """For the stacked bar: met, under way, not begun, late."""
    return [
        ("c-val", tally.met),
        ("c-run", tally.in_progress),
        ("c-track", tally.not_started),
        ("c-late", tally.late),
    ]


@dataclass(frozen=True)
class Figures:
    """Totals and groups; units from the least advanced on."""

    total: Tally
    by_unit: list[TallyRow]
    by_estamento: list[TallyRow]
    by_quality: list[TallyRow]

    @property
    def missing_for(self) -> Callable[[int], int]:
        """How many more people are needed for a target of so many per cent."""
        return lambda percent: max(-(-self.total.asked * percent // 100) - self.total.met, 0)


def get_figures(*, scope: StandingScope, unit_names: Mapping[int, str] | None = None) -> Figures:
    """All groups. One or two queries, and one more for the names of units where they are not given."""
    units, ranks = _cells(scope)
    names = unit_names
    if names is None:
        names = {unit.pk: unit.name for unit in list_units(institution_id=scope.institution.pk)}
    by_unit = _rows(units, lambda cell: str(cell.unit_id), lambda key: names.get(int(key), ""))
    by_unit.sort(key=lambda row: (row.tally.rate if row.tally.rate is not None else 101, row.label))
    return Figures(
        total=add_up(cell.tally for cell in units),
        by_unit=by_unit,
        by_estamento=_in_order(ranks, lambda cell: cell.estamento or "", Estamento.choices),
        by_quality=_in_order(ranks, lambda cell: cell.legal_quality or "", LegalQuality.choices),
    )


def _cells(scope: StandingScope) -> tuple[list[CellTally], list[CellTally]]:
    """Cells by unit and cells by rank."""
    if scope.is_today and scope.unit_ids is None and not scope.filters.is_narrowing and scope.requirement:
        requirement_id, places = scope.requirement.pk, [scope.institution.pk]
        return (
            count_by_unit(requirement_id=requirement_id, institution_ids=places, day=scope.day),
            count_by_rank(
                requirement_id=requirement_id,
                institution_ids=places,
                day=scope.day,
                dimensions=("estamento", "legal_quality"),
            ),
        )
    cells = count_standings(
        rows=narrow_places(scope.rows(), scope.filters), dimensions=("unit_id", "estamento", "legal_quality")
    )
    return cells, cells


def _rows(
    cells: Iterable[CellTally], key_of: Callable[[CellTally], str], label_of: Callable[[str], str]
) -> list[TallyRow]:
    groups: dict[str, list[Tally]] = defaultdict(list)
    for cell in cells:
        groups[key_of(cell)].append(cell.tally)
    return [TallyRow(key, label_of(key), add_up(tallies)) for key, tallies in groups.items()]


def _in_order(
    cells: Iterable[CellTally], key_of: Callable[[CellTally], str], choices: Sequence[tuple[str, object]]
) -> list[TallyRow]:
    labels = {value: str(label) for value, label in choices}
    rows = {row.key: row for row in _rows(cells, key_of, lambda key: labels.get(key, key))}
    return [rows[value] for value in labels if value in rows]


# --- People ---------------------------------------------------------------------------------------
def people_rows(*, scope: StandingScope) -> AssignedTrainingQuerySet:
    """The people asked for, in the order asked for, by name otherwise. No query."""
    filters = scope.filters
    rows = narrow_names(narrow_places(scope.rows(), filters), filters.search)
    rows = rows.select_related("person", "unit")
    if filters.standings:
        rows = rows.filter(standing__in=filters.standings)
    by_name = ("person__family_names", "person__given_names", "person_id")
    if filters.order == "plazo":
        return rows.order_by("due_on", *by_name)
    return rows.order_by("unit__name", *by_name) if filters.order == "unidad" else rows.order_by(*by_name)


def newly_late(*, scope: StandingScope) -> list[AssignedTraining]:
    """Those who became late last. One query."""
    rows = narrow_places(scope.rows(), scope.filters).filter(standing=Standing.LATE)
    return list(rows.select_related("person", "unit").order_by("-first_day", "pk")[:FEW])


def soon_expiring(*, scope: StandingScope) -> list[AssignedTraining]:
    """Those whose completion ends first. One query."""
    rows = narrow_places(scope.rows(), scope.filters).filter(standing=Standing.EXPIRING)
    return list(rows.select_related("person", "unit").order_by("last_day", "pk")[:FEW])


# --- Over time ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Curve:
    """Rates on the eve of each month and today: ``None`` where nothing was asked of anybody."""

    label: str
    tally: Tally
    points: list[float | None]


@dataclass(frozen=True)
class Trend:
    """The curve of the institution and of each estamento; ``days`` are those of the points."""

    days: list[date]
    total: Curve
    by_estamento: list[Curve]

    @property
    def known(self) -> int:
        """Points that have a value: a curve needs two."""
        return sum(point is not None for point in self.total.points)


def get_trend(*, scope: StandingScope, figures: Figures) -> Trend:
    """The last eleven month ends and today. Two queries."""
    assert scope.requirement is not None
    months = last_months(today=scope.today, count=MONTHS)
    past = standings_before(
        requirement_id=scope.requirement.pk, institution_ids=[scope.institution.pk], months=months
    )
    by_estamento = [
        Curve(row.label, row.tally, [*(past[m].get(row.key, Tally()).rate for m in months), row.tally.rate])
        for row in figures.by_estamento
    ]
    totals = [add_up(past[month].values()).rate for month in months]
    return Trend(
        days=[*(month - ONE_DAY for month in months), scope.today],
        total=Curve("", figures.total, [*totals, figures.total.rate]),
        by_estamento=by_estamento,
    )
