"""The plan, one commitment, and how coverage is calculated."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from courses.languages import reading_language
from courses.selectors import list_catalogue, list_live_pages
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_plan
from lms.plan.filters import PlanFilter, read_search
from lms.plan.models import ActionPlan
from lms.plan.rules import PublishEvery, few_below
from lms.plan.rules.figures import BAND_GROUP_LIMIT, BAND_MINIMUM_GROUP
from lms.plan.selectors import (
    coverage_tables,
    find_current_plan,
    get_commitment_page,
    list_commitment_rows,
)
from lms.plan.selectors.commitments import CommitmentNotFoundError
from lms.plan.selectors.dictionary import list_files
from lms.plan.selectors.facts import list_commitment_facts, list_irm_facts, list_plan_review
from lms.plan.selectors.history import history_chart
from lms.plan.selectors.snapshots import cube_of, list_all_goal_coverage

INSTITUTIONS_PER_PAGE = 25


@login_not_required
@require_safe
def plan_home(request: HttpRequest) -> HttpResponse:
    """The plan that is current."""
    return _show_plan(request, plan=find_current_plan())


@login_not_required
@require_safe
def plan_page(request: HttpRequest, plan_code: str) -> HttpResponse:
    """One plan by its code: an address that stays when another becomes current."""
    return _show_plan(request, plan=_plan(request, plan_code))


@login_not_required
@require_safe
def current_commitment(request: HttpRequest, number: int) -> HttpResponse:
    """The address that a commitment had when there was one plan."""
    plan = find_current_plan()
    if plan is None:
        raise Http404
    return redirect("plan:commitment", plan.code, number)


def _show_plan(request: HttpRequest, *, plan: ActionPlan | None) -> HttpResponse:
    """The doors and the list of commitments."""
    rows = list_commitment_rows(plan=plan) if plan else []
    wanted = PlanFilter.read(request.GET)
    dates = [row.coverage.snapshot.cutoff_date for row in rows if row.coverage and row.coverage.snapshot]
    context = {
        "plan": plan,
        "doors": [row.door for row in rows],
        "rows": wanted.apply(rows),
        "filter": wanted,
        "tables": list(plan.tables.all()) if plan else [],
        "described": [row for row in rows if row.commitment.is_described],
        "undescribed": [row for row in rows if not row.commitment.is_described],
        "review": list_plan_review(plan=plan) if plan else [],
        "cutoff_date": max(dates, default=None),
    }
    return render(request, "plan/home.html", context)


@login_not_required
@require_safe
def commitment(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """One commitment: its sources, its coverage, what others say of it."""
    try:
        page = get_commitment_page(plan=_plan(request, plan_code), number=number)
    except CommitmentNotFoundError as error:
        raise Http404 from error
    coverage = page.row.coverage
    search = read_search(request.GET, "institucion")
    tables = None
    if page.snapshot:
        tables = coverage_tables(
            cube=cube_of(snapshot=page.snapshot), names=page.snapshot.institution_names, search=search
        )
    institutions = Paginator(tables.institutions if tables else (), INSTITUTIONS_PER_PAGE)
    codes = coverage.goal.course_codes if coverage else []
    context = {
        "page": page,
        "row": page.row,
        "commitment": page.row.commitment,
        "coverage": coverage,
        "tables": tables,
        "institutions": institutions.get_page(request.GET.get("pagina")),
        "search": search,
        "facts": list_commitment_facts(commitment=page.row.commitment),
        "irm": list_irm_facts(codings=page.codings),
        "chart": history_chart(points=page.history),
        "courses": list_catalogue(pages=list_live_pages().filter(code__in=codes), language=reading_language())
        if codes
        else [],
        "files": list_files(commitments=[], goals=list_all_goal_coverage()) if coverage else [],
    }
    return render(request, "plan/commitment.html", context)


def _plan(request: HttpRequest, code: str) -> ActionPlan:
    viewer = get_viewer(user=request.user, at=clock.now())
    try:
        return get_plan(code=code, viewer=viewer)
    except PlanNotFoundError as error:
        raise Http404 from error


@login_not_required
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How coverage is calculated and what is not published, in plain words."""
    k = settings.COVERAGE_MINIMUM_CELL
    context = {
        "k": k,
        "few": few_below(k=k),
        "band_from": BAND_MINIMUM_GROUP,
        "band_limit": BAND_GROUP_LIMIT,
        "publishes_groups": settings.COVERAGE_PUBLISH_EVERY == PublishEvery.GROUP,
        "refresh_minutes": -(-settings.COVERAGE_REFRESH_SECONDS // 60),
    }
    return render(request, "plan/method.html", context)
