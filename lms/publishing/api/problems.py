"""What goes wrong, told to a program (RFC 9457); the words are explained on the page of the API."""

import json
from collections.abc import Sequence
from enum import StrEnum

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"


class Problem(StrEnum):
    """The last part of ``type``."""

    INVALID_REQUEST = "invalid-request"
    NOT_FOUND = "not-found"
    TOO_MANY_REQUESTS = "too-many-requests"


STATUSES = {Problem.INVALID_REQUEST: 400, Problem.NOT_FOUND: 404, Problem.TOO_MANY_REQUESTS: 429}
TITLES = {
    Problem.INVALID_REQUEST: _("La solicitud tiene un error"),
    Problem.NOT_FOUND: _("No existe"),
    Problem.TOO_MANY_REQUESTS: _("Demasiadas solicitudes"),
}
ADVICE = {
    Problem.INVALID_REQUEST: _("Corrige lo que dice «errors» y envíala de nuevo."),
    Problem.NOT_FOUND: _("Revisa la dirección; todas terminan en «/»."),
    Problem.TOO_MANY_REQUESTS: _("Espera los segundos de «Retry-After» y sigue."),
}


class NoSuchThingError(Exception):
    """The plan, or something in it, does not exist."""


def problem_response(
    problem: Problem, *, errors: Sequence[tuple[str, str]] = (), retry_after: int | None = None
) -> HttpResponse:
    """``errors``: name of the parameter and what is wrong with it; ``retry_after`` in seconds."""
    body: dict[str, object] = {
        "type": f"{settings.SITE_URL}/api/v1/#{problem}",
        "title": str(TITLES[problem]),
        "status": STATUSES[problem],
        "detail": str(ADVICE[problem]),
    }
    if errors:
        body["errors"] = [{"name": name, "detail": detail} for name, detail in errors]
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=STATUSES[problem], content_type=MEDIA_TYPE
    )
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response
