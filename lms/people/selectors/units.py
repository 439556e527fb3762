"""Units as a tree: their paths, and how many people work in each."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from lms.people.models import Posting, Unit
from lms.people.policy import Reach
from lms.people.selectors.reach import within

BETWEEN = " › "


@dataclass(frozen=True)
class UnitNode:
    """A unit with those that hang from it. ``people`` work in it; ``people_below`` in it and those below."""

    unit: Unit
    people: int = 0
    people_below: int = 0
    children: list["UnitNode"] = field(default_factory=list)


@dataclass(frozen=True)
class UnitTree:
    """The open units, as a tree, and the closed ones by name."""

    roots: list[UnitNode]
    closed: list[Unit]
    count: int


def unit_paths(*, institution_ids: Collection[int]) -> dict[int, str]:
    """From the top unit down to each: «División › Departamento». One query."""
    units = {unit.pk: unit for unit in Unit.objects.filter(institution_id__in=institution_ids)}
    return {pk: BETWEEN.join(_names(unit, units)) for pk, unit in units.items()}


def _names(unit: Unit, units: dict[int, Unit]) -> list[str]:
    names: list[str] = []
    seen: set[int] = set()
    here: Unit | None = unit
    while here is not None and here.pk not in seen:
        seen.add(here.pk)
        names.insert(0, here.name)
        here = units.get(here.parent_id or 0)
    return names


def list_open_units(*, reach: Reach, institution_id: int | None = None) -> list[Unit]:
    """Open units of institutions, or single ones, within the reach, with institution. One query."""
    units = Unit.objects.filter(valid_until__isnull=True).select_related("institution")
    if institution_id is not None:
        units = units.filter(institution_id=institution_id)
    return [unit for unit in units.order_by("name", "pk") if reach.covers(unit.institution_id, unit.pk)]


def find_unit(*, unit_id: int, reach: Reach) -> Unit | None:
    """One unit with its institution, where it is within the reach. One query."""
    unit = Unit.objects.select_related("institution", "parent").filter(pk=unit_id).first()
    return unit if unit is not None and reach.covers(unit.institution_id, unit.pk) else None


def get_unit_tree(*, institution_id: int, reach: Reach, day: date) -> UnitTree:
    """The institution's units within the reach; who was merged is counted once. Two queries."""
    units = Unit.objects.filter(institution_id=institution_id).select_related("institution")
    mine = [u for u in units.order_by("name", "pk") if reach.covers(institution_id, u.pk)]
    postings = Posting.objects.valid_on(day).filter(
        within(reach), institution_id=institution_id, person__merged_into__isnull=True
    )
    counted = postings.values_list("unit_id").annotate(people=Count("person_id", distinct=True))
    people = Counter(dict(counted.values_list("unit_id", "people")))
    nodes = {unit.pk: UnitNode(unit, people[unit.pk]) for unit in mine if unit.valid_until is None}
    roots: list[UnitNode] = []
    for node in nodes.values():
        above = nodes.get(node.unit.parent_id or 0)
        (above.children if above else roots).append(node)
    return UnitTree(
        roots=[_add_up(node) for node in roots],
        closed=[unit for unit in mine if unit.valid_until is not None],
        count=len(nodes),
    )


def _add_up(node: UnitNode) -> UnitNode:
    children = [_add_up(child) for child in node.children]
    below = node.people + sum(child.people_below for child in children)
    return UnitNode(node.unit, node.people, below, children)
