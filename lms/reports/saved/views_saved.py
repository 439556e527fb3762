"""Saved views: the page of reports, keeping a view, opening it, sharing it, deleting it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.policy import Action, has_any, institution_ids_for, require_any
from lms.people.selectors.viewers import get_viewer
from lms.reports.compliance.standing_scope import NothingToShowError, StandingScope, enter_scope
from lms.reports.frozen.selectors_frozen import list_reports
from lms.reports.models import SavedView
from lms.reports.rules.queries import keep_filters
from lms.reports.saved.forms_saved import SavedViewForm
from lms.reports.saved.selectors_saved import find_view, list_schedules, list_views, may
from lms.reports.services.saved import (
    NameTakenError,
    ViewScheduledError,
    delete_view,
    save_view,
    share_view,
)

PAGES = {
    SavedView.Page.COMPLIANCE: "reports:compliance",
    SavedView.Page.PEOPLE: "reports:people",
    SavedView.Page.MATRIX: "reports:matrix",
    SavedView.Page.HOURS: "reports:hours",
}
REPORTS_PER_PAGE = 20
ASK = (SavedView.Page.COMPLIANCE, SavedView.Page.PEOPLE)
"""Pages on one requirement."""


@require_GET
@not_allowed_is_404
def reports(request: HttpRequest) -> HttpResponse:
    """Every way to look at the training of people, what was frozen, what was saved, what is sent."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.SEE_PEOPLE)
    sees_reports = has_any(viewer=viewer, action=Action.SEE_REPORTS)
    allowed = institution_ids_for(viewer=viewer, action=Action.SEE_REPORTS)
    context: dict[str, object] = {
        "views": list(list_views(viewer=viewer)),
        "sees_reports": sees_reports,
        "compares": allowed is None or len(allowed) > 1,
        "may_manage_reports": has_any(viewer=viewer, action=Action.MANAGE_REPORTS),
        "in_reports": True,
    }
    if sees_reports:
        page = Paginator(list_reports(viewer=viewer), REPORTS_PER_PAGE).get_page(request.GET.get("pagina"))
        context |= {"page": page, "schedules": list_schedules(viewer=viewer, at=at)}
    return render(request, "reports/reports.html", context)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def save(request: HttpRequest) -> HttpResponse:
    """The form to keep a page under a name; the address brings which one (``vista``, ``consulta``)."""
    page = request.GET.get("vista", "")
    page = page if page in SavedView.Page.values else SavedView.Page.COMPLIANCE
    scope = _scope_of(request, request.GET.get("consulta", ""))
    may_share = scope.unit_ids is None and may(
        viewer=scope.viewer, action=Action.MANAGE_REPORTS, institution_id=scope.institution.pk
    )
    form = SavedViewForm(request.POST if request.method == "POST" else None, may_share=may_share)
    query = _query_of(scope, page, request.GET.get("consulta", ""))
    if request.method == "POST" and form.is_valid():
        try:
            save_view(
                owner=request.user,  # type: ignore[arg-type]
                institution=scope.institution,
                page=page,
                name=form.cleaned_data["name"],
                query=query,
                is_shared=form.cleaned_data.get("is_shared", False),
                at=scope.at,
            )
        except NameTakenError:
            form.add_error("name", _("Ya tienes una vista con ese nombre."))
        else:
            messages.success(request, _("La vista quedó guardada."))
            return redirect("reports:reports")
    context = {
        "form": form,
        "scope": scope,
        "page_name": SavedView.Page(page).label,
        "back": f"{reverse(PAGES[SavedView.Page(page)])}?{query}",
        "in_reports": True,
    }
    return render(request, "reports/saved_form.html", context, status=400 if form.errors else 200)


def _scope_of(request: HttpRequest, query: str) -> StandingScope:
    """The scope of the page to be saved: what one may not see, one cannot save."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    data = QueryDict(keep_filters(query, fixed={}))
    try:
        return enter_scope(viewer=viewer, action=Action.SEE_PEOPLE, data=data, at=at)
    except NothingToShowError:
        raise Http404 from None


def _query_of(scope: StandingScope, page: str, query: str) -> str:
    """Institution and requirement are written out, so that the view keeps its meaning."""
    fixed = {"institucion": scope.institution.code}
    if page in ASK:
        fixed["exigencia"] = str(scope.requirement.public_id) if scope.requirement else ""
    return keep_filters(query, fixed=fixed)


@require_GET
@not_allowed_is_404
def open_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """To the page, which decides what it shows to whom."""
    view = _find(request, public_id)
    return redirect(f"{reverse(PAGES[SavedView.Page(view.page)])}?{view.query}")


@require_POST
@not_allowed_is_404
def share(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Offer the own view to others, or stop."""
    view = _own(request, public_id)
    viewer = get_viewer(user=request.user, at=clock.now())
    if not may(viewer=viewer, action=Action.MANAGE_REPORTS, institution_id=view.institution_id):
        raise Http404
    share_view(view=view, is_shared=request.POST.get("compartir") == "si")
    return redirect("reports:reports")


@require_POST
@not_allowed_is_404
def delete(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Delete the own view."""
    view = _own(request, public_id)
    try:
        delete_view(view=view)
    except ViewScheduledError:
        messages.error(request, _("Esta vista se envía por correo. Detén primero el envío."))
    else:
        messages.success(request, _("La vista quedó borrada."))
    return redirect("reports:reports")


def _find(request: HttpRequest, public_id: UUID) -> SavedView:
    viewer = get_viewer(user=request.user, at=clock.now())
    require_any(viewer=viewer, action=Action.SEE_PEOPLE)
    view = find_view(viewer=viewer, public_id=public_id)
    if view is None:
        raise Http404
    return view


def _own(request: HttpRequest, public_id: UUID) -> SavedView:
    view = _find(request, public_id)
    if view.owner_id != request.user.pk:
        raise Http404
    return view
