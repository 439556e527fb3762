"""The desk of those who keep a plan: what waits, what was reported, what nobody answered."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.participation.access import Place, enter_desk
from lms.participation.forms_desk import DecisionForm, SettingsForm
from lms.participation.lines import contribution_lines
from lms.participation.rules.moderation import Act, possible_acts
from lms.participation.selectors.contributions import (
    find_contribution,
    list_actions,
    list_all_consultations,
    read_settings,
)
from lms.participation.selectors.desk import Case, DeskList, count_desk, list_desk, read_case
from lms.participation.selectors.meetings import list_all_meetings
from lms.participation.services.moderating import NotPossibleError, decide
from lms.participation.services.settings import change_settings

PER_PAGE = 20


@require_GET
def desk(request: HttpRequest, plan_code: str) -> HttpResponse:
    """One list at a time, the oldest first; consultations and meetings beside it."""
    place = enter_desk(request=request, plan_code=plan_code)
    wanted = request.GET.get("lista", "")
    which = DeskList(wanted) if wanted in set(DeskList) else DeskList.UNANSWERED
    rows = list_desk(plan_id=place.plan.pk, which=which)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    counts = count_desk(plan_id=place.plan.pk, at=place.at)
    context = {
        "plan": place.plan,
        "page": page,
        "lines": contribution_lines(
            rows=page, plan_code=place.plan.code, at=place.at, may_answer=True, shows_words=True
        ),
        "counts": counts,
        "tabs": [
            (DeskList.UNANSWERED.value, _("Sin respuesta"), counts.unanswered),
            (DeskList.WAITING.value, _("Por revisar"), counts.waiting),
            (DeskList.REPORTED.value, _("Con avisos"), counts.reported),
        ],
        "which": which.value,
        "consultations": list_all_consultations(plan_id=place.plan.pk)[:20],
        "meetings": list_all_meetings(plan_id=place.plan.pk)[:20],
    }
    return render(request, "participation/desk.html", context)


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Whether comments are taken and reviewed first, and the rules of the space for dialogue."""
    place = enter_desk(request=request, plan_code=plan_code)
    sent = request.POST if request.method == "POST" else None
    form = SettingsForm(sent, settings=read_settings(plan=place.plan))
    if form.is_valid():
        change_settings(plan_id=place.plan.pk, **form.cleaned_data)
        messages.success(request, _("Guardamos los ajustes."))
        return redirect("participation:desk", plan_code=plan_code)
    context = {"plan": place.plan, "form": form}
    return render(request, "participation/settings.html", context, status=400 if form.is_bound else 200)


@require_GET
def log(request: HttpRequest, plan_code: str) -> HttpResponse:
    """What those who moderate did, newest first."""
    place = enter_desk(request=request, plan_code=plan_code)
    page = Paginator(list_actions(plan_id=place.plan.pk), 50).get_page(request.GET.get("pagina"))
    return render(request, "participation/log.html", {"plan": place.plan, "page": page})


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, plan_code: str, public_id: UUID) -> HttpResponse:
    """A contribution with its earlier words and what was reported of it; a POST decides."""
    place = enter_desk(request=request, plan_code=plan_code)
    row = find_contribution(public_id=public_id)
    if row is None or row.plan_id != place.plan.pk:
        raise Http404
    case = read_case(row=row)
    acts = possible_acts(state=row.state, has_words=bool(row.text), is_reported=bool(case.reports))
    if request.method == "POST" and not acts:
        messages.error(request, _("Ya no hay nada que decidir sobre este texto. No cambió nada."))
        return redirect("participation:review", plan_code=plan_code, public_id=public_id)
    data = request.POST.copy() if request.method == "POST" else None
    form = DecisionForm(data, acts=acts, seen=len(case.edits))
    if form.is_valid() and _decide(request, place, case, form):
        return redirect("participation:desk", plan_code=plan_code)
    context = {
        "plan": place.plan,
        "case": case,
        "row": row,
        "line": contribution_lines(
            rows=[row], plan_code=place.plan.code, at=place.at, may_answer=True, shows_words=True
        )[0],
        "form": form,
        "can_decide": bool(acts),
    }
    return render(request, "participation/review.html", context, status=400 if form.is_bound else 200)


def _decide(request: HttpRequest, place: Place, case: Case, form: DecisionForm) -> bool:
    """True when done; else what is wrong stands in the form."""
    try:
        decide(
            contribution_id=case.row.pk,
            act=Act(form.cleaned_data["act"]),
            reason=form.reason_chosen,
            note=form.cleaned_data["note"],
            seen=form.cleaned_data["seen"],
            by_id=place.viewer.user_id,
            at=place.at,
        )
    except NotPossibleError:
        form.data["seen"] = str(len(case.edits))  # type: ignore[index]  # of the words that are shown now
        form.add_error(None, _("El texto cambió mientras lo leías. Léelo de nuevo y decide."))
        return False
    messages.success(request, _("Listo. Tu decisión quedó anotada."))
    return True
