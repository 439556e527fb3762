"""One process per database: ``build`` prepares the empty one, ``measure`` fills a copy and measures."""

import json
import resource
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict
from io import StringIO
from random import Random

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from courses.selectors import get_current_release  # noqa: E402
from lms.demo.population import Place, fill_place  # noqa: E402
from lms.demo.services import COURSE  # noqa: E402
from lms.lib import clock  # noqa: E402
from lms.xapi.platform import current_platform  # noqa: E402
from tests.benchmarks.actions import run_actions  # noqa: E402
from tests.benchmarks.cases import Case, Figure, Result  # noqa: E402

PREPARATION = (
    ("migrate",), ("createcachetable",), ("set_up_site",), ("load_institutions",),
    ("install_pack", "integridad-publica"), ("install_plan",),
)  # fmt: skip


def build() -> None:
    """Tables, pages, institutions, course and plan; no people."""
    for command in PREPARATION:
        call_command(*command, stdout=StringIO())


def run(case: Case) -> Result:
    """Makes the people and measures."""
    begun = time.perf_counter()
    call_command("make_demo", people=case.people, stdout=StringIO())
    if case.institution:
        _fill_large(case.institution)
    made = Figure("Crear las personas", time.perf_counter() - begun)
    _as_autovacuum_would()
    stage, figures = run_actions(at=clock.now())
    return Result(
        case=case,
        largest=stage.largest,
        database_bytes=database_bytes(),
        peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        figures=(made, *figures),
    )


def _fill_large(people: int) -> None:
    fill_place(
        place=Place("medicion-grande", "Servicio grande", people, 0.6, 0.1),
        release=get_current_release(course_code=COURSE), first_run=15_000_000, chance=Random(2),
        run_key=settings.RUN_KEY, platform=current_platform(), at=clock.now(),
    )  # fmt: skip


def _as_autovacuum_would() -> None:
    """PostgreSQL gathers statistics by itself within a minute; SQLite never does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def database_bytes() -> int:
    question = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with connection.cursor() as cursor:
        cursor.execute(question[connection.vendor])
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("step", choices=["build", "measure"])
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--institution", type=int, default=0)
    options = parser.parse_args()
    if options.step == "build":
        build()
    else:
        json.dump(asdict(run(Case(options.people, options.institution))), sys.stdout)
