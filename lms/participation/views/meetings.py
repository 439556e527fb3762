"""Meetings of the space for dialogue, as a page and as a file."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.participation.access import enter
from lms.participation.exporting import MEETING_COLUMNS, meetings_csv
from lms.participation.selectors.contributions import read_settings
from lms.participation.selectors.meetings import list_meetings, read_rhythm

PER_PAGE = 10


@login_not_required
@require_safe
def meetings(request: HttpRequest, plan_code: str) -> HttpResponse:
    """When the space met, who came by sector, what was agreed; and whether six months have passed."""
    place = enter(request=request, plan_code=plan_code)
    page = Paginator(list_meetings(plan_id=place.plan.pk), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "place": place,
        "plan": place.plan,
        "page": page,
        "lines": [
            (row, sum(found.people for found in row.attendance.all()), row.held_on > place.today)
            for row in page
        ],
        "rhythm": read_rhythm(plan_id=place.plan.pk, on=place.today),
        "space_rules": read_settings(plan=place.plan).space_rules,
        "columns": MEETING_COLUMNS,
    }
    return render(request, "participation/meetings.html", context)


@login_not_required
@require_safe
def meetings_csv_file(request: HttpRequest, plan_code: str) -> HttpResponse:
    """All of them as a table."""
    place = enter(request=request, plan_code=plan_code)
    rows = list_meetings(plan_id=place.plan.pk)
    response = HttpResponse(
        "".join(meetings_csv(rows=rows, plan_code=place.plan.code)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="reuniones-{place.plan.code}.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response
