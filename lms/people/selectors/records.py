"""Whether anything has been kept about a person: such a record is never left behind or thrown away."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from lms.people.models import Person

OWN = frozenset({"invitations", "looked_at"})
"""What may go with an empty record: unanswered letters, and looks at what was not there."""


def has_record(*, person: Person) -> bool:
    """True when a row of any app speaks of the person: a job, a course, a workshop, a statement.

    At most one query per table that points at people; other apps are known only by their keys.
    """
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: person}).exists()
        for relation in list_relations(model=Person)
        if relation.related_name not in OWN
    )


def list_relations(*, model: type[Model]) -> Iterator[Any]:
    """What points at a table in all apps, also where it gave the way back no name. No query."""
    for field in model._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and field.related_model is not None:
            yield field
