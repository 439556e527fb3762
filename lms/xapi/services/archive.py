"""Old months out of the way, and back (PostgreSQL): tables that are set apart, not deleted.

The keys stay: an archived statement cannot be stored a second time with other content, and asking for it
by id finds nothing until its month is back.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from lms.xapi.engines.postgres import PARTITIONED, forget_month, partition_name
from lms.xapi.models import ForwardTarget
from lms.xapi.rules.positions import has_ended, month_bounds

SCHEMA = "xapi_archivo"


class ArchiveError(Exception):
    """The month is not there, or this database has no months. The text says which."""


@dataclass(frozen=True)
class Month:
    """A month of the record, its statements (as PostgreSQL estimates them) and its bytes with indexes."""

    year: int
    month: int
    is_archived: bool
    statements: int
    size: int


def list_months() -> list[Month]:
    """Every month, oldest first. One query.

    Raises:
        ArchiveError: not PostgreSQL.
    """
    _need_postgres()
    with connection.cursor() as cursor:
        cursor.execute(
            r"""
            SELECT substring(c.relname from '_(\d{4})_')::int, right(c.relname, 2)::int,
                   bool_or(n.nspname = %s),
                   sum(c.reltuples) FILTER (WHERE c.relname LIKE 'xapi_statement\_%%')::bigint,
                   sum(pg_total_relation_size(c.oid))::bigint
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relname ~ '^xapi_(statement|indexrow|link)_\d{4}_\d{2}$'
            GROUP BY 1, 2 ORDER BY 1, 2
            """,
            [SCHEMA],
        )
        return [Month(y, m, a, max(s, 0), size) for y, m, a, s, size in cursor.fetchall()]


@transaction.atomic
def detach_month(*, year: int, month: int) -> None:
    """Set a month apart: its tables move to the schema ``xapi_archivo`` and can be dumped from there.

    Raises:
        ArchiveError: it is not part of the record, not over yet, or a target still waits for it.
    """
    _need_postgres()
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")  # positions are of the database's clock
        if not has_ended(year, month, at=cursor.fetchone()[0]):
            raise ArchiveError(f"El mes {year}-{month:02d} no ha terminado.")
        waiting = ForwardTarget.objects.filter(cursor__lt=month_bounds(year, month)[1]).first()
        if waiting is not None:
            raise ArchiveError(
                f"El destino «{waiting.name}» todavía no recibe todo lo de {year}-{month:02d}. "
                "Espera a que se ponga al día, o elimínalo."
            )
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        for table in PARTITIONED:
            name = partition_name(table, year, month)
            if not _exists(cursor, name):
                raise ArchiveError(f"El mes {year}-{month:02d} no está en el registro.")
            cursor.execute(f"ALTER TABLE {table} DETACH PARTITION {name}")
            cursor.execute(f"ALTER TABLE {name} SET SCHEMA {SCHEMA}")
    forget_month(year, month)


@transaction.atomic
def attach_month(*, year: int, month: int) -> None:
    """Bring a month back into the record.

    Raises:
        ArchiveError: it is not in the archive.
    """
    _need_postgres()
    low, high = month_bounds(year, month)
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        for table in PARTITIONED:
            name = partition_name(table, year, month)
            if not _exists(cursor, f"{SCHEMA}.{name}"):
                raise ArchiveError(f"El mes {year}-{month:02d} no está en el archivo.")
            if _exists(cursor, name):
                raise ArchiveError(f"El mes {year}-{month:02d} también está en el registro.")
            cursor.execute(f"ALTER TABLE {SCHEMA}.{name} SET SCHEMA {schema}")
            cursor.execute(f"ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ({low}) TO ({high})")


def _exists(cursor: CursorWrapper, name: str) -> bool:
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [name])
    return bool(cursor.fetchone()[0])


def _need_postgres() -> None:
    if connection.vendor != "postgresql":
        raise ArchiveError("Solo PostgreSQL guarda el registro por meses.")
