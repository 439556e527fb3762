"""Reading the record."""

from collections.abc import Iterator
from typing import Any

from lms.xapi.models import Statement
from lms.xapi.vocabulary import VOIDED


def iterate_statements(*, verbs: tuple[str, ...] = (), chunk: int = 2000) -> Iterator[Statement]:
    """All statements in order of storage, streamed: bounded memory, one cursor."""
    rows = Statement.objects.order_by("position")
    if verbs:
        rows = rows.filter(verb__in=verbs)
    yield from rows.iterator(chunk_size=chunk)


def list_raw_of(*, account_names: tuple[str, ...]) -> list[dict[str, Any]]:
    """What the record says of one person, as stored, oldest first, with what was taken back. Two queries."""
    own = list(Statement.objects.by(*account_names).order_by("position").values_list("id", "raw"))
    voiding = Statement.objects.filter(verb=VOIDED.iri, activity__in=[str(id) for id, _raw in own])
    return [raw for _id, raw in own] + list(voiding.order_by("position").values_list("raw", flat=True))
