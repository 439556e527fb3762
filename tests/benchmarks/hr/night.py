"""What runs every night: notices are planned and counts settled; sending waits for the mail server."""

import resource
import sys
from collections.abc import Callable
from datetime import datetime

from lms.notices.mail_settings import read_mail_settings
from lms.notices.services.planning import plan_digests, plan_training_notices
from lms.progress.periodic import settle_counts
from tests.benchmarks.cases import Figure
from tests.benchmarks.stopwatch import measure


def run_night(*, at: datetime) -> list[Figure]:
    """Each nightly job once, and the memory that the process has needed so far."""
    calendar = read_mail_settings().calendar
    return [
        _run("De noche: planificar avisos", lambda: plan_training_notices(at=at, calendar=calendar)),
        _run("De noche: resúmenes a jefaturas", lambda: plan_digests(at=at, calendar=calendar)),
        _run("De noche: cerrar recuentos", lambda: settle_counts(at=at)),
    ]


def _run(name: str, action: Callable[[], object]) -> Figure:
    figure = measure(name=name, action=action, warm=False)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stderr.write(f"  {name}: memoria máxima del proceso hasta ahora {peak} MB\n")
    return figure
