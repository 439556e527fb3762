"""Pages of the site itself: robots, errors, closed doors."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

NOT_FOR_SEARCH = (
    "aula",
    "cuentas",
    "cumplimiento",
    "gestion",
    "integridad",
    "mis-certificados",
    "verificar",
    "xapi",
)


@login_not_required
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is public, and no certificate."""
    lines = ["User-agent: *", *(f"Disallow: /{path}/" for path in NOT_FOR_SEARCH)]
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
    # Without the request: its context processors ask the database, which may be what broke.
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection is gone: usually a page left open for days."""
    return render(request, "403_csrf.html", status=403)
