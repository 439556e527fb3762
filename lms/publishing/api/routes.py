"""The routes: one list for each table of the open data."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query, Router
from ninja.errors import HttpError, ValidationError

from lms.plan.models import ActionPlan
from lms.publishing.api.problems import NoSuchThingError, Problem, problem_response
from lms.publishing.api.schemas import PAGES, ROWS, PageQuery, PartQuery
from lms.publishing.selectors.fields import Row, Table
from lms.publishing.selectors.plans import PlanNotPublicError, get_public_plan, list_public_plans
from lms.publishing.selectors.tables import TABLES
from lms.ui.parameter_words import describe_errors

TITLE = "API pública de los planes"
VERSION = "1.0"
LISTS = {
    "commitments": "compromisos",
    "milestones": "hitos",
    "updates": "informes-de-avance",
    "replannings": "reprogramaciones",
    "evidence": "evidencias",
    "external-codings": "evaluaciones-externas",
    "changes": "cambios",
    "coverage": "cobertura",
    "indicators": "indicadores",
    "observations": "observaciones",
}
router = Router(tags=["Planes"])


@router.get(
    "/plans/",
    response=PAGES["plan"],
    url_name="api_v1_plan_plans",
    operation_id="list_plans",
    summary="Planes publicados",
)
def plans(request: HttpRequest, params: Query[PageQuery]) -> dict[str, Any]:
    _refuse_unknown(request, params)
    found = list_public_plans()
    part = found[params.offset : params.offset + params.limit]
    rows = [_row(TABLES["plan"], row) for plan in part for row in TABLES["plan"].rows(plan)]
    return _page(request, rows, total=len(found), params=params)


@router.get(
    "/plans/{slug:code}/",
    response=ROWS["plan"],
    url_name="api_v1_plan_plan",
    operation_id="get_plan",
    summary="Un plan",
)
def plan(request: HttpRequest, code: str) -> dict[str, Any]:
    _refuse_unknown(request)
    return _row(TABLES["plan"], TABLES["plan"].rows(_plan(code))[0])


@router.get(
    "/plans/{slug:code}/commitments/{int:number}/",
    response=ROWS["compromisos"],
    url_name="api_v1_plan_commitment",
    operation_id="get_commitment",
    summary="Un compromiso",
)
def commitment(request: HttpRequest, code: str, number: int) -> dict[str, Any]:
    _refuse_unknown(request)
    table = TABLES["compromisos"]
    found = [row for row in table.rows(_plan(code)) if row["numero"] == number]
    if not found:
        raise NoSuchThingError
    return _row(table, found[0])


def _list_view(table: Table) -> Callable[..., dict[str, Any]]:
    def view(request: HttpRequest, code: str, params: Query[PartQuery]) -> dict[str, Any]:
        _refuse_unknown(request, params)
        rows: Sequence[Row] = table.rows(_plan(code))
        if params.compromiso is not None:
            name = "numero" if table.name == "compromisos" else "compromiso"
            rows = [row for row in rows if row[name] == params.compromiso]
        part = [_row(table, row) for row in rows[params.offset : params.offset + params.limit]]
        return _page(request, part, total=len(rows), params=params)

    return view


for _path, _name in LISTS.items():
    router.get(
        f"/plans/{{slug:code}}/{_path}/",
        response=PAGES[_name],
        url_name=f"api_v1_plan_{_path.replace('-', '_')}",
        operation_id=f"list_{_path.replace('-', '_')}",
        summary=str(TABLES[_name].title),
        description=str(TABLES[_name].text),
    )(_list_view(TABLES[_name]))

api = NinjaAPI(
    title=TITLE, version=VERSION, urls_namespace="api_plan", openapi_url=None, docs_url=None, auth=None
)
api.add_router("", router)


@api.exception_handler(NoSuchThingError)
def _not_found(request: HttpRequest, error: NoSuchThingError) -> HttpResponse:
    return problem_response(Problem.NOT_FOUND)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem_response(Problem.INVALID_REQUEST, errors=describe_errors(errors=error.errors))


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem_response(Problem.INVALID_REQUEST)


@api.exception_handler(Exception)
def _unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    raise error  # the middleware reports it


def _plan(code: str) -> ActionPlan:
    try:
        return get_public_plan(code=code)
    except PlanNotPublicError:
        raise NoSuchThingError from None


def _row(table: Table, row: Row) -> dict[str, Any]:
    return {name: row[name] for name in table.columns}


def _page(
    request: HttpRequest, rows: list[dict[str, Any]], *, total: int, params: PageQuery
) -> dict[str, Any]:
    following = params.offset + params.limit
    query = urlencode({**request.GET.dict(), "offset": following, "limit": params.limit})
    address = f"{settings.SITE_URL}{request.path}?{query}"
    return {"items": rows, "next": address if following < total else None, "total": total}


def _refuse_unknown(request: HttpRequest, params: PageQuery | None = None) -> None:
    """A misspelt parameter would silently give everything."""
    known = set(type(params).model_fields) if params is not None else set()
    unknown = sorted(set(request.GET) - known)
    if unknown:
        text = ValueError(_("no existe este parámetro."))
        raise ValidationError(
            [{"loc": ("query", name), "type": "value_error", "ctx": {"error": text}} for name in unknown]
        )
