"""The pages that explain the files, and the files as they are now."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from lms.plan.models import ActionPlan
from lms.plan.selectors import find_current_plan
from lms.plan.selectors.open_data import LICENCE, LICENCE_URL, coverage_tag
from lms.plan.selectors.snapshots import list_goal_coverage
from lms.publishing.selectors.datapackage import build_datapackage
from lms.publishing.selectors.files import build_file
from lms.publishing.selectors.plans import list_public_plans
from lms.publishing.selectors.releases import citation, find_latest_releases
from lms.publishing.selectors.tables import TABLES
from lms.publishing.views.sending import public_plan, send_file, with_public_headers

RELEASES_PER_PAGE = 25


@login_not_required
@require_safe
def data_home(request: HttpRequest) -> HttpResponse:
    """All public plans with their files, what the columns mean, how they may be used."""
    plans = list_public_plans()
    releases = find_latest_releases(plans=plans)
    context = {
        "plans": [_listed(plan, releases.get(plan.pk)) for plan in plans],
        "tables": TABLES.values(),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }
    return render(request, "publishing/data_home.html", context)


@login_not_required
@require_safe
def plan_data(request: HttpRequest, plan_code: str) -> HttpResponse:
    """The files of one plan and all their versions."""
    plan = public_plan(plan_code)
    latest = find_latest_releases(plans=[plan]).get(plan.pk)
    pages = Paginator(plan.data_releases.all(), RELEASES_PER_PAGE)
    context = {
        **_listed(plan, latest),
        "releases": pages.get_page(request.GET.get("pagina")),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }
    return render(request, "publishing/plan_data.html", context)


@login_not_required
@require_safe
def current_file(request: HttpRequest, table: str, suffix: str) -> HttpResponse:
    """The file of the plan that ``/plan/`` shows; without one it has no rows."""
    return _send(request, plan=find_current_plan(), table=table, suffix=suffix)


@login_not_required
@require_safe
def plan_file(request: HttpRequest, plan_code: str, table: str, suffix: str) -> HttpResponse:
    """The file of one plan, as it is now."""
    return _send(request, plan=public_plan(plan_code), table=table, suffix=suffix)


@login_not_required
@require_safe
def datapackage(request: HttpRequest, plan_code: str) -> HttpResponse:
    """The data dictionary for programs."""
    return send_file(request, file=build_datapackage(plan=public_plan(plan_code)))


def _listed(plan: ActionPlan, latest: object) -> dict[str, object]:
    """A plan with its tables and, where there is a version, the size and checksum of each file."""
    files = getattr(latest, "files", {})
    return {
        "plan": plan,
        "latest": latest,
        "citation": citation(facts=latest) if latest else "",  # type: ignore[arg-type]
        "rows": [
            {"table": table, "csv": files.get(f"{table.name}.csv"), "json": files.get(f"{table.name}.json")}
            for table in TABLES.values()
        ],
    }


def _send(request: HttpRequest, *, plan: ActionPlan | None, table: str, suffix: str) -> HttpResponse:
    tag = _cheap_tag(plan, table, suffix)
    if tag and (answer := get_conditional_response(request, etag=tag)):
        return with_public_headers(answer, tag=tag)
    return send_file(request, file=build_file(table=TABLES[table], suffix=suffix, plan=plan), tag=tag)


def _cheap_tag(plan: ActionPlan | None, table: str, suffix: str) -> str:
    """Coverage may be large: its tag comes from its dates, not from its bytes. Two queries."""
    if table != "cobertura" or plan is None:
        return ""
    goals = [(one.goal, one.snapshot) for one in list_goal_coverage(plan_id=plan.pk) if one.snapshot]
    return coverage_tag(goals=goals)
