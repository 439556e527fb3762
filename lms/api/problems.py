"""What goes wrong, told to a program (RFC 9457) and to whoever reads its log."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEDIA_TYPE = "application/problem+json"


class Problem(StrEnum):
    """The last part of ``type``; each has a paragraph on the page of the API."""

    INVALID_REQUEST = "invalid-request"
    INVALID_CURSOR = "invalid-cursor"
    UNAUTHORIZED = "unauthorized"
    SCOPE_MISSING = "scope-missing"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    CONFLICT = "conflict"
    TOO_LARGE = "too-large"
    UNSUPPORTED_FORMAT = "unsupported-format"
    ROSTER_REFUSED = "roster-refused"
    TOO_MANY_REQUESTS = "too-many-requests"
    SERVER_ERROR = "server-error"


@dataclass(frozen=True)
class Kind:
    """A problem's status, its title and what to do about it."""

    status: int
    title: str | Promise
    advice: str | Promise


KINDS: dict[Problem, Kind] = {
    Problem.INVALID_REQUEST: Kind(
        400, _("La solicitud tiene un error"), _("Corrige lo que dice «errors» y envíala de nuevo.")
    ),
    Problem.INVALID_CURSOR: Kind(
        400,
        _("El cursor no sirve para esta lista"),
        _("Usa la dirección de «next» tal como llegó, con la misma llave, o empieza la lista de nuevo."),
    ),
    Problem.UNAUTHORIZED: Kind(
        401,
        _("Falta una llave vigente"),
        _("Envía «Authorization: Bearer» con una llave vigente. Si venció o se revocó, pide otra."),
    ),
    Problem.SCOPE_MISSING: Kind(
        403, _("La llave no tiene este permiso"), _("Pide una llave con el permiso que dice «detail».")
    ),
    Problem.NOT_FOUND: Kind(
        404,
        _("No existe"),
        _("Revisa la dirección; todas terminan en «/». Lo que está fuera del alcance de la llave no existe."),
    ),
    Problem.METHOD_NOT_ALLOWED: Kind(
        405, _("Este recurso no acepta ese método"), _("Usa uno de los que dice la cabecera «Allow».")
    ),
    Problem.CONFLICT: Kind(
        409, _("No se puede hacer ahora"), _("Mira el estado del recurso; «detail» dice qué lo impide.")
    ),
    Problem.TOO_LARGE: Kind(
        413,
        _("La solicitud pesa demasiado"),
        _("Una nómina no se divide: envíala completa, como CSV o XLSX y sin otras hojas ni columnas."),
    ),
    Problem.UNSUPPORTED_FORMAT: Kind(
        415, _("Formato desconocido"), _("Declara en «Content-Type» uno de los formatos que se aceptan.")
    ),
    Problem.ROSTER_REFUSED: Kind(
        422, _("La nómina no se puede leer o aplicar"), _("Corrige lo que dice «detail».")
    ),
    Problem.TOO_MANY_REQUESTS: Kind(
        429, _("Demasiadas solicitudes"), _("Espera los segundos de «Retry-After» y sigue.")
    ),
    Problem.SERVER_ERROR: Kind(
        500,
        _("Algo falló de nuestro lado"),
        _("Intenta de nuevo más tarde. Si se repite, avisa a quien administra la plataforma."),
    ),
}

UNREADABLE = _("La solicitud no se puede leer. Revisa su dirección, sus cabeceras y su cuerpo.")
NO_INSTITUTION = _("Ninguna institución al alcance de la llave tiene ese código. Revísalo.")


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one parameter, header or part of the body. ``name``: as ``query.limit``."""

    name: str
    detail: str


class ProblemError(Exception):
    """An answer that is a problem; raised anywhere below the routes, made a response at the door."""

    def __init__(
        self,
        problem: Problem,
        detail: str = "",
        *,
        errors: Sequence[FieldProblem] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(problem, detail)
        self.problem, self.detail, self.errors, self.retry_after = problem, detail, errors, retry_after


def problem_body(error: ProblemError) -> dict[str, object]:
    """The document. ``type`` leads to the paragraph that explains it."""
    kind = KINDS[error.problem]
    body: dict[str, object] = {
        "type": f"{settings.SITE_URL}/api/v1/#{error.problem}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": error.detail or str(kind.advice),
    }
    if error.errors:
        body["errors"] = [{"name": item.name, "detail": item.detail} for item in error.errors]
    return body


def problem_response(error: ProblemError, *, like: HttpResponseBase | None = None) -> HttpResponse:
    """The problem as a response; ``like`` gives its ``Allow``."""
    response = HttpResponse(
        json.dumps(problem_body(error), ensure_ascii=False),
        status=KINDS[error.problem].status,
        content_type=MEDIA_TYPE,
    )
    if error.problem is Problem.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Aula Abierta"'
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    if like is not None and like.has_header("Allow"):
        response.headers["Allow"] = ", ".join(sorted(like.headers["Allow"].split(", ")))
    return response
