"""How far behind the targets of forwarding are."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from lms.xapi.rules.positions import stored_at

_WAITING = """
    SELECT t.id,
        (SELECT min(s.position) FROM xapi_statement s WHERE s.position > t.cursor),
        (SELECT count(*) FROM (
            SELECT 1 FROM xapi_statement s WHERE s.position > t.cursor LIMIT %s
        ) AS waiting)
    FROM xapi_forwardtarget t
"""


@dataclass(frozen=True)
class Waiting:
    """Statements after a target's cursor, wanted or not, and when the first of them was stored."""

    count: int
    oldest: datetime | None


def count_waiting(*, at_most: int) -> dict[int, Waiting]:
    """What waits for each target, by its id, counted up to ``at_most``. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [at_most])
        return {
            target_id: Waiting(count, None if oldest is None else stored_at(oldest))
            for target_id, oldest, count in cursor.fetchall()
        }
