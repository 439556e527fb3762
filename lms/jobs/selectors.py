"""The state of the queue, for the health page and whoever keeps the service running."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Min, Q, When
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max


@dataclass(frozen=True, kw_only=True)
class QueueStatus:
    """Tasks by state.

    ``ready`` are due and wait for a worker, ``failed`` have no attempts left or wait for the next
    one to be arranged. ``oldest_ready_age_seconds`` is None where nothing is due.
    """

    ready: int
    running: int
    failed: int
    oldest_ready_age_seconds: float | None


def queue_status(*, at: datetime) -> QueueStatus:
    """Counts at ``at``. One query."""
    # The library writes the end of time for "as soon as possible".
    at_once = Q(run_after=get_date_max())
    due = Q(status=TaskResultStatus.READY) & (at_once | Q(run_after__lte=at))
    found = DBTaskResult.objects.aggregate(
        ready=Count("pk", filter=due),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
        oldest=Min(Case(When(at_once, then=F("enqueued_at")), default=F("run_after")), filter=due),
    )
    oldest = found.pop("oldest")
    age = None if oldest is None else max((at - oldest).total_seconds(), 0.0)
    return QueueStatus(oldest_ready_age_seconds=age, **found)
