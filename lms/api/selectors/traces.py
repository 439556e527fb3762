"""Who has changed since a program last read them: what is there now beside what was noted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from django.db.models import Q, QuerySet

from lms.api.models import Trace, TraceKind
from lms.api.selectors.parts import Part, Reading, Row, inside, public_ids
from lms.lib.tokens import keyed_hash
from lms.people.policy import Reach

Key = tuple[int, int]
"""Person and institution."""

Digests = Mapping[Key, str]
Stored = Mapping[Key, Trace]


@dataclass(frozen=True)
class Copied(Generic[Row]):
    """A part of a list for a copy, and what has to be noted of those looked at."""

    part: Part[Row]
    to_note: dict[Key, str]


def digest_of(text: str, *, key: str) -> str:
    """A keyed hash of a person's data, from which nobody can find the data by trying."""
    return keyed_hash(text, purpose="trace", key=key)


def traced_people(*, kind: TraceKind, reach: Reach, reading: Reading, after: int) -> QuerySet[Trace, int]:
    """Those who were there, or who are known to be gone since what the reader has."""
    there = ~Q(digest="")
    if reading.since is not None:
        there |= Q(noted_at__gte=reading.since)
    rows = Trace.objects.filter(there, inside(reach), kind=kind, person_id__gt=after)
    return rows.order_by("person_id").values_list("person_id", flat=True).distinct()


def compare(
    *,
    kind: TraceKind,
    rows: Mapping[int, Row],
    digests: Digests,
    person_ids: Sequence[int],
    last: int | None,
    reach: Reach,
    reading: Reading,
) -> Copied[Row]:
    """What of these people the reader may have otherwise, or has and is gone. At most two queries.

    Args:
        rows: by person, in order; who is no longer in the list has none.
        person_ids: all who were looked at.
    """
    stored = _read_traces(kind, reach, person_ids)
    keys = digests.keys() | stored.keys()
    changed = {key[0] for key in keys if _has_changed(digests.get(key, ""), stored.get(key), reading)}
    gone = changed - rows.keys() if reading.since is not None else set()
    part = Part([row for pk, row in rows.items() if pk in changed], last, public_ids(gone))
    return Copied(part, _differing(digests, stored))


def _read_traces(kind: TraceKind, reach: Reach, person_ids: Sequence[int]) -> Stored:
    rows = Trace.objects.filter(inside(reach), kind=kind, person_id__in=person_ids)
    return {(row.person_id, row.institution_id): row for row in rows}


def _differing(digests: Digests, stored: Stored) -> dict[Key, str]:
    return {
        key: digests.get(key, "")
        for key in digests.keys() | stored.keys()
        if key not in stored or stored[key].digest != digests.get(key, "")
    }


def _has_changed(digest: str, trace: Trace | None, reading: Reading) -> bool:
    if reading.since is None or trace is None or trace.digest != digest:
        return True
    # What this same reader noticed in the reading that it goes on from, it has.
    is_known = trace.noted_by_id == reading.token_id and trace.run_at == reading.since
    return trace.noted_at >= reading.since and not is_known
