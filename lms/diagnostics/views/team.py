"""Who keeps the country's plan sees which institutions answered, never what."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.diagnostics.access import is_plan_team
from lms.diagnostics.selectors.assessments import list_participation
from lms.diagnostics.views.doors import find
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer

INSTITUTIONS_PER_PAGE = 50


@require_safe
def participation(request: HttpRequest, code: str) -> HttpResponse:
    """Institutions that finished, how often and when last."""
    if not is_plan_team(viewer=get_viewer(user=request.user, at=clock.now())):
        raise Http404
    found, _release = find(code)
    rows = list_participation(questionnaire=found)
    page = Paginator(rows, INSTITUTIONS_PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "diagnostics/participation.html", {"questionnaire": found, "page": page})
