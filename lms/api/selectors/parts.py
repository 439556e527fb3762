"""A part of a list, and what lists of people share."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from lms.people.models import Person
from lms.people.policy import Reach

Row = TypeVar("Row")
Stored = TypeVar("Stored", bound=Model)


@dataclass(frozen=True)
class Part(Generic[Row]):
    """Some rows of a list. ``gone``: people who are no longer in it. ``last``: where the next begins."""

    rows: list[Row]
    last: int | None
    gone: list[UUID] = field(default_factory=list)


def take_part(rows: QuerySet[Stored], *, limit: int, key: str = "pk") -> Part[Stored]:
    """The first ``limit`` rows; the next part, if any, begins after ``key`` of the last. One query."""
    found = list(rows[: limit + 1])
    return Part(found[:limit], getattr(found[limit - 1], key) if len(found) > limit else None)


def inside(reach: Reach) -> Q:
    """The condition on rows that have an institution and no unit: a token never reaches single units."""
    return Q() if reach.everywhere else Q(institution_id__in=reach.institution_ids)


def public_ids(person_ids: Iterable[int]) -> list[UUID]:
    """The ids by which programs know them. One query, or none."""
    ids = sorted(person_ids)
    if not ids:
        return []
    found = Person.objects.filter(pk__in=ids).order_by("pk")
    return list(found.values_list("public_id", flat=True))


@dataclass(frozen=True)
class Reading:
    """One reading of a list for a copy: which token, as of when, and (``since``) what it has already."""

    token_id: int
    as_of: datetime
    since: datetime | None = None


@dataclass(frozen=True)
class PlaceFilters:
    """Codes and values as asked for; an empty one filters nothing, an unknown one leaves nobody."""

    institution: str = ""
    unit: str = ""
    estamento: str = ""
    legal_quality: str = ""

    def lookups(self) -> dict[str, Any]:
        """For rows with a place and a rank."""
        wanted = {
            "institution__code": self.institution,
            "unit__code": self.unit,
            "estamento": self.estamento,
            "legal_quality": self.legal_quality,
        }
        return {name: value for name, value in wanted.items() if value}

    def matches(self, row: Any) -> bool:
        """The same for one row already read."""
        return (
            self.institution in ("", row.institution.code)
            and self.unit in ("", row.unit.code)
            and self.estamento in ("", row.estamento)
            and self.legal_quality in ("", row.legal_quality)
        )

    def __bool__(self) -> bool:
        return any((self.institution, self.unit, self.estamento, self.legal_quality))
