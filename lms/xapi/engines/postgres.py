"""PostgreSQL: one round trip per batch, monthly partitions, an advisory lock as the register of writers.

A writer takes a shared lock whose number is the microsecond in which it began, and only then reads the
clock that becomes ``stored``. A reader that looks at the locks after reading its own clock therefore knows a
moment before which nothing can be added any more.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

from lms.xapi.engines.rows import NewAlias, NewStatement
from lms.xapi.models import Statement
from lms.xapi.rules import positions

WRITING = 0x5A << 56
"""Added to the microsecond: tells these locks from those of anything else in the database."""
MONTHS = 0x78415049  # "xAPI"
_MICROSECOND = (
    "(extract(epoch FROM clock_timestamp() - TIMESTAMPTZ '2000-01-01 00:00:00+00') * 1000000)::bigint"
)
_OPEN = f"""
    WITH gate AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared({WRITING} + {_MICROSECOND}))
    SELECT {_MICROSECOND}, nextval('xapi_tie') FROM gate
"""
_THROUGH = f"""
    WITH now AS MATERIALIZED (SELECT {_MICROSECOND} AS at)
    SELECT now.at, (
        SELECT min((classid::bigint << 32) + objid::bigint) - {WRITING} FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 24 = {WRITING >> 56}
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) FROM now
"""
_ROWS = """
    rows AS MATERIALIZED (
        SELECT * FROM unnest(
            %b::uuid[], %b::bigint[], %b::bytea[], %b::bytea[],
            %b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[]
        ) AS t(id, position, digest, body, actor, verb, activity, registration)
    )
"""
_WRITES = """
    bodies AS (
        INSERT INTO xapi_statement (position, id, body)
        SELECT rows.position, rows.id, rows.body FROM rows JOIN fresh USING (id)
    ), found_by AS (
        INSERT INTO xapi_indexrow (position, via, actor, verb, activity, registration)
        SELECT rows.position, 0, actor, verb, activity, registration FROM rows JOIN fresh USING (id)
    ), linked AS (
        INSERT INTO xapi_link (key, position, via)
        SELECT l.key, l.position, 0
        FROM unnest(%b::bigint[], %b::bigint[]) AS l(key, position) JOIN fresh USING (position)
    )
    SELECT position FROM fresh
"""
_INSERT = f"""
    WITH {_ROWS}, fresh AS (
        INSERT INTO xapi_statementkey (id, position, digest)
        SELECT id, position, digest FROM rows ORDER BY id
        ON CONFLICT (id) DO NOTHING RETURNING id, position
    ), {_WRITES}
"""
_INSERT_KNOWN = f"""
    WITH {_ROWS}, fresh AS (
        UPDATE xapi_statementkey AS k SET position = rows.position, digest = rows.digest
        FROM rows WHERE k.id = rows.id AND k.position IS NULL RETURNING k.id, k.position
    ), {_WRITES}
"""
_known_months: set[tuple[int, int]] = set()


def open_batch(count: int) -> list[int]:
    """Positions for ``count`` statements, a microsecond apart, in the current transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        microseconds, tie = cursor.fetchone()
    first = microseconds * positions.TIES + tie % positions.TIES
    found = [first + place * positions.TIES for place in range(count)]
    ensure_months({positions.month_of(positions.stored_at(p)) for p in (found[0], found[-1])})
    return found


def insert(rows: Sequence[NewStatement]) -> set[int]:
    """Insert statements whose id is unknown; the positions of those. One query."""
    return _write(_INSERT, rows)


def insert_known(rows: Sequence[NewStatement]) -> set[int]:
    """Insert statements that were referred to before they came. One query."""
    return _write(_INSERT_KNOWN, rows)


def _write(sql: str, rows: Sequence[NewStatement]) -> set[int]:
    links = [(key, row.position) for row in rows for key in row.keys.links]
    values = (
        [row.id for row in rows],
        [row.position for row in rows],
        [row.digest for row in rows],
        [row.body for row in rows],
        [row.keys.actor for row in rows],
        [row.keys.verb for row in rows],
        [row.keys.activity for row in rows],
        [row.keys.registration for row in rows],
        [key for key, _position in links],
        [position for _key, position in links],
    )
    # Django's cursor writes values into the text of the query; arrays of bytes are better sent as they are.
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(sql, values)
        return {position for (position,) in cursor.fetchall()}


def insert_aliases(aliases: Iterable[NewAlias]) -> None:
    """Index rows and links of statements found through others; known ones are left."""
    aliases = list(aliases)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO xapi_indexrow (position, via, actor, verb, activity, registration)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [
                (a.position, a.via, a.keys.actor, a.keys.verb, a.keys.activity, a.keys.registration)
                for a in aliases
            ],
        )
        cursor.executemany(
            "INSERT INTO xapi_link (key, position, via) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [(key, a.position, a.via) for a in aliases for key in a.keys.links],
        )


def read(wanted: Sequence[int]) -> list[Statement]:
    """The statements at these positions, those that are there, in any order. One query.

    A join, so that each is looked for in its own month; a list of values would be looked for in all.
    """
    sql = (
        "SELECT s.position, s.id, s.body FROM unnest(%s::bigint[]) AS w(position)"
        " JOIN xapi_statement s ON s.position = w.position"
    )
    return list(Statement.objects.raw(sql, [list(wanted)]))


def settled_before() -> int:
    """The position before which nothing will be added. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_THROUGH)
        now, oldest = cursor.fetchone()
    return int(now if oldest is None else min(now, oldest)) * positions.TIES


def ensure_months(months: Iterable[tuple[int, int]]) -> None:
    """Create the partitions of these months where they are missing; no query for those seen before.

    A partition is made apart and attached: unlike creating it in place, that waits for no writer.
    """
    missing = [month for month in months if month not in _known_months and not _is_there(month)]
    if not missing:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [MONTHS])
        for year, month in missing:
            low, high = positions.month_bounds(year, month)
            for table in PARTITIONED:
                _create_partition(cursor, table, partition_name(table, year, month), low, high)
    transaction.on_commit(lambda: _known_months.update(missing))


PARTITIONED = ("xapi_statement", "xapi_indexrow", "xapi_link")


def partition_name(table: str, year: int, month: int) -> str:
    return f"{table}_{year:04d}_{month:02d}"


def forget_month(year: int, month: int) -> None:
    """A month was set apart: look again before writing to it."""
    _known_months.discard((year, month))


def _is_there(month: tuple[int, int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [partition_name(PARTITIONED[-1], *month)])
        found: bool = cursor.fetchone()[0]
    if found:
        # Not at once: it may have been made in this very transaction, and be taken back with it.
        transaction.on_commit(lambda: _known_months.add(month))
    return found


def _create_partition(cursor: CursorWrapper, table: str, name: str, low: int, high: int) -> None:
    """Names are ours: a fixed word and two numbers."""
    cursor.execute("SELECT to_regclass(%s)", [name])
    if cursor.fetchone()[0] is not None:
        return
    cursor.execute(f"CREATE TABLE {name} (LIKE {table} INCLUDING ALL)")
    cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ({low}) TO ({high})")
