"""Is the service well? For monitors; reads across apps, names nobody."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lms.jobs.selectors import queue_status
from lms.lib import clock
from lms.plan.selectors import latest_snapshot_at

QUEUE_LATE_SECONDS = 900


@login_not_required
@require_GET
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 and JSON when all is well; 503 with the same JSON when the database or the queue is not."""
    at = clock.now()
    body: dict[str, Any] = {"status": "ok", "database": "ok", "queue": {}, "coverage_snapshot": None}
    try:
        connection.ensure_connection()
        queue = queue_status(at=at)
        body["queue"] = {
            "ready": queue.ready,
            "running": queue.running,
            "failed": queue.failed,
            "oldest_ready_seconds": queue.oldest_ready_age_seconds,
        }
        snapshot = latest_snapshot_at()
        body["coverage_snapshot"] = snapshot.isoformat() if snapshot else None
        if (queue.oldest_ready_age_seconds or 0) > QUEUE_LATE_SECONDS:
            body["status"] = "queue_late"
    except DatabaseError:
        body["status"], body["database"] = "database_down", "down"
    return JsonResponse(body, status=200 if body["status"] == "ok" else 503)
