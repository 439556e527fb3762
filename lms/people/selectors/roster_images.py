"""The records that a roster may write, as plain values, to be compared and put back."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model

from lms.people.models import Leave, Person, Posting, Unit
from lms.people.rosters.images import Values
from lms.people.selectors.records import list_relations

NAMES = ("given_names", "family_names", "email")
POSTING = (
    "id", "public_id", "person_id", "institution_id", "unit_id", "estamento", "legal_quality", "grade",
    "position", "region", "valid_from", "valid_until",
)  # fmt: skip
LEAVE = ("id", "public_id", "person_id", "institution_id", "first_day", "last_day")
UNIT = ("id", "code", "name", "parent_id")


@dataclass
class Records:
    """Names by person, postings and leaves in one institution by person."""

    names: dict[int, Values] = field(default_factory=dict)
    postings: dict[int, list[Values]] = field(default_factory=lambda: defaultdict(list))
    leaves: dict[int, list[Values]] = field(default_factory=lambda: defaultdict(list))

    def jobs(self, person_id: int) -> list[Values]:
        return [*self.postings.get(person_id, []), *self.leaves.get(person_id, [])]


def find_records(*, person_ids: Collection[int], institution_id: int) -> Records:
    """What is recorded of these people. Three queries; none for nobody."""
    found = Records()
    if not person_ids:
        return found
    ids = list(person_ids)
    for row in Person.objects.filter(pk__in=ids).values("id", *NAMES):
        found.names[row.pop("id")] = row
    here: dict[str, Any] = {"person_id__in": ids, "institution_id": institution_id}
    for row in Posting.objects.filter(**here).order_by("pk").values(*POSTING):
        found.postings[row["person_id"]].append(plain(row))
    for row in Leave.objects.filter(**here).order_by("pk").values(*LEAVE):
        found.leaves[row["person_id"]].append(plain(row))
    return found


def find_units(*, unit_ids: Collection[int]) -> dict[int, Values]:
    """Units by id. One query; none for nothing."""
    if not unit_ids:
        return {}
    return {row["id"]: row for row in Unit.objects.filter(pk__in=list(unit_ids)).values(*UNIT)}


def find_referred_to(*, model: type[Model], ids: Collection[int]) -> set[int]:
    """Which of these rows another row of any app points at; one query for each table that can."""
    found: set[int] = set()
    for relation in list_relations(model=model):
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": list(ids)})
        found.update(rows.values_list(name, flat=True))
    return found


def find_accounts(*, person_ids: Collection[int]) -> set[int]:
    """Which of these people have an account. One query."""
    return set(
        Person.objects.filter(pk__in=list(person_ids), user__isnull=False).values_list("pk", flat=True)
    )


def plain(row: dict[str, Any]) -> Values:
    """A row as it can be kept and compared: dates and identifiers as text."""
    return {key: str(value) if isinstance(value, date | UUID) else value for key, value in row.items()}
