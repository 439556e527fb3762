"""``python -m tests.benchmarks.lrs.sizes``: bytes per statement, tables and indexes apart."""

import sys

import django

django.setup()

from django.db import connection  # noqa: E402

TABLES = ("xapi_statementkey", "xapi_statement", "xapi_indexrow", "xapi_link")
_POSTGRES = r"""
    SELECT substring(relname from '^xapi_(statementkey|statement|indexrow|link)'), relkind::text,
           sum(pg_relation_size(oid))::bigint
    FROM pg_class
    WHERE relname ~ '^xapi_(statementkey|statement|indexrow|link)' AND relkind IN ('r', 'i')
    GROUP BY 1, 2 ORDER BY 1, 2 DESC
"""


def main() -> None:
    with connection.cursor() as cursor:
        if "--analyze" in sys.argv:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
            return
        cursor.execute("SELECT count(*) FROM xapi_statementkey")
        count = cursor.fetchone()[0]
        sizes = _of_postgres(cursor) if connection.vendor == "postgresql" else _of_sqlite(cursor)
    for name, size in sizes:
        sys.stdout.write(f"| {name} | {size / count:.0f} |\n")
    total = sum(size for _name, size in sizes)
    sys.stdout.write(f"| total, {count} declaraciones | {total / count:.0f} |\n")


def _of_postgres(cursor: object) -> list[tuple[str, int]]:
    cursor.execute(_POSTGRES)  # type: ignore[attr-defined]
    words = {"r": "tabla", "i": "índices"}
    return [(f"{name}, {words[kind]}", size) for name, kind, size in cursor.fetchall()]  # type: ignore[attr-defined]


def _of_sqlite(cursor: object) -> list[tuple[str, int]]:
    cursor.execute("PRAGMA page_count")  # type: ignore[attr-defined]
    pages = cursor.fetchone()[0]  # type: ignore[attr-defined]
    cursor.execute("PRAGMA page_size")  # type: ignore[attr-defined]
    return [("la base entera", pages * cursor.fetchone()[0])]  # type: ignore[attr-defined]


main()
