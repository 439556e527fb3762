"""The limit: the same rows into the same tables, one multi-row INSERT per table, nothing else.

``python -m tests.benchmarks.lrs.limit SIZE COUNT``: prints statements per second.
"""

import sys
import time
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from lms.xapi.engines import NewStatement, current_engine  # noqa: E402
from lms.xapi.rules.positions import TIES, position_at  # noqa: E402
from tests.benchmarks.lrs import filling  # noqa: E402
from tests.benchmarks.lrs.samples import Samples  # noqa: E402


def main(size: int, count: int) -> None:
    speaker = filling.Speaker(
        name="medición",
        authority=filling.authority_of(base_iri="http://testserver", account="medicion"),
        scopes=frozenset({"all"}),
    )
    samples, at = Samples(learners=1000, seed=900_000 + size), datetime.now(UTC)  # noqa: TID251
    rows = [filling._row(samples, speaker, at + timedelta(microseconds=n)) for n in range(count * size)]
    assert rows[0].position >= position_at(at) and TIES
    current_engine().ensure_months({(at.year, at.month)})
    begun = time.perf_counter()
    for start in range(0, len(rows), size):
        with transaction.atomic():
            _insert(rows[start : start + size])
    sys.stdout.write(f"{len(rows) / (time.perf_counter() - begun):.0f}\n")


def _insert(rows: list[NewStatement]) -> None:
    _many("xapi_statementkey (id, position, digest)", [(_id(r), r.position, r.digest) for r in rows])
    _many("xapi_statement (position, id, body)", [(r.position, _id(r), r.body) for r in rows])
    _many(
        "xapi_indexrow (position, via, actor, verb, activity, registration)",
        [(r.position, 0, r.keys.actor, r.keys.verb, r.keys.activity, r.keys.registration) for r in rows],
    )
    _many("xapi_link (key, position, via)", [(key, r.position, 0) for r in rows for key in r.keys.links])


def _id(row: NewStatement) -> object:
    return row.id if connection.vendor == "postgresql" else row.id.hex


def _many(table: str, rows: list[tuple[object, ...]]) -> None:
    marks = "(" + ",".join(["%s"] * len(rows[0])) + ")"
    with connection.cursor() as cursor:
        # SQLite admits 32,766 values in one statement.
        step = len(rows) if connection.vendor == "postgresql" else 32_000 // len(rows[0])
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            values = [value for row in part for value in row]
            cursor.execute(f"INSERT INTO {table} VALUES {','.join([marks] * len(part))}", values)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
