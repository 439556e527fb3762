"""Team leads, and how their units stand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from lms.people.models import Role, RoleAssignment
from lms.people.rules import below
from lms.people.selectors.places import unit_parents
from lms.progress.selectors.requirements import list_visible
from lms.progress.selectors.standings import CellTally, Tally, add_up, count_by_unit


@dataclass(frozen=True)
class Lead:
    """One unit that a person leads."""

    person_id: int
    institution_id: int
    unit_id: int
    unit_name: str


@dataclass(frozen=True)
class UnitRow:
    """One requirement in one unit and those below it."""

    unit_name: str
    title: str
    tally: Tally


def list_leads(*, at: datetime, person_ids: Collection[int] | None = None) -> list[Lead]:
    """Units by lead, of accounts that can log in and have a person. One query."""
    rows = RoleAssignment.objects.valid_at(at).filter(
        role=Role.TEAM_LEAD,
        unit__isnull=False,
        user__is_active=True,
        user__person__isnull=False,
        user__person__erased_at__isnull=True,
        user__person__merged_into__isnull=True,
    )
    if person_ids is not None:
        rows = rows.filter(user__person__in=person_ids)
    found = rows.order_by("user__person", "unit__name", "pk").values_list(
        "user__person", "institution", "unit", "unit__name"
    )
    return [Lead(*row) for row in found]


class UnitFigures:
    """Counts of units on a day, read once for all leads of an institution."""

    def __init__(self, *, day: date) -> None:
        self.day = day
        self._cells: dict[int, list[tuple[str, list[CellTally]]]] = {}
        self._trees: dict[int, dict[int, int | None]] = {}

    def rows_of(self, *, leads: Collection[Lead]) -> list[UnitRow]:
        """What there is to tell, without units of which nothing is asked.

        Per institution, the first time: three queries and one per requirement.
        """
        return [row for lead in leads for row in self._rows(lead)]

    def _rows(self, lead: Lead) -> list[UnitRow]:
        place = lead.institution_id
        if place not in self._cells:
            self._trees[place] = unit_parents(institution_ids=[place])
            self._cells[place] = [
                (one.title, count_by_unit(requirement_id=one.pk, institution_ids=[place], day=self.day))
                for one in list_visible(institution_id=place, day=self.day)
            ]
        units = below(roots=[lead.unit_id], parent_of=self._trees[place])
        rows = [
            UnitRow(lead.unit_name, title, add_up(cell.tally for cell in cells if cell.unit_id in units))
            for title, cells in self._cells[place]
        ]
        return [row for row in rows if row.tally.asked]
