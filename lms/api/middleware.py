"""The way to the API past everything that is for browsers."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from lms.api.problems import UNREADABLE, Problem, ProblemError, problem_response

PREFIX = "/api/v1/"
NAMES = "api_v1_"


class ApiMiddleware:
    """Answers everything below ``/api/v1/`` itself: no session is read there, no cookie is set.

    That is how a logged-in browser can never act by the API, and why it needs no CSRF token. The
    page for people at ``/api/v1/`` itself goes the usual way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX) or request.path_info == PREFIX:
            return self.get_response(request)
        with translation.override(settings.LANGUAGE_CODE):  # of nobody: programs read one language
            response = _answer_safely(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        patch_vary_headers(response, ["Authorization"])
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        if not response.streaming and not response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))  # type: ignore[attr-defined]
        return response


def _answer_safely(request: HttpRequest) -> HttpResponseBase:
    """Whatever happens, a document of the API; what we did not foresee is reported and a 500."""
    asked_with = request.method
    if asked_with == "HEAD":
        request.method = "GET"
    try:
        request.get_host()
        return _answer(request)
    except ProblemError as error:
        return problem_response(error)
    except RequestDataTooBig:
        return problem_response(ProblemError(Problem.TOO_LARGE))
    except (BadRequest, SuspiciousOperation, MultiPartParserError):
        return problem_response(ProblemError(Problem.INVALID_REQUEST, str(UNREADABLE)))
    except Exception:
        got_request_exception.send(sender=ApiMiddleware, request=request)
        return problem_response(ProblemError(Problem.SERVER_ERROR))
    finally:
        request.method = asked_with


def _answer(request: HttpRequest) -> HttpResponseBase:
    """Of the API, and of nothing else: what is not here does not exist."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    if match is None or not (match.url_name or "").startswith(NAMES):
        raise ProblemError(Problem.NOT_FOUND)
    request.resolver_match = match
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    if response.status_code == 405:
        return problem_response(ProblemError(Problem.METHOD_NOT_ALLOWED), like=response)
    return response
