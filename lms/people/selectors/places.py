"""Trees of institutions and units, and places by code."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.people.models import Institution, Posting, Unit
from lms.people.policy import Action, Reach, Viewer, institution_ids_for


def institution_parents() -> dict[int, int | None]:
    """Who depends on whom, of every institution. One query."""
    return dict(Institution.objects.values_list("pk", "parent_id"))


def unit_parents(*, institution_ids: Iterable[int]) -> dict[int, int | None]:
    """Which unit hangs from which, in these institutions. One query."""
    return dict(Unit.objects.filter(institution_id__in=list(institution_ids)).values_list("pk", "parent_id"))


def list_institutions_within(*, reach: Reach) -> list[Institution]:
    """Institutions with people, all of which or a unit of which is in the reach, by name. One query."""
    with_people = Exists(Posting.objects.filter(institution=OuterRef("pk")))
    return list(_institutions_within(reach).filter(with_people).order_by("name", "pk"))


def list_institutions_whole(*, viewer: Viewer, action: Action) -> list[Institution]:
    """Institutions in all of which the viewer may do ``action``, by name. One query."""
    allowed = institution_ids_for(viewer=viewer, action=action)
    rows = Institution.objects.all() if allowed is None else Institution.objects.filter(pk__in=allowed)
    return list(rows.order_by("name", "pk"))


def list_manageable_institutions(*, reach: Reach) -> list[Institution]:
    """Institutions that are, or a unit of which is, in the reach, with people or not, by name. One query."""
    return list(_institutions_within(reach).order_by("name", "pk"))


def _institutions_within(reach: Reach) -> QuerySet[Institution]:
    if reach.everywhere:
        return Institution.objects.all()
    units = Unit.objects.filter(pk__in=reach.unit_ids)
    return Institution.objects.filter(
        Q(pk__in=reach.institution_ids) | Q(pk__in=units.values("institution_id"))
    )


def search_institutions(*, text: str) -> QuerySet[Institution]:
    """Institutions whose name or code has each of the words, by name. One query when read."""
    rows = Institution.objects.select_related("parent", "successor")
    for word in text.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(code__icontains=word))
    return rows.order_by("name", "pk")


def list_units(*, institution_id: int) -> list[Unit]:
    """The institution's units by name. One query."""
    return list(Unit.objects.filter(institution_id=institution_id).order_by("name", "pk"))


def find_institution(*, code: str) -> Institution | None:
    """The institution with that code. One query."""
    return Institution.objects.filter(code=code).first()
