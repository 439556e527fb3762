"""Hours of training of an institution in a year."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action
from lms.progress.rules.hours import ARTICLE_28_HOURS
from lms.reports.compliance.standing_scope import NothingToShowError
from lms.reports.compliance.standing_screens import context_of, enter, log_look, log_view
from lms.reports.files import answer_with
from lms.reports.hours.hours_filters import read_year, working_hours, years_offered
from lms.reports.hours.hours_words import draw_person
from lms.reports.hours.selectors_hours import get_hours
from lms.reports.table_files import hours_file

PAGE_SIZE = 50
HOURS = "horas"


@require_GET
@not_allowed_is_404
def hours(request: HttpRequest) -> HttpResponse:
    """Totals of the institution and of its units, then person by person with each activity."""
    try:
        scope = enter(request)
    except NothingToShowError:
        return render(request, "reports/nothing_yet.html")
    year = read_year(request.GET, today=scope.today)
    book = get_hours(scope=scope, year=year, working=working_hours())
    page = Paginator(book.people, PAGE_SIZE).get_page(request.GET.get("pagina"))
    log_view(scope, len(page.object_list), f"{HOURS} {year}")
    context = context_of(scope) | {
        "book": book,
        "total": book.total,
        "without": book.headcount - len(book.people),
        "page": page,
        "people": [draw_person(person) for person in page.object_list],
        "year": year,
        "years": years_offered(today=scope.today),
        "working": working_hours(),
        "article_28_hours": ARTICLE_28_HOURS,
        "query": request.GET.urlencode(),
        "in_reports": True,
    }
    return render(request, "reports/hours.html", context)


@require_GET
@not_allowed_is_404
def export_hours(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every activity of the year, in the shape of an annual training plan."""
    try:
        scope = enter(request, Action.EXPORT_PEOPLE)
    except NothingToShowError:
        raise Http404 from None
    year = read_year(request.GET, today=scope.today)
    book = get_hours(scope=scope, year=year, working=working_hours())
    log_look(scope, AccessLogEntry.Action.EXPORT, len(book.people), f"{HOURS} {year} {kind}")
    return answer_with(table=hours_file(scope=scope, book=book), kind=kind)
