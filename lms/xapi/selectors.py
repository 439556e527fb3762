"""Reading the record."""

from collections.abc import Iterator
from typing import Any

from lms.xapi.models import Statement


def iterate_statements(*, verbs: tuple[str, ...] = (), chunk: int = 2000) -> Iterator[Statement]:
    """All statements in order of storage, streamed: bounded memory, one cursor."""
    rows = Statement.objects.order_by("position")
    if verbs:
        rows = rows.filter(verb__in=verbs)
    yield from rows.iterator(chunk_size=chunk)


def list_raw_of(*, account_names: tuple[str, ...]) -> list[dict[str, Any]]:
    """What the record says of one person, as stored, oldest first. One query."""
    return list(Statement.objects.by(*account_names).order_by("position").values_list("raw", flat=True))
