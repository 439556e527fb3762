"""From gaps to the institution's own plan."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lms.diagnostics.access import may_plan
from lms.diagnostics.forms import NEW_PLAN, DestinationForm, ImprovementForm
from lms.diagnostics.models import Assessment
from lms.diagnostics.selectors.profiles import QuestionLine, read_profile
from lms.diagnostics.services import ChosenImprovement, LocalPlan, PlanNotOpenError, make_local_plan
from lms.diagnostics.services.planning import list_open_plans
from lms.diagnostics.views.doors import Desk, enter
from lms.plan.models import ActionPlan
from lms.ui.spelling import spell_date


@require_http_methods(["GET", "POST"])
def local_plan(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Which improvements become milestones, by when and of whom; what was made before stays."""
    here = enter(request, code=code, public_id=public_id)
    if not may_plan(viewer=here.viewer, institution_id=here.assessment.institution_id):
        raise Http404
    if here.assessment.is_draft:
        return redirect("diagnostics:draft", code, public_id)
    gaps = read_profile(assessment=here.assessment).gaps
    data = request.POST if request.method == "POST" else None
    items = [
        (line, ImprovementForm(data, entry=line.entry, today=here.today))
        for line in gaps
        if not line.milestone
    ]
    plans = list_open_plans(institution_id=here.assessment.institution_id)
    destination = DestinationForm(data, plans=plans, initial=_begin(here.assessment, gaps, plans))
    nothing = ""
    if data is not None:
        are_valid = [form.is_valid() for _line, form in items]
        chosen = [one for _line, form in items if form.is_valid() and (one := form.improvement)]
        if all(are_valid) and not chosen:
            nothing = _nothing_chosen(request, items)
            if not nothing:
                return redirect("diagnostics:profile", code, public_id)
        elif all(are_valid) and destination.is_valid():
            return _make(request, here, chosen, destination)
    context = {
        "assessment": here.assessment,
        "questionnaire": here.assessment.questionnaire,
        "items": items,
        "planned": [line for line in gaps if line.milestone],
        "destination": destination,
        "nothing": nothing,
        "has_errors": data is not None,
    }
    return render(request, "diagnostics/local_plan.html", context, status=200 if data is None else 400)


def _nothing_chosen(request: HttpRequest, items: list[tuple[QuestionLine, ImprovementForm]]) -> str:
    """Words for who chose nothing; none for who sent again what is already made."""
    asked = any(name.endswith("-chosen") for name in request.POST)
    if asked or not items:
        messages.info(request, _("Esas mejoras ya son hitos del plan. No se hizo nada dos veces."))
        return ""
    return _("Elige al menos una mejora.")


def _make(
    request: HttpRequest, here: Desk, chosen: list[ChosenImprovement], form: DestinationForm
) -> HttpResponse:
    code, public_id = here.assessment.questionnaire.code, here.assessment.public_id
    try:
        made = make_local_plan(
            assessment_id=here.assessment.pk,
            chosen=chosen,
            destination=form.destination,
            words=_words(here.assessment),
            changed_by_id=here.viewer.user_id,
            at=here.at,
        )
    except PlanNotOpenError:
        messages.error(request, _("Ese plan ya no está en borrador. Elige otro."))
        return redirect("diagnostics:local_plan", code, public_id)
    if made is None:
        messages.info(request, _("Esas mejoras ya son hitos del plan. No se hizo nada dos veces."))
        return redirect("diagnostics:profile", code, public_id)
    _tell_made(request, made)
    return redirect("plan:plan", made.plan.code)


def _tell_made(request: HttpRequest, made: LocalPlan) -> None:
    count = len(made.made)
    text = ngettext(
        "«%(title)s» tiene %(count)s hito nuevo. Es un borrador: solo lo ve tu equipo.",
        "«%(title)s» tiene %(count)s hitos nuevos. Es un borrador: solo lo ve tu equipo.",
        count,
    )
    messages.success(request, text % {"title": made.plan.title, "count": count})


def _words(assessment: Assessment) -> str:
    """Where the commitments come from."""
    return _("A partir del diagnóstico «%(title)s» (versión %(version)s), con datos al %(day)s.") % {
        "title": assessment.release.file.title,
        "version": assessment.release.version,
        "day": spell_date(value=assessment.as_of),
    }


def _begin(assessment: Assessment, gaps: list[QuestionLine], plans: list[ActionPlan]) -> dict[str, object]:
    """The plan made from this assessment before, where it is still a draft; else a new one with a title."""
    made = {line.milestone.commitment.plan_id for line in gaps if line.milestone}
    before = next((str(plan.pk) for plan in plans if plan.pk in made), NEW_PLAN)
    title = _("Plan local de %(place)s: %(title)s") % {
        "place": assessment.institution.name,
        "title": assessment.release.file.title,
    }
    return {"plan": before, "title": title[:200]}
