"""From the names in statements back to people."""

from collections.abc import Collection

from lms.people.models import Pseudonym


def list_people_behind(*, names: Collection[str]) -> set[int]:
    """The ids of the people to whom these account names belong; erased ones have none. One query."""
    return set(Pseudonym.objects.filter(name__in=names).values_list("person_id", flat=True))
