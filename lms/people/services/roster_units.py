"""Storing the units that a roster names for the first time, and what they depend on."""

from collections import defaultdict

from lms.people.models import Unit
from lms.people.rosters.images import UnitImage, mark_of
from lms.people.rosters.units import UnitBook, UnitEntry
from lms.people.selectors.roster_images import find_units


def write_units(*, book: UnitBook, institution_id: int) -> list[UnitImage]:
    """Create the new units of the book and correct the changed ones; their entries get their ids.

    No query where there is nothing to write, else four and one for each unit above others.
    """
    new, book.new = book.new, []
    changed, book.changed = list(book.changed.values()), {}
    if not new and not changed:
        return []
    before = find_units(unit_ids=[entry.id for entry in changed if entry.id is not None])
    _create(new, institution_id)
    _rename([entry for entry in changed if entry.id is not None and before[entry.id]["name"] != entry.name])
    # Of the new ones those that hang from another one, which had to be stored first.
    _hang([*changed, *(entry for entry in new if entry.parent)], book)
    ids = [entry.id for entry in (*new, *changed) if entry.id is not None]
    return [UnitImage(pk, before.get(pk, {}), mark_of(row)) for pk, row in find_units(unit_ids=ids).items()]


def _create(entries: list[UnitEntry], institution_id: int) -> None:
    units = Unit.objects.bulk_create(
        Unit(institution_id=institution_id, code=entry.code, name=entry.name) for entry in entries
    )
    for entry, unit in zip(entries, units, strict=True):
        entry.id = unit.pk


def _rename(entries: list[UnitEntry]) -> None:
    units = [Unit(pk=entry.id, name=entry.name) for entry in entries]
    if units:
        Unit.objects.bulk_update(units, ["name"])


def _hang(entries: list[UnitEntry], book: UnitBook) -> None:
    """One query for each unit that others hang from."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for entry in entries:
        above = book.find(code=entry.parent) if entry.parent else None
        if entry.id is not None:
            below[above.id if above else None].append(entry.id)
    for parent_id, ids in below.items():
        Unit.objects.filter(pk__in=ids).update(parent_id=parent_id)
