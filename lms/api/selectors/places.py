"""Institutions and units where a token reaches."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from lms.api.selectors.parts import Part, take_part
from lms.people.models import Institution, Unit
from lms.people.policy import Reach
from lms.people.selectors.places import institution_parents


def list_institutions(*, reach: Reach, after: int, limit: int) -> Part[Institution]:
    """A part of the institutions. One query."""
    rows = _institutions(reach).filter(pk__gt=after).select_related("parent", "successor")
    return take_part(rows.order_by("pk"), limit=limit)


def find_institution(*, reach: Reach, code: str) -> Institution | None:
    """One institution within reach. One query."""
    return _institutions(reach).filter(code=code).first()


def list_units(*, institution_id: int, after: int, limit: int) -> Part[Unit]:
    """A part of an institution's units. One query."""
    rows = Unit.objects.filter(institution_id=institution_id, pk__gt=after).select_related("parent")
    return take_part(rows.order_by("pk"), limit=limit)


def institution_ids_of(*, reach: Reach) -> frozenset[int]:
    """The institutions by number. One query for a reach without limits, none otherwise."""
    return frozenset(institution_parents()) if reach.everywhere else reach.institution_ids


def institution_codes(*, ids: Sequence[int]) -> dict[int, str]:
    """Codes by number. One query."""
    return dict(Institution.objects.filter(pk__in=ids).values_list("pk", "code"))


def unit_codes(*, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Codes of institution and unit by the unit's number. One query."""
    rows = Unit.objects.filter(pk__in=ids).values_list("pk", "institution__code", "code")
    return {pk: (place, code) for pk, place, code in rows}


def _institutions(reach: Reach) -> QuerySet[Institution]:
    return Institution.objects.filter(Q() if reach.everywhere else Q(pk__in=reach.institution_ids))
