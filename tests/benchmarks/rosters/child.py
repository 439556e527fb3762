"""One process per step, so that each has a peak of memory of its own: ``read``, ``apply``, ``undo``."""

import json
import resource
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from lms.journeys import import_roster as journey  # noqa: E402
from lms.journeys.tasks import terms_of_installation  # noqa: E402
from lms.lib import clock  # noqa: E402
from lms.people.models import Institution, RosterImport, RosterStatus  # noqa: E402
from lms.people.services.rosters import begin_apply, begin_undo, note_work  # noqa: E402
from tests.benchmarks.child import database_bytes  # noqa: E402


def prepare() -> RosterImport | None:
    """Tables and an institution."""
    call_command("migrate", verbosity=0)
    Institution.objects.create(code="GRANDE", name="Servicio grande")
    return None


def read(path: Path, day: date) -> RosterImport:
    """The file until its preview."""
    with path.open("rb") as file:
        roster = journey.receive_file(
            institution=Institution.objects.get(code="GRANDE"), file=file, file_name=path.name,
            roster_date=day, mapping=None, uploaded_by=None, at=clock.now(),
        )  # fmt: skip
    return _go_on(roster)


def apply() -> RosterImport:
    """The preview until it is applied."""
    roster = RosterImport.objects.get(status=RosterStatus.PREVIEW)
    begin_apply(roster=roster, at=clock.now(), confirm_ended=True)
    return _go_on(roster)


def undo() -> RosterImport:
    """What was applied last, until it is undone."""
    roster = RosterImport.objects.filter(status=RosterStatus.APPLIED).order_by("-decided_at")[0]
    begin_undo(roster=roster, at=clock.now())
    return _go_on(roster)


_longest = 0.0


def _go_on(roster: RosterImport) -> RosterImport:
    global _longest
    begun = time.perf_counter()
    for _ in journey.work_on(roster=roster, terms=terms_of_installation(), at=clock.now()):
        _longest = max(_longest, time.perf_counter() - begun)
        note_work(roster=roster, at=clock.now())
        begun = time.perf_counter()
    roster.refresh_from_db()
    return roster


def run(step: Callable[[], RosterImport | None]) -> dict[str, object]:
    """What the step gave and cost. ``longest``: seconds of its longest part, a transaction or less."""
    begun = time.perf_counter()
    roster = step()
    return {
        "seconds": time.perf_counter() - begun,
        "longest": _longest,
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "database_bytes": database_bytes(),
        "status": str(roster.status) if roster else "",
        "counts": roster.counts if roster else {},
    }


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("step", choices=["prepare", "read", "apply", "undo"])
    parser.add_argument("--file", type=Path)
    parser.add_argument("--date", type=date.fromisoformat)
    options = parser.parse_args()
    steps: dict[str, Callable[[], RosterImport | None]] = {
        "prepare": prepare,
        "read": lambda: read(options.file, options.date),
        "apply": apply,
        "undo": undo,
    }
    json.dump(run(steps[options.step]), sys.stdout)
