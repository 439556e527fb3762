"""One course in one institution, asked of somebody or not: how many completed it, who."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.models import Course
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, Estamento, Institution, LegalQuality
from lms.people.policy import Action, Grant, NotAllowedError, Viewer, require, require_any
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.reports.compliance import selectors
from lms.reports.compliance.exports import HEADER, cells_of
from lms.reports.compliance.filters import STATES, Filters, read_filters
from lms.reports.files import TableFile, answer_with


@dataclass(frozen=True)
class Scope:
    """What the visitor may look at, and under which grant."""

    viewer: Viewer
    grant: Grant
    institution: Institution
    institutions: list[Institution]
    course: Course
    courses: list[Course]
    filters: Filters
    at: datetime
    cutoff: date


def _enter(request: HttpRequest, action: Action) -> Scope | None:
    """The scope, or ``None`` when there is no course or no institution with people yet.

    Raises:
        NotAllowedError: no grant for the institution asked for.
        Http404: an unknown institution or course.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=action)
    if not viewer.leads_institution:
        raise NotAllowedError(action)
    filters = read_filters(request.GET)
    institutions = list(selectors.list_institutions(viewer=viewer))
    courses = selectors.list_courses()
    if not institutions or not courses:
        return None
    institution = next((i for i in institutions if i.code == filters.institution), None)
    if filters.institution and institution is None:
        raise Http404
    institution = institution or institutions[0]
    course = next((c for c in courses if c.code == filters.course), None)
    if filters.course and course is None:
        raise Http404
    grant = require(viewer=viewer, action=action, institution_id=institution.pk)
    return Scope(
        viewer,
        grant,
        institution,
        institutions,
        course or courses[0],
        courses,
        filters,
        at,
        clock.local_date(at),
    )


@require_GET
@not_allowed_is_404
def by_course(request: HttpRequest) -> HttpResponse:
    """One institution and one course: total, by estamento, by unit, and the people."""
    scope = _enter(request, Action.SEE_PEOPLE)
    if scope is None:
        return render(request, "reports/nothing_yet.html")
    key: dict[str, Any] = {
        "institution_id": scope.institution.pk,
        "filters": scope.filters,
        "course_code": scope.course.code,
        "cutoff": scope.cutoff,
    }
    total, by_estamento, by_unit = selectors.summarise(**key)
    paginator = Paginator(selectors.people_postings(**key), selectors.PAGE_SIZE)
    page = paginator.get_page(request.GET.get("pagina"))
    people = selectors.list_people(
        postings=list(page.object_list), course_code=scope.course.code, cutoff=scope.cutoff
    )
    log_access(
        viewer=scope.viewer,
        grant=scope.grant,
        action=AccessLogEntry.Action.VIEW_LIST,
        at=scope.at,
        institution_id=scope.institution.pk,
        people_count=len(people),
        detail=scope.filters.query(q=""),
    )
    return render(
        request,
        "reports/by_course.html",
        {
            "scope": scope,
            "filters": scope.filters,
            "total": total,
            "by_estamento": by_estamento,
            "by_unit": by_unit,
            "page": page,
            "people": people,
            "units": selectors.list_units(institution_id=scope.institution.pk),
            "estamentos": Estamento.choices,
            "legal_qualities": LegalQuality.choices,
            "states": STATES,
            "query": scope.filters.query(),
        },
    )


def _log_export(scope: Scope, kind: str, count: int) -> None:
    log_access(
        viewer=scope.viewer,
        grant=scope.grant,
        action=AccessLogEntry.Action.EXPORT,
        at=scope.at,
        institution_id=scope.institution.pk,
        people_count=count,
        detail=f"{kind} {scope.filters.query(q='')}",
    )


@require_GET
@not_allowed_is_404
def export_course_people(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The people of the present view, all pages, as ``csv`` or ``xlsx``."""
    scope = _enter(request, Action.EXPORT_PEOPLE)
    if scope is None:
        raise Http404
    key: dict[str, Any] = {
        "institution_id": scope.institution.pk,
        "filters": scope.filters,
        "course_code": scope.course.code,
        "cutoff": scope.cutoff,
    }
    _log_export(scope, kind, selectors.people_postings(**key).count())
    table = TableFile(
        name=f"curso-{scope.institution.code}-{scope.course.code}-{scope.cutoff.isoformat()}",
        title=f"{scope.institution.name}: {scope.course.title}",
        day=scope.cutoff,
        header=[str(title) for title in HEADER],
        rows=(cells_of(row) for row in selectors.iterate_people(**key)),
    )
    return answer_with(table=table, kind=kind)
