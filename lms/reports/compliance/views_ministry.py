"""A ministry and its services: how each institution stands in one requirement."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action, require_any
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.reports.compliance.ministry_words import comparison_file
from lms.reports.compliance.selectors_ministry import (
    compare_institutions,
    list_reachable,
    list_shared_requirements,
)
from lms.reports.compliance.standing_filters import read_standing_filters
from lms.reports.files import answer_with
from lms.reports.rules.small_groups import FEWEST

PAGE_SIZE = 100
MINISTRY = "instituciones"


@require_GET
@not_allowed_is_404
def institutions(request: HttpRequest) -> HttpResponse:
    """One row for each institution within the viewer's grants. Nobody is named."""
    context = _read(request)
    if context["comparison"]:
        context["page"] = Paginator(context["comparison"].rows, PAGE_SIZE).get_page(request.GET.get("pagina"))  # type: ignore[attr-defined]
    return render(request, "reports/by_institution.html", context)


@require_GET
@not_allowed_is_404
def export_institutions(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same rows as a file; what is hidden on the page is hidden here."""
    context = _read(request, kind)
    if not context["comparison"]:
        raise Http404
    table = comparison_file(context["comparison"], requirement=context["requirement"], day=context["day"])  # type: ignore[arg-type]
    return answer_with(table=table, kind=kind)


def _read(request: HttpRequest, kind: str = "") -> dict[str, object]:
    """What the page tells; the look is written down. At most six queries and one write.

    Raises:
        NotAllowedError: no such role.
        Http404: the grants reach a single institution, or the requirement is not one of them.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    grant = require_any(viewer=viewer, action=Action.SEE_REPORTS)
    reachable = list_reachable(viewer=viewer)
    if len(reachable) < 2:
        raise Http404
    today = clock.local_date(at)
    filters = read_standing_filters(request.GET, today=today)
    requirements = list_shared_requirements(institutions=reachable)
    chosen = [one for one in requirements if str(one.public_id) == filters.requirement]
    if filters.requirement and not chosen:
        raise Http404
    requirement = next(iter(chosen or requirements), None)
    day = filters.day or today
    comparison = requirement and compare_institutions(
        requirement=requirement, institutions=reachable, day=day, today=today
    )
    log_access(
        viewer=viewer,
        grant=grant,
        action=AccessLogEntry.Action.EXPORT if kind else AccessLogEntry.Action.VIEW_LIST,
        at=at,
        institution_id=grant.institution_id,
        detail=f"{MINISTRY} {kind} {filters.query()}",
    )
    return {
        "comparison": comparison,
        "requirement": requirement,
        "requirements": requirements,
        "filters": filters,
        "day": day,
        "today": today,
        "is_today": day == today,
        "fewest": FEWEST,
        "query": filters.query(),
        "in_reports": True,
    }
