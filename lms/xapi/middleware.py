"""The way to the record past everything that is for browsers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation

PREFIX = "/xapi/"


class RecordMiddleware:
    """Answers ``/xapi/`` itself: sessions, cookies and logins below are neither read nor set there.

    That is how a session can never authenticate a statement, and what makes the record fast.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        with translation.override(settings.LANGUAGE_CODE):  # of nobody: the record speaks one language
            response = _answer(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        if not response.streaming and not response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        return response


def _answer(request: HttpRequest) -> HttpResponseBase:
    """Of the record, and of nothing else: what is not here does not exist."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    if match is None or not (match.url_name or "").startswith("xapi_"):
        return JsonResponse({"error": "No existe ese recurso de xAPI."}, status=404)
    request.resolver_match = match
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    return response
