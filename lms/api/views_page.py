"""``/api/v1/``: what the API offers and how it is used, for people."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from lms.api.models import Scope
from lms.api.paging import LARGEST, USUAL
from lms.api.problems import KINDS
from lms.api.reference import list_topics


@dataclass(frozen=True)
class OpenFile:
    """What can be read without a token."""

    path: str
    text: str | Promise


OPEN_FILES = (
    OpenFile("/plan/datos/compromisos.json", _("Compromisos del plan (JSON)")),
    OpenFile("/plan/datos/compromisos.csv", _("Compromisos del plan (CSV)")),
    OpenFile("/plan/datos/cobertura.json", _("Cobertura de capacitación (JSON)")),
    OpenFile("/plan/datos/cobertura.csv", _("Cobertura de capacitación (CSV)")),
    OpenFile("/api/v1/plan/openapi.json", _("API pública de los planes, sin llave (OpenAPI)")),
    OpenFile("/xapi/about", _("Versiones de xAPI que acepta el registro de aprendizaje")),
    OpenFile("/salud/", _("Estado del servicio")),
)


@login_not_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Written from the same description that programs read; no query of its own."""
    return render(
        request,
        "api/page.html",
        {
            "topics": list_topics(),
            "problems": [(problem.value, kind) for problem, kind in KINDS.items()],
            "scopes": [(scope.value, scope.label) for scope in Scope],
            "open_files": OPEN_FILES,
            "address": f"{settings.SITE_URL}/api/v1/",
            "per_minute": settings.API_PER_MINUTE,
            "usual": USUAL,
            "largest": LARGEST,
        },
    )
