"""The keepers of a plan write what its indicators say."""

from collections.abc import Collection
from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.indicators.access import keep_indicator, keep_plan
from lms.indicators.forms import IndicatorForm
from lms.indicators.models import Indicator
from lms.indicators.rules.definitions import MEASURE
from lms.indicators.selectors.changes import list_changes
from lms.indicators.selectors.indicators import group_by_commitment, list_kept_indicators
from lms.indicators.selectors.revisions import find_base
from lms.indicators.services.indicators import create_indicator, edit_indicator, set_indicator_active
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer


@require_GET
def manage(request: HttpRequest, plan_code: str) -> HttpResponse:
    """The indicators of a plan with what can be done with each."""
    plan = keep_plan(plan_code, get_viewer(user=request.user, at=clock.now()))
    lines = list_kept_indicators(plan=plan)
    context = {"plan": plan, "groups": group_by_commitment(lines)}
    return render(request, "indicators/manage.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, plan_code: str) -> HttpResponse:
    """A new indicator of a commitment."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    plan = keep_plan(plan_code, viewer)
    wanted = request.GET.get("compromiso", "")
    chosen = plan.commitments.filter(number=int(wanted)).first() if _is_number(wanted) else None
    form = IndicatorForm(sent(request), commitments=plan.commitments.all(), commitment=chosen)
    if form.is_valid():
        indicator = create_indicator(
            commitment_id=form.cleaned_data["commitment"].pk,
            values=form.values,
            changed_by_id=viewer.user_id,
            at=at,
        )
        messages.success(
            request, _("«%(title)s» quedó creado. Ahora carga sus datos.") % {"title": indicator.title}
        )
        return redirect("indicators:upload", plan.code, indicator.code)
    context = {"form": form, "plan": plan}
    return render(request, "indicators/form.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, plan_code: str, code: str) -> HttpResponse:
    """What an indicator says, and the history of that."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    indicator = keep_indicator(plan_code, code, viewer)
    form = IndicatorForm(sent(request), commitments=(), indicator=indicator)
    if form.is_valid():
        changed = edit_indicator(
            indicator_id=indicator.pk, values=asdict(form.values), changed_by_id=viewer.user_id, at=at
        )
        words = {"title": form.values.title}
        if changed:
            messages.success(request, _("«%(title)s» quedó guardado.") % words)
            _say_redefined(request, changed, indicator)
        else:
            messages.info(request, _("«%(title)s» ya estaba así. No cambió nada.") % words)
        return redirect("indicators:edit", plan_code, code)
    context = {
        "form": form,
        "plan": indicator.plan,
        "indicator": indicator,
        "changes": list_changes(indicator=indicator),
    }
    return render(request, "indicators/form.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def set_active(request: HttpRequest, plan_code: str, code: str, is_active: bool) -> HttpResponse:
    """Asks once, then retires the indicator or puts it back; a second post changes nothing."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    indicator = keep_indicator(plan_code, code, viewer)
    if request.method != "POST":
        context = {"indicator": indicator, "plan": indicator.plan, "is_active": is_active}
        return render(request, "indicators/active.html", context)
    set_indicator_active(indicator_id=indicator.pk, is_active=is_active, changed_by_id=viewer.user_id, at=at)
    words = {"title": indicator.title}
    if is_active:
        messages.success(request, _("«%(title)s» está de nuevo en las listas del plan.") % words)
    else:
        messages.success(request, _("«%(title)s» ya no aparece en las listas del plan.") % words)
    return redirect("indicators:manage", plan_code)


def _say_redefined(request: HttpRequest, changed: Collection[str], indicator: Indicator) -> None:
    """That the data do not follow what is measured now, until they are uploaded again."""
    if set(changed) & set(MEASURE) and (base := find_base(indicator=indicator)):
        words = _(
            "Los datos siguen con la definición de la revisión %(number)s. Cárgalos otra vez para que sigan "
            "la nueva."
        )
        messages.warning(request, words % {"number": base.number})


def sent(request: HttpRequest) -> QueryDict | None:
    """The body of a post, an empty one too."""
    return request.POST if request.method == "POST" else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3
