"""The register of reasoned responses, as a page and as files."""

import json
from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.participation.access import Place, enter
from lms.participation.exporting import REGISTER_COLUMNS, register_csv, register_row
from lms.participation.filters import read_register_filter, register_choices, register_query
from lms.participation.lines import lines_at
from lms.participation.selectors.register import list_asked_consultations, list_register, read_totals

PER_PAGE = 20
CHUNK = 500
CACHE_SECONDS = 60


@login_not_required
@require_safe
def register(request: HttpRequest, plan_code: str) -> HttpResponse:
    """What was asked, what was decided and why, with totals and filters. Eight queries at most."""
    place = enter(request=request, plan_code=plan_code)
    wanted = read_register_filter(request.GET)
    rows = list_register(plan_id=place.plan.pk, wanted=wanted)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "place": place,
        "plan": place.plan,
        "totals": read_totals(plan_id=place.plan.pk, at=place.at),
        "filters": register_choices(
            wanted,
            commitments=list(place.plan.commitments.all()),
            consultations=list_asked_consultations(plan_id=place.plan.pk),
        ),
        "query": register_query(wanted),
        "page": page,
        "lines": lines_at(place, page, may_answer=place.keeps),
        "columns": REGISTER_COLUMNS,
    }
    return render(request, "participation/register.html", context)


@login_not_required
@require_safe
def register_csv_file(request: HttpRequest, plan_code: str) -> StreamingHttpResponse:
    """The same rows as a table, with the filters of the address; as many as there are, in bounded memory."""
    place = enter(request=request, plan_code=plan_code)
    rows = list_register(plan_id=place.plan.pk, wanted=read_register_filter(request.GET))
    lines = register_csv(rows=rows.iterator(chunk_size=CHUNK), plan_code=place.plan.code)
    return _send(place, lines, "text/csv; charset=utf-8", f"respuestas-{place.plan.code}.csv")


@login_not_required
@require_safe
def register_json_file(request: HttpRequest, plan_code: str) -> StreamingHttpResponse:
    """The same rows as JSON, with the meaning of each column."""
    place = enter(request=request, plan_code=plan_code)
    return _send(
        place,
        _json(request, place),
        "application/json; charset=utf-8",
        f"respuestas-{place.plan.code}.json",
    )


def _json(request: HttpRequest, place: Place) -> Iterator[str]:
    head = {
        "plan": place.plan.code,
        "licencia": "https://creativecommons.org/licenses/by/4.0/deed.es",
        "columnas": {name: str(meaning) for name, meaning in REGISTER_COLUMNS},
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "aportes": ['
    rows = list_register(plan_id=place.plan.pk, wanted=read_register_filter(request.GET))
    for number, row in enumerate(rows.iterator(chunk_size=CHUNK)):
        line = json.dumps(register_row(row, plan_code=place.plan.code), ensure_ascii=False)
        yield f"{',' if number else ''}\n{line}"
    yield "\n]}\n"


def _send(place: Place, lines: Iterator[str], kind: str, name: str) -> StreamingHttpResponse:
    """Anybody may keep the file of a public plan for a minute, and any page may read it."""
    response = StreamingHttpResponse(lines, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    is_public = place.plan.is_public
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}" if is_public else "private, no-store"
    response["Access-Control-Allow-Origin"] = "*"
    return response
