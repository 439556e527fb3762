"""The description of the public API (OpenAPI 3.1), written from its code."""

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lms.plan.selectors.open_data import LICENCE, LICENCE_URL
from lms.publishing.api.problems import MEDIA_TYPE, STATUSES, TITLES
from lms.publishing.api.routes import api

TEXT = _(
    "Los planes publicados, para programas, sin llave. Los nombres de los campos son los de las columnas "
    "de los archivos de datos abiertos. Lo que no se publica es null. Las listas vienen por páginas: sigue "
    "`next` hasta que sea null. Con `If-None-Match` no se envía lo que no cambió."
)
PREFIX = "/api/v1/plan/"
PROBLEM = {
    "type": "object",
    "description": "RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


def description(request: HttpRequest) -> HttpResponse:
    """``/api/v1/plan/openapi.json``, for everybody."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    return HttpResponse(json.dumps(build_description(), ensure_ascii=False), content_type="application/json")


@cache
def build_description() -> dict[str, Any]:
    """The whole document, in the language that programs read."""
    with translation.override(settings.LANGUAGE_CODE):
        found: dict[str, Any] = json.loads(
            json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str)
        )
        found["info"] |= {"description": str(TEXT), "license": {"name": LICENCE, "url": LICENCE_URL}}
        found["servers"] = [{"url": settings.SITE_URL}]
        found["components"]["schemas"]["Problem"] = PROBLEM
        for methods in found["paths"].values():
            for operation in methods.values():
                _complete(operation)
    return found


def _complete(operation: dict[str, Any]) -> None:
    operation["security"] = []
    for response in operation["responses"].values():
        response["description"] = str(_("Respuesta"))
    for problem, status in STATUSES.items():
        operation["responses"][str(status)] = {
            "description": str(TITLES[problem]),
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
