"""What everybody sees of the progress: milestones, those replanned, the calendar, evidence, the history."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lms.lib import clock
from lms.plan.calendar import plan_calendar
from lms.plan.models import ActionPlan, Commitment, Replanning
from lms.plan.selectors.changes import (
    VersionNotFoundError,
    compare_versions,
    describe_changes,
    find_commitment,
    get_version,
    own_changes,
    plan_changes,
)
from lms.plan.selectors.progress import count_milestones, list_plan_milestones, public_evidence
from lms.plan.views.evidence_files import send_file
from lms.plan.views.pages import public_plan

CHANGES_PER_PAGE = 25
MILESTONES_PER_PAGE = 50
KINDS = ("", "atrasados", "reprogramados", "sin-evidencia", "completos")
FILTER_WORDS = (_("Todos"), _("Atrasados"), _("Reprogramados"), _("Sin evidencia"), _("Completos"))


@login_not_required
@require_safe
def milestones(request: HttpRequest, plan_code: str) -> HttpResponse:
    """All milestones of a plan, or those late, replanned, without evidence or complete."""
    plan = public_plan(request, plan_code)
    rows = list_plan_milestones(plan=plan, today=clock.local_date(clock.now()))
    wanted = request.GET.get("ver", "")
    chosen = {
        "atrasados": [row for row in rows if row.is_late],
        "reprogramados": [row for row in rows if row.replannings],
        "sin-evidencia": [row for row in rows if row.shown == "no_evidence"],
        "completos": [row for row in rows if row.shown == "complete"],
    }.get(wanted, rows)
    context = {
        "plan": plan,
        "counts": count_milestones(rows=rows),
        "rows": Paginator(chosen, MILESTONES_PER_PAGE).get_page(request.GET.get("pagina")),
        "wanted": wanted if wanted in KINDS else "",
        "filters": list(zip(KINDS, FILTER_WORDS, strict=True)),
    }
    return render(request, "plan/milestones.html", context)


@login_not_required
@require_safe
def replanned(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Every replanning of a plan with its reason, latest first."""
    plan = public_plan(request, plan_code)
    found = Replanning.objects.filter(milestone__commitment__plan=plan)
    found = found.select_related("milestone__commitment")
    page = Paginator(found, MILESTONES_PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "plan/replanned.html", {"plan": plan, "rows": page})


@login_not_required
@require_safe
def calendar(request: HttpRequest, plan_code: str) -> HttpResponse:
    """The two updates a year: done, late, missed, due."""
    plan = public_plan(request, plan_code)
    today = clock.local_date(clock.now())
    return render(request, "plan/calendar.html", {"plan": plan, **plan_calendar(plan=plan, today=today)})


@login_not_required
@require_safe
def evidence_file(request: HttpRequest, plan_code: str, evidence_id: int) -> HttpResponse:
    """A file of public evidence, always as an attachment: nothing of it runs on our pages."""
    plan = public_plan(request, plan_code)
    found = (
        public_evidence().filter(milestone__commitment__plan=plan, pk=evidence_id).exclude(sha256="").first()
    )
    if found is None:
        raise Http404
    return send_file(found)


@login_not_required
@require_safe
def history(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Every change of a plan and of what is in it, latest first."""
    plan = public_plan(request, plan_code)
    page = Paginator(plan_changes(plan=plan), CHANGES_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {"plan": plan, "page": page, "lines": describe_changes(changes=page.object_list)}
    return render(request, "plan/history.html", context)


@login_not_required
@require_safe
def plan_versions(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Every change of what the plan itself says; compares as :func:`commitment_history` does."""
    return _show_versions(request, public_plan(request, plan_code))


@login_not_required
@require_safe
def commitment_history(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """Every change of a commitment; with ``?desde`` and ``?hasta``, what two versions say differently."""
    plan = public_plan(request, plan_code)
    return _show_versions(request, plan, public_commitment(plan, number))


@login_not_required
@require_safe
def plan_version(request: HttpRequest, plan_code: str, version_number: int) -> HttpResponse:
    """The plan itself as one of its versions says; the address stays."""
    return _show_version(request, public_plan(request, plan_code), None, version_number)


@login_not_required
@require_safe
def version(request: HttpRequest, plan_code: str, number: int, version_number: int) -> HttpResponse:
    """A commitment as one of its versions says; the address stays."""
    plan = public_plan(request, plan_code)
    return _show_version(request, plan, public_commitment(plan, number), version_number)


def _show_versions(
    request: HttpRequest, plan: ActionPlan, commitment: Commitment | None = None
) -> HttpResponse:
    changes = own_changes(plan=plan, commitment=commitment)
    page = Paginator(changes, CHANGES_PER_PAGE).get_page(request.GET.get("pagina"))
    first, second = _version(request, "desde"), _version(request, "hasta")
    differences = None
    if first and second:
        try:
            differences = compare_versions(plan=plan, commitment=commitment, first=first, second=second)
        except VersionNotFoundError:
            raise Http404 from None
    context = {
        "plan": plan,
        "commitment": commitment,
        "latest": (commitment or plan).version,
        "page": page,
        "lines": describe_changes(changes=page.object_list),
        "first": first,
        "second": second,
        "differences": differences,
    }
    return render(request, "plan/versions.html", context)


def _show_version(
    request: HttpRequest, plan: ActionPlan, commitment: Commitment | None, number: int
) -> HttpResponse:
    try:
        found = get_version(plan=plan, commitment=commitment, number=number)
    except VersionNotFoundError:
        raise Http404 from None
    context = {"plan": plan, "commitment": commitment, "version": found}
    return render(request, "plan/version.html", context)


def public_commitment(plan: ActionPlan, number: int) -> Commitment:
    found = find_commitment(plan=plan, number=number)
    if found is None:
        raise Http404
    return found


def _version(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
