"""Noting how people's data looked when a program read it."""

from collections.abc import Mapping
from datetime import datetime

from lms.api.models import Trace, TraceKind
from lms.api.selectors.parts import Reading
from lms.api.selectors.traces import Key


def note_traces(*, kind: TraceKind, digests: Mapping[Key, str], reading: Reading, at: datetime) -> None:
    """Keep these digests as those of now. One query, or none; in the order of the people.

    Two that read the same at once write the same, or the next reading notices the difference.
    """
    rows = [
        Trace(
            kind=kind,
            person_id=person_id,
            institution_id=institution_id,
            digest=digests[person_id, institution_id],
            noted_at=at,
            noted_by_id=reading.token_id,
            run_at=reading.as_of,
        )
        for person_id, institution_id in sorted(digests)
    ]
    Trace.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "institution", "person"],
        update_fields=["digest", "noted_at", "noted_by", "run_at"],
    )
