"""The API: its routes, and problems instead of errors."""

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from lms.api.auth import Bearer
from lms.api.problems import UNREADABLE, FieldProblem, Problem, ProblemError, problem_response
from lms.api.routes import completions, people, places, requirements, rosters
from lms.ui.parameter_words import describe_errors

TITLE = "API de Aula Abierta"
VERSION = "1.0"

api = NinjaAPI(
    title=TITLE,
    version=VERSION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    auth=Bearer(),  # a route that names no scope is closed
)
for router in (places.router, people.router, requirements.router, completions.router, rosters.router):
    api.add_router("", router)


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem_response(error)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [FieldProblem(name, detail) for name, detail in describe_errors(errors=error.errors)]
    return problem_response(ProblemError(Problem.INVALID_REQUEST, errors=errors))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(ProblemError(Problem.NOT_FOUND))


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(ProblemError(Problem.INVALID_REQUEST, str(UNREADABLE)))


@api.exception_handler(Exception)
def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error  # the middleware reports it
