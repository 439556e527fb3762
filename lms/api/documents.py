"""The description of the API (OpenAPI 3.1), written from its code."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext_lazy as _

from lms.api.api import api
from lms.api.problems import KINDS, MEDIA_TYPE, Problem
from lms.api.schemas.base import ProblemDocument

TEXT = _(
    "Datos de personas y formación para los sistemas de una institución. Cada llamada lleva "
    "`Authorization: Bearer` con una llave que da Gestión de Personas o la administración de la plataforma; "
    "la llave alcanza una institución, también las que dependen de ella, o todas. Las fechas son "
    "`AAAA-MM-DD` en hora de Chile y los instantes llevan su zona. Las listas vienen por páginas: sigue "
    "`next` hasta que sea null."
)
TAGS = {
    "Lugares": _("Instituciones y unidades."),
    "Personas": _("Personas, destinaciones y ausencias."),
    "Formación": _("Qué se exige, en qué situación está cada persona y qué completó."),
    "Nóminas": _("Cargar una nómina: revisar, aplicar, descartar o deshacer."),
}
ANYWHERE = (
    Problem.INVALID_REQUEST,
    Problem.UNAUTHORIZED,
    Problem.SCOPE_MISSING,
    Problem.NOT_FOUND,
    Problem.TOO_MANY_REQUESTS,
)

IN_ROSTERS = (Problem.CONFLICT, Problem.TOO_LARGE, Problem.UNSUPPORTED_FORMAT, Problem.ROSTER_REFUSED)


def description(request: HttpRequest) -> HttpResponse:
    """``/api/v1/openapi.json``, for everybody."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    body = json.dumps(build_description(), ensure_ascii=False)
    return HttpResponse(
        body, content_type="application/json", headers={"Cache-Control": "public, max-age=300"}
    )


@cache
def build_description() -> dict[str, Any]:
    """The whole document."""
    found: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str)
    )
    found["info"]["description"] = str(TEXT)
    found["servers"] = [{"url": settings.SITE_URL}]
    found["tags"] = [{"name": name, "description": str(text)} for name, text in TAGS.items()]
    found["jsonSchemaDialect"] = "https://spec.openapis.org/oas/3.1/dialect/base"
    schemas = found["components"]["schemas"]
    problem = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    found["components"]["securitySchemes"] = {
        "Bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": str(_("Una llave que empieza con «aula_».")),
        }
    }
    for operation in list_operations(found):
        operation["security"] = [{"Bearer": []}]
        for response in operation["responses"].values():
            response["description"] = str(_("Respuesta"))
        for one in ANYWHERE + (IN_ROSTERS if "requestBody" in operation else ()):
            operation["responses"][str(KINDS[one].status)] = _problem(one)
    _forget_unused(found)
    return found


def _forget_unused(found: dict[str, Any]) -> None:
    """Parameters are described one by one: the classes that hold them in the code are of no use there."""
    schemas = found["components"]["schemas"]
    while unused := [name for name in schemas if f'#/components/schemas/{name}"' not in json.dumps(found)]:
        for name in unused:
            del schemas[name]


def list_operations(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations of a description, in its order."""
    return [operation for methods in found["paths"].values() for operation in methods.values()]


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "description": str(KINDS[problem].title),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
