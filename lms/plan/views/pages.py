"""The plan, one commitment, and how coverage is calculated."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from courses.languages import reading_language
from courses.selectors import list_catalogue, list_live_pages
from lms.lib import clock
from lms.people.policy import Viewer
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_plan, keeps_plan
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
from lms.plan.selectors.commitments import (
    CommitmentNotFoundError,
    CommitmentRow,
    list_other_plans,
)
from lms.plan.selectors.facts import list_commitment_facts, list_irm_facts, list_plan_review
from lms.plan.selectors.goals import population_lines
from lms.plan.selectors.history import history_chart
from lms.plan.selectors.progress import (
    MilestoneRow,
    count_milestones,
    freshness_of,
    list_milestones,
    list_plan_milestones,
    list_public_updates,
    plan_freshness,
)
from lms.plan.selectors.snapshots import cube_of
from lms.plan.selectors.unknown import count_aside, list_unknown

INSTITUTIONS_PER_PAGE = 25


@login_not_required
@require_safe
def plan_home(request: HttpRequest) -> HttpResponse:
    """The plan that is current."""
    viewer = get_viewer(user=request.user, at=clock.now())
    return _show_plan(request, plan=find_current_plan(), viewer=viewer)


@login_not_required
@require_safe
def plan_page(request: HttpRequest, plan_code: str) -> HttpResponse:
    """One plan by its code: an address that stays when another becomes current."""
    viewer = get_viewer(user=request.user, at=clock.now())
    return _show_plan(request, plan=public_plan(request, plan_code), viewer=viewer)


@login_not_required
@require_safe
def current_commitment(request: HttpRequest, number: int) -> HttpResponse:
    """The address that a commitment had when there was one plan."""
    plan = find_current_plan()
    if plan is None:
        raise Http404
    return redirect("plan:commitment", plan.code, number)


def _show_plan(request: HttpRequest, *, plan: ActionPlan | None, viewer: Viewer) -> HttpResponse:
    """The doors and the list of commitments."""
    today = clock.local_date(clock.now())
    milestones = list_plan_milestones(plan=plan, today=today) if plan else []
    rows = _with_milestones(list_commitment_rows(plan=plan) if plan else [], milestones)
    commitments = [row.commitment for row in rows]
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
        "counts": count_milestones(rows=milestones),
        "freshness": plan_freshness(plan=plan, commitments=commitments, today=today) if plan else None,
        "others": list_other_plans(plan=plan),
        "tables_are_linked": any(commitment.table_id for commitment in commitments),
        "keeps": plan is not None and keeps_plan(viewer=viewer, plan=plan),
        "cutoff_date": max(dates, default=None),
    }
    return render(request, "plan/home.html", context)


def _with_milestones(
    rows: Sequence[CommitmentRow], milestones: Sequence[MilestoneRow]
) -> list[CommitmentRow]:
    by_commitment: dict[int, list[MilestoneRow]] = {}
    for found in milestones:
        by_commitment.setdefault(found.milestone.commitment_id, []).append(found)
    return [
        replace(row, milestones=count_milestones(rows=by_commitment.get(row.commitment.pk, ())))
        for row in rows
    ]


@login_not_required
@require_safe
def commitment(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """One commitment: its sources, its coverage, what others say of it."""
    try:
        page = get_commitment_page(
            plan=public_plan(request, plan_code), number=number, goal_code=request.GET.get("meta", "")
        )
    except CommitmentNotFoundError as error:
        raise Http404 from error
    coverage = page.row.coverage
    today = clock.local_date(clock.now())
    subject = page.row.commitment
    rows = list_milestones(commitments=[subject], today=today).get(subject.pk, [])
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
        "commitment": subject,
        "milestones": rows,
        "counts": count_milestones(rows=rows),
        "freshness": freshness_of(commitment=subject, plan=page.plan, today=today),
        "updates": list_public_updates(commitment=subject),
        "related": page.related,
        "coverage": coverage,
        "tables": tables,
        "institutions": institutions.get_page(request.GET.get("pagina")),
        "search": search,
        "every_url": page.row.url + (f"?meta={page.row.goal_code}#t-ci" if page.goal_rows else ""),
        "facts": list_commitment_facts(commitment=subject),
        "irm": list_irm_facts(codings=page.codings),
        "unknown": list_unknown(
            commitment=subject,
            milestones=[(found.milestone.label, found.shown) for found in rows],
            coverage=page.goals,
            codings=page.codings,
            aside=count_aside(coverage=page.goals),
        ),
        "population": population_lines(goal=coverage.goal) if coverage else [],
        "chart": history_chart(points=page.history),
        "courses": list_catalogue(pages=list_live_pages().filter(code__in=codes), language=reading_language())
        if codes
        else [],
    }
    return render(request, "plan/commitment.html", context)


def public_plan(request: HttpRequest, code: str) -> ActionPlan:
    """A plan that the visitor may read.

    Raises:
        Http404: there is none for them.
    """
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
