"""Units and institutions are created, renamed, hung elsewhere and closed; what is asked follows."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from lms.people.models import Institution, Unit
from lms.people.rules import below
from lms.people.selectors.places import institution_parents
from lms.people.services import institutions, places, units
from lms.people.services.institutions import InstitutionFacts
from lms.people.services.places import InstitutionRow, LoadedInstitutions
from lms.progress.services.trees import follow_tree, with_those_above


@transaction.atomic
def create_unit(*, institution: Institution, code: str, name: str, parent: Unit | None) -> Unit:
    """A new unit, in which nobody works yet.

    Raises:
        lms.people.services.units.UnitError: it cannot be written.
    """
    return units.create_unit(institution=institution, code=code, name=name, parent=parent)


@transaction.atomic
def change_unit(*, unit_id: int, name: str, parent: Unit | None) -> Unit:
    """Its name and where it hangs; what is asked of units reaches whom it now should.

    Raises:
        lms.people.services.units.UnitError: it cannot be written.
    """
    unit, has_moved = units.change_unit(unit_id=unit_id, name=name, parent=parent)
    if has_moved:
        follow_tree(institution_ids=frozenset({unit.institution_id}))
    return unit


@transaction.atomic
def close_unit(*, unit_id: int, last_day: date) -> Unit:
    """Nobody is put into it after that day.

    Raises:
        lms.people.services.units.UnitError: people or units are still in it.
    """
    return units.close_unit(unit_id=unit_id, last_day=last_day)


@transaction.atomic
def reopen_unit(*, unit_id: int) -> Unit:
    """It is open again."""
    return units.reopen_unit(unit_id=unit_id)


@transaction.atomic
def save_institution(*, institution_id: int | None, facts: InstitutionFacts) -> Institution:
    """Create or correct an institution; requirements reach those that depend on it now.

    Raises:
        lms.people.services.institutions.InstitutionError: it cannot be written.
    """
    before = institution_parents()
    row = institutions.save_institution(institution_id=institution_id, facts=facts)
    _follow_those_moved(before)
    return row


@transaction.atomic
def load_institutions(*, rows: list[InstitutionRow]) -> LoadedInstitutions:
    """Create or correct institutions from a table; requirements reach those that depend on it now.

    Raises:
        lms.people.services.places.InstitutionTableError: the table cannot be loaded; nothing was written.
    """
    before = institution_parents()
    loaded = places.load_institutions(rows=rows)
    _follow_those_moved(before)
    return loaded


def _follow_those_moved(before: Mapping[int, int | None]) -> None:
    """For institutions, and those below them, that depend on another one than before."""
    now = institution_parents()
    moved = {place for place, parent in now.items() if parent != before.get(place)}
    if moved:
        left = {parent for place in moved if (parent := before.get(place)) is not None}
        concerned = below(roots=moved, parent_of=now) | left
        follow_tree(institution_ids=with_those_above(institution_ids=concerned))
