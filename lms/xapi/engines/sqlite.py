"""SQLite: one writer at a time, so the order of storing is the order of committing.

Every transaction begins by taking the write lock (``transaction_mode`` IMMEDIATE, checked at start).
"""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import connection
from django.db.models import Max

from lms.lib import clock
from lms.xapi.engines.rows import NewAlias, NewStatement
from lms.xapi.models import IndexRow, Statement, StatementKey
from lms.xapi.rules import positions

_CHUNK = 500
_NEVER = positions.position_at(datetime(1970, 1, 1, tzinfo=UTC))


def open_batch(count: int) -> list[int]:
    """Positions for ``count`` statements, a microsecond apart, later than all others. One query."""
    last = Statement.objects.aggregate(last=Max("position"))["last"]
    # The one reading of the clock below the screens: it must come after the lock.
    first = positions.position_at(clock.now())
    if last is not None:
        first = max(first, (last // positions.TIES + 1) * positions.TIES)
    return [first + place * positions.TIES for place in range(count)]


def insert(rows: Sequence[NewStatement]) -> set[int]:
    """Insert statements whose id is unknown; the positions of those."""
    known = _known([row.id.hex for row in rows])
    fresh = [row for row in rows if row.id.hex not in known]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO xapi_statementkey (id, position, digest) VALUES (%s, %s, %s)",
            [(row.id.hex, row.position, row.digest) for row in fresh],
        )
    return _write(fresh)


def insert_known(rows: Sequence[NewStatement]) -> set[int]:
    """Insert statements that were referred to before they came."""
    for row in rows:
        StatementKey.objects.filter(pk=row.id, position=None).update(position=row.position, digest=row.digest)
    return _write(rows)


def _known(ids: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        with connection.cursor() as cursor:
            marks = ",".join(["%s"] * len(part))
            cursor.execute(f"SELECT id FROM xapi_statementkey WHERE id IN ({marks})", part)
            found.update(row[0] for row in cursor.fetchall())
    return found


def _write(rows: Sequence[NewStatement]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO xapi_statement (position, id, body) VALUES (%s, %s, %s)",
            [(row.position, row.id.hex, row.body) for row in rows],
        )
        cursor.executemany(
            "INSERT INTO xapi_indexrow (position, via, actor, verb, activity, registration)"
            " VALUES (%s, 0, %s, %s, %s, %s)",
            [
                (row.position, row.keys.actor, row.keys.verb, row.keys.activity, row.keys.registration)
                for row in rows
            ],
        )
        cursor.executemany(
            "INSERT INTO xapi_link (key, position, via) VALUES (%s, %s, 0)",
            [(key, row.position) for row in rows for key in row.keys.links],
        )
    return {row.position for row in rows}


def insert_aliases(aliases: Iterable[NewAlias]) -> None:
    """Index rows and links of statements found through others; known ones are left."""
    aliases = list(aliases)
    IndexRow.objects.bulk_create(
        [
            IndexRow(
                position=a.position, via=a.via, actor=a.keys.actor, verb=a.keys.verb,
                activity=a.keys.activity, registration=a.keys.registration,
            )
            for a in aliases
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR IGNORE INTO xapi_link (key, position, via) VALUES (%s, %s, %s)",
            [(key, a.position, a.via) for a in aliases for key in a.keys.links],
        )


def read(wanted: Sequence[int]) -> list[Statement]:
    """The statements at these positions, those that are there, in any order. One query."""
    return list(Statement.objects.filter(position__in=wanted))


def settled_before() -> int:
    """The position before which nothing will be added.

    Now, where nobody is writing: that is known by taking the write lock for a moment, without waiting for
    it. While somebody is, the position after the newest statement: what they write will be later.
    """
    if connection.in_atomic_block:
        return positions.position_at(clock.now())
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        raw.execute("BEGIN IMMEDIATE")
        now = clock.now()
        raw.execute("ROLLBACK")
    except sqlite3.OperationalError:
        last = Statement.objects.aggregate(last=Max("position"))["last"]
        return _NEVER if last is None else last + positions.TIES
    finally:
        patience = connection.settings_dict["OPTIONS"].get("timeout", 5)
        raw.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
    return positions.position_at(now)


def ensure_months(months: Iterable[tuple[int, int]]) -> None:
    """Nothing to do: SQLite has no partitions."""
