"""What training is asked of whom, after institutions or units hang elsewhere."""

from django.db import transaction
from django.utils.module_loading import import_string

from lms.people.selectors.places import institution_parents
from lms.progress.models import TrainingRequirement
from lms.progress.selectors.requirements import list_asked
from lms.progress.services.applying import draw_again
from lms.progress.services.asking import change_requirements
from lms.progress.services.requirements import APPLY_TASK


@transaction.atomic
def follow_tree(*, institution_ids: frozenset[int]) -> int:
    """Requirements that concern these institutions reach where their tree now says; how many.

    People are gone through by the queue. About six queries, and one per requirement.
    """
    change_requirements()
    concerned = TrainingRequirement.objects.in_force().about(
        institution_ids=with_those_above(institution_ids=institution_ids)
    )
    for asked in list_asked(requirements=concerned):
        places = {place for version in asked.versions for place in version.institution_ids or ()}
        # Where it ever reached is kept: the past is still drawn.
        TrainingRequirement(pk=asked.requirement_id).institutions.add(*places)
    drawn = draw_again(institution_ids=institution_ids)
    rows = TrainingRequirement.objects.in_force().about(institution_ids=institution_ids)
    for requirement_id in rows.filter(applied__isnull=False).order_by("pk").values_list("pk", flat=True):
        import_string(APPLY_TASK).enqueue(requirement_id)
    return drawn


def with_those_above(*, institution_ids: frozenset[int]) -> frozenset[int]:
    """These and those on which they depend, as far as it goes. One query."""
    parents = institution_parents()
    found: set[int] = set()
    waiting = list(institution_ids)
    while waiting:
        place = waiting.pop()
        parent = parents.get(place)
        if place not in found:
            found.add(place)
            waiting += [parent] if parent is not None else []
    return frozenset(found)
