"""Whom a requirement concerns, to go through them a few at a time."""

from datetime import date

from django.db.models import Q, QuerySet

from lms.people.models import Posting
from lms.progress.models import AssignedTraining, TrainingRequirement


def count_people_asked(*, requirement: TrainingRequirement) -> int:
    """People with a posting where it reaches: how many have to be gone through. One query."""
    return _postings(requirement).values("person_id").distinct().count()


def next_people(*, requirement: TrainingRequirement, after: int, limit: int) -> list[int]:
    """The next people to go through, by id: with a posting where it reaches, or asked before. Two queries."""
    with_posting = (
        _postings(requirement)
        .filter(person_id__gt=after)
        .order_by("person_id")
        .values_list("person_id", flat=True)
        .distinct()[:limit]
    )
    asked_before = (
        AssignedTraining.objects.filter(requirement=requirement, person_id__gt=after)
        .order_by("person_id")
        .values_list("person_id", flat=True)
        .distinct()[:limit]
    )
    return sorted({*with_posting, *asked_before})[:limit]


def _postings(requirement: TrainingRequirement) -> QuerySet[Posting]:
    starts = [version.read_spec().starts_on for version in requirement.versions.all()]
    rows = Posting.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=min(starts, default=date.max))
    )
    if requirement.everywhere:
        return rows
    return rows.filter(institution_id__in=requirement.institutions.values("pk"))
