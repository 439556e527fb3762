"""Filling the record by the million: the rows that the service would write, without HTTP.

``python -m tests.benchmarks.lrs.filling COUNT PARTS PART MONTHS [SEED]``: one of several processes, each with its
own share of the time.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from lms.xapi.engines import NewStatement, current_engine  # noqa: E402
from lms.xapi.rules import codec, positions  # noqa: E402
from lms.xapi.rules.assembling import assemble  # noqa: E402
from lms.xapi.rules.formats import format_instant  # noqa: E402
from lms.xapi.rules.keys import keys_of  # noqa: E402
from lms.xapi.rules.speakers import Speaker, authority_of  # noqa: E402
from lms.xapi.rules.statements import check_statement  # noqa: E402
from tests.benchmarks.lrs.samples import Samples  # noqa: E402

CHUNK = 5000
END = datetime(2026, 11, 1, tzinfo=UTC)


def main(count: int, parts: int, part: int, months: int, seed: int = 0) -> None:
    """Statement number n of this part at its place in the months before ``END``."""
    speaker = Speaker(
        name="medición",
        authority=authority_of(base_iri="http://testserver", account="medicion"),
        scopes=frozenset({"all"}),
    )
    samples = Samples(learners=max(1000, count // 100), seed=seed * 1000 + part)
    span = timedelta(days=30 * months) / count
    own = range(part, count, parts)
    for start in range(0, len(own), CHUNK):
        rows = [
            _row(samples, speaker, END - span * (count - n) + timedelta(microseconds=seed))
            for n in own[start : start + CHUNK]
        ]
        with transaction.atomic():
            _copy(rows) if connection.vendor == "postgresql" else current_engine().insert(rows)
        sys.stdout.write(f"{len(rows)}\n")
        sys.stdout.flush()


def _row(samples: Samples, speaker: Speaker, at: datetime) -> NewStatement:
    checked = check_statement(samples.text())
    position = positions.position_at(at)
    body = assemble(
        checked,
        statement_id=str(checked.shape.id),
        stored=format_instant(at),
        authority=speaker.authority,
        version="1.0.0",
    )
    # The digest is only compared when an id comes twice: any sixteen bytes weigh the same.
    return NewStatement(
        position,
        UUID(str(checked.shape.id)),
        os.urandom(16),
        codec.pack(body),
        keys_of(checked, authority=speaker.shape),
    )


def _copy(rows: list[NewStatement]) -> None:
    current_engine().ensure_months({positions.month_of(positions.stored_at(r.position)) for r in rows})
    with connection.cursor() as cursor:
        with cursor.copy("COPY xapi_statementkey (id, position, digest) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((row.id, row.position, row.digest))
        with cursor.copy("COPY xapi_statement (position, id, body) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((row.position, row.id, row.body))
        with cursor.copy(
            "COPY xapi_indexrow (position, via, actor, verb, activity, registration) FROM STDIN"
        ) as copy:
            for row in rows:
                k = row.keys
                copy.write_row((row.position, 0, k.actor, k.verb, k.activity, k.registration))
        with cursor.copy("COPY xapi_link (key, position, via) FROM STDIN") as copy:
            for row in rows:
                for key in row.keys.links:
                    copy.write_row((key, row.position, 0))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:6]))
