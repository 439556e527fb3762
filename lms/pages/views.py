"""Pages of the site itself: health, robots, errors, closed doors."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
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


@login_not_required
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is public, and no certificate."""
    lines = ["User-agent: *", *(f"Disallow: /{path}/" for path in
             ("aula", "cuentas", "cumplimiento", "gestion", "integridad", "mis-certificados", "verificar", "xapi"))]  # fmt: skip
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
def to_login(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Other ways in lead to the one that has limits and a second factor."""
    return redirect("account_login")


@login_not_required
@require_GET
def api_index(request: HttpRequest) -> JsonResponse:
    """What machines can read without an account."""
    def at(path: str) -> str:
        return request.build_absolute_uri(path)

    return JsonResponse(
        {
            "name": "Aula Abierta",
            "licence": "CC BY 4.0",
            "resources": {
                "commitments_json": at("/plan/datos/compromisos.json"),
                "commitments_csv": at("/plan/datos/compromisos.csv"),
                "coverage_json": at("/plan/datos/cobertura.json"),
                "coverage_csv": at("/plan/datos/cobertura.csv"),
                "xapi_about": at("/xapi/about"),
                "health": at("/salud/"),
            },
        }
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection is gone: usually a page left open for days."""
    return render(request, "403_csrf.html", status=403)
