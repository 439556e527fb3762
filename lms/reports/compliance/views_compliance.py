"""How an institution stands in what it asks of its people: at a glance, and person by person."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action
from lms.reports.compliance.selectors_lines import to_lines
from lms.reports.compliance.selectors_standing import (
    Figures,
    get_figures,
    get_trend,
    newly_late,
    people_rows,
    soon_expiring,
)
from lms.reports.compliance.standing_scope import NothingToShowError, StandingScope
from lms.reports.compliance.standing_screens import context_of, enter, log_look
from lms.reports.compliance.standing_words import list_bulk_actions, trend_labels, trend_rows, trend_sentence
from lms.reports.files import answer_with
from lms.reports.table_files import people_file

PAGE_SIZE = 50


@require_GET
@not_allowed_is_404
def compliance(request: HttpRequest) -> HttpResponse:
    """One institution and one requirement: rate, trend, by estamento, by unit, the late, the expiring."""
    try:
        scope = enter(request)
    except NothingToShowError:
        return render(request, "reports/nothing_yet.html")
    context = context_of(scope)
    if scope.requirement is None:
        return render(request, "reports/compliance_empty.html", context)
    figures = get_figures(scope=scope, unit_names={unit.pk: unit.name for unit in context["units"]})
    late, expiring = newly_late(scope=scope), soon_expiring(scope=scope)
    lines = to_lines(rows=[*late, *expiring], scope=scope)
    log_look(scope, AccessLogEntry.Action.VIEW_LIST, len(late) + len(expiring))
    is_whole = scope.is_today and scope.unit_ids is None and not scope.filters.is_narrowing
    context |= {
        "figures": figures,
        "total": figures.total,
        "missing": figures.missing_for(scope.requirement.target_percent),
        "late_lines": lines[: len(late)],
        "expiring_lines": lines[len(late) :],
    }
    if is_whole:
        context |= _trend_context(scope, figures)
    return render(request, "reports/compliance.html", context)


def _trend_context(scope: StandingScope, figures: Figures) -> dict[str, object]:
    trend = get_trend(scope=scope, figures=figures)
    if trend.known < 2 or scope.requirement is None:
        return {}
    return {
        "trend": trend,
        "trend_labels": trend_labels(trend),
        "trend_rows": trend_rows(trend),
        "trend_sentence": trend_sentence(trend, target=scope.requirement.target_percent),
    }


@require_GET
@not_allowed_is_404
def people(request: HttpRequest) -> HttpResponse:
    """The people of whom the requirement is asked, with what can be done for several at once."""
    try:
        scope = enter(request)
    except NothingToShowError:
        return render(request, "reports/nothing_yet.html")
    if scope.requirement is None:
        return render(request, "reports/compliance_empty.html", context_of(scope))
    page = Paginator(people_rows(scope=scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    lines = to_lines(rows=list(page.object_list), scope=scope)
    log_look(scope, AccessLogEntry.Action.VIEW_LIST, len(lines))
    actions = list_bulk_actions(viewer=scope.viewer) if scope.is_today else []
    context = context_of(scope) | {
        "page": page,
        "lines": lines,
        "actions": actions,
        "selectable": bool(actions),
    }
    return render(request, "reports/people.html", context)


@require_GET
@not_allowed_is_404
def export_people(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The people of the present filters, all pages, as ``csv`` or ``xlsx``."""
    try:
        scope = enter(request, Action.EXPORT_PEOPLE)
    except NothingToShowError:
        raise Http404 from None
    if scope.requirement is None:
        raise Http404
    log_look(scope, AccessLogEntry.Action.EXPORT, people_rows(scope=scope).count(), kind)
    return answer_with(table=people_file(scope=scope), kind=kind)
