"""The filters that every list of an institution's people knows, on any rows that have the columns."""

from typing import Protocol, TypeVar

from django.db.models import Q, QuerySet

Rows = TypeVar("Rows", bound="QuerySet[object]")  # type: ignore[type-var]
MOST_WORDS = 5


class PlaceFilters(Protocol):
    """Unit (an id in digits), estamento and legal quality; empty ones filter nothing."""

    @property
    def unit(self) -> str: ...
    @property
    def estamento(self) -> str: ...
    @property
    def legal_quality(self) -> str: ...


def narrow_places(rows: Rows, filters: PlaceFilters) -> Rows:
    """Rows of the unit, estamento and legal quality asked for. No query."""
    if filters.unit:
        rows = rows.filter(unit_id=int(filters.unit))
    if filters.estamento:
        rows = rows.filter(estamento=filters.estamento)
    if filters.legal_quality:
        rows = rows.filter(legal_quality=filters.legal_quality)
    return rows


def narrow_names(rows: Rows, search: str) -> Rows:
    """Rows of people in whose names each of the words is. No query."""
    for word in search.split()[:MOST_WORDS]:
        rows = rows.filter(Q(person__given_names__icontains=word) | Q(person__family_names__icontains=word))
    return rows
