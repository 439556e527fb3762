"""A reach, as the database understands it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.people.models import Person, Posting
from lms.people.policy import Reach


def within(reach: Reach, *, prefix: str = "") -> Q:
    """The condition on rows with an institution and a unit (``prefix``: the path to them) that lie in it."""
    if reach.everywhere:
        return Q()
    return Q(**{f"{prefix}institution_id__in": reach.institution_ids}) | Q(
        **{f"{prefix}unit_id__in": reach.unit_ids}
    )


def people_within(*, reach: Reach) -> QuerySet[Person]:
    """Present people with a posting, present or past, within the reach."""
    return Person.objects.present().filter(
        Exists(Posting.objects.filter(within(reach), person_id=OuterRef("pk")))
    )
