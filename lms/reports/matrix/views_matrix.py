"""People × courses of an institution on a day."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action
from lms.reports.compliance.standing_scope import NothingToShowError
from lms.reports.compliance.standing_screens import context_of, enter, log_look, log_view
from lms.reports.files import answer_with
from lms.reports.matrix.matrix_words import draw_rows, list_looks
from lms.reports.matrix.selectors_matrix import MOST_COURSES, list_columns, people_of, to_rows
from lms.reports.table_files import matrix_file

PAGE_SIZE = 50
MATRIX = "matriz"
CODES_READ = 50


@require_GET
@not_allowed_is_404
def matrix(request: HttpRequest) -> HttpResponse:
    """The page: fifty people, and at most twelve courses."""
    try:
        scope = enter(request)
    except NothingToShowError:
        return render(request, "reports/nothing_yet.html")
    columns = list_columns(scope=scope, codes=_codes(request))
    page = Paginator(people_of(scope=scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    rows = to_rows(postings=list(page.object_list), courses=columns.courses, scope=scope)
    log_view(scope, len(rows), MATRIX)
    context = context_of(scope) | {
        "page": page,
        "rows": draw_rows(rows),
        "looks": list_looks(),
        "columns": columns,
        "most": MOST_COURSES,
        "query": request.GET.urlencode(),
        "in_reports": True,
    }
    return render(request, "reports/matrix.html", context)


@require_GET
@not_allowed_is_404
def export_matrix(request: HttpRequest, kind: str) -> HttpResponseBase:
    """All people of the present filters."""
    try:
        scope = enter(request, Action.EXPORT_PEOPLE)
    except NothingToShowError:
        raise Http404 from None
    columns = list_columns(scope=scope, codes=_codes(request))
    log_look(scope, AccessLogEntry.Action.EXPORT, people_of(scope=scope).count(), f"{MATRIX} {kind}")
    return answer_with(table=matrix_file(scope=scope, courses=columns.courses), kind=kind)


def _codes(request: HttpRequest) -> list[str]:
    return request.GET.getlist("curso")[:CODES_READ]
