"""Sealed coverage: the list, one seal with its files, and the button of the plan's team."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.lib import clock
from lms.people.policy import NotAllowedError
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_kept_plan, get_plan, keeps_plan
from lms.plan.forms_seals import SealForm
from lms.plan.models import ActionPlan, SealedSnapshot
from lms.plan.selectors.open_data import LICENCE, LICENCE_URL, DataFile
from lms.plan.selectors.seals import SealNotFoundError, get_seal, list_seals, read_seal, seal_csv, seal_json
from lms.plan.services import MonthEndTodayError, NothingToSealError, SealedAlreadyError, seal_now
from lms.ui.spelling import spell_date

SEALS_PER_PAGE = 24
CACHE_SECONDS = 3600


@login_not_required
@require_safe
def seals(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Every day that was sealed."""
    viewer = get_viewer(user=request.user, at=clock.now())
    plan = _plan(request, plan_code)
    pages = Paginator(list_seals(plan=plan), SEALS_PER_PAGE)
    context = {
        "plan": plan,
        "page": pages.get_page(request.GET.get("pagina")),
        "is_kept": keeps_plan(viewer=viewer, plan=plan),
    }
    return render(request, "plan/seals.html", context)


@login_not_required
@require_safe
def seal(request: HttpRequest, plan_code: str, day: str) -> HttpResponse:
    """What was published for one day, as it was."""
    plan = _plan(request, plan_code)
    context = {"plan": plan, "page": read_seal(seal=_seal(plan, day)), "licence": LICENCE, "url": LICENCE_URL}
    return render(request, "plan/seal.html", context)


@login_not_required
@require_safe
def sealed_json(request: HttpRequest, plan_code: str, day: str) -> HttpResponse:
    """The content to the byte, and its seal."""
    plan = _plan(request, plan_code)
    row = _seal(plan, day)
    return _send(request, plan=plan, row=row, file=seal_json(seal=row))


@login_not_required
@require_safe
def sealed_csv(request: HttpRequest, plan_code: str, day: str) -> HttpResponse:
    """The sealed figures as a table."""
    plan = _plan(request, plan_code)
    row = _seal(plan, day)
    return _send(request, plan=plan, row=row, file=seal_csv(seal=row))


@require_http_methods(["GET", "POST"])
def seal_coverage(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Asks why, then seals what is published."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    try:
        plan = get_kept_plan(code=plan_code, viewer=viewer)
    except (PlanNotFoundError, NotAllowedError):
        raise Http404 from None
    form = SealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            row = seal_now(plan_id=plan.pk, reason=reason, sealed_by_id=viewer.user_id, at=at)
        except (NothingToSealError, SealedAlreadyError, MonthEndTodayError) as error:
            form.add_error(None, _refusal(error))
        else:
            messages.success(request, _("La cobertura quedó sellada. Esta dirección no cambiará."))
            return redirect("plan:seal", plan.code, row.cutoff_date.isoformat())
    context = {"plan": plan, "form": form}
    return render(request, "plan/seal_form.html", context, status=400 if form.is_bound else 200)


def _refusal(error: Exception) -> str:
    if isinstance(error, SealedAlreadyError):
        day = spell_date(value=error.args[0])
        return _("La cobertura al %(day)s ya está sellada, y un sello no se repite.") % {"day": day}
    if isinstance(error, MonthEndTodayError):
        return _("Hoy termina el mes: esta noche se sella solo, con el día completo.")
    return _("Todavía no hay cifras publicadas de todas las metas. Prueba de nuevo en unos minutos.")


def _plan(request: HttpRequest, code: str) -> ActionPlan:
    viewer = get_viewer(user=request.user, at=clock.now())
    try:
        return get_plan(code=code, viewer=viewer)
    except PlanNotFoundError as error:
        raise Http404 from error


def _seal(plan: ActionPlan, day: str) -> SealedSnapshot:
    try:
        found = date.fromisoformat(day)
        if found.isoformat() != day:
            raise Http404
        return get_seal(plan=plan, day=found)
    except (ValueError, SealNotFoundError) as error:
        raise Http404 from error


def _send(request: HttpRequest, *, plan: ActionPlan, row: SealedSnapshot, file: DataFile) -> HttpResponse:
    """It never changes: its seal is its tag. Of a draft no cache keeps it."""
    tag = f'"{row.sha256[:32]}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        disposition = f'attachment; filename="{file.name}"'
        headers = {"Content-Disposition": disposition}
        answer = HttpResponse(file.body, content_type=file.content_type, headers=headers)
    answer.headers["ETag"] = tag
    kept = f"public, max-age={CACHE_SECONDS}"
    answer.headers["Cache-Control"] = kept if plan.is_public else "private, no-store"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
