"""What the record knows of activities."""

from collections.abc import Iterable
from typing import Any

from lms.xapi.models import Activity
from lms.xapi.rules.keys import activity_key


def definitions_of(*, iris: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The definitions of those that are known, by IRI; empty ones too. One query, or none."""
    keys = [activity_key(iri) for iri in iris]
    return {row.iri: row.definition for row in Activity.objects.filter(key__in=keys)} if keys else {}
