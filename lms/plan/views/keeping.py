"""The plan's team keeps plans: what there is to do, what a plan says, in which state it is."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import Institution
from lms.people.policy import Action, Viewer, grants_for, require_any
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_kept_plan, list_kept_plans, may_show_plan
from lms.plan.field_words import FIELD_LABELS
from lms.plan.forms_plans import PlanForm
from lms.plan.models import ActionPlan
from lms.plan.selectors.keeping import plan_desk
from lms.plan.services import (
    ChangedMeanwhileError,
    DraftPlanError,
    LocalPlanLoopError,
    PlanCodeTakenError,
    TotalTooSmallError,
    create_plan,
    edit_plan,
    make_current,
    set_plan_status,
)


@require_GET
@not_allowed_is_404
def manage(request: HttpRequest) -> HttpResponse:
    """The plans that one keeps."""
    viewer = get_viewer(user=request.user, at=clock.now())
    require_any(viewer=viewer, action=Action.EDIT_PLAN)
    return render(request, "plan/manage.html", {"plans": list_kept_plans(viewer=viewer)})


@require_GET
@not_allowed_is_404
def desk(request: HttpRequest, plan_code: str) -> HttpResponse:
    """What needs attention in a plan, and its commitments."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    context = {
        "plan": plan,
        "desk": plan_desk(plan=plan, today=clock.local_date(at)),
        "states": _next_states(plan),
        "may_show": may_show_plan(viewer=viewer, plan=plan) and not plan.is_current,
    }
    return render(request, "plan/desk.html", context)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def new_plan(request: HttpRequest) -> HttpResponse:
    """A new plan, which is a draft until its team makes it public."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.EDIT_PLAN)
    form = PlanForm(sent(request), **_choices(viewer))
    if form.is_valid():
        try:
            plan = create_plan(
                code=form.cleaned_data["code"],
                values=form.values,
                tables=form.cleaned_data["tables"],
                changed_by_id=viewer.user_id,
                at=at,
            )
        except PlanCodeTakenError:
            form.add_error("code", _("Ese código ya está en uso. Elige otro."))
        else:
            messages.success(request, _("El plan quedó como borrador: solo lo ve su equipo."))
            return redirect("plan:desk", plan.code)
    return render(request, "plan/plan_form.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def change_plan(request: HttpRequest, plan_code: str) -> HttpResponse:
    """What a plan says."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    form = PlanForm(sent(request), plan=plan, **_choices(viewer, plan))
    seen = read_seen(request, now=plan.version)
    if form.is_valid():
        try:
            is_changed = edit_plan(
                plan_id=plan.pk,
                values=form.values,
                tables=form.cleaned_data["tables"],
                changed_by_id=viewer.user_id,
                at=at,
                seen=seen,
            )
        except ChangedMeanwhileError as error:
            say_changed(form, error)
            plan.refresh_from_db(fields=["version"])
            seen = plan.version
        except LocalPlanLoopError as error:
            form.add_error(error.args[0], _("Un plan no puede depender de sí mismo, ni a través de otro."))
        except TotalTooSmallError as error:
            words = _("El plan ya tiene el compromiso %(number)d: escribe %(number)d o más.")
            form.add_error("total_commitments", words % {"number": error.args[0]})
        else:
            tell(request, is_changed, _("El plan quedó guardado. El cambio está en su historia."))
            return redirect("plan:desk", plan.code)
    context = {"form": form, "plan": plan, "seen": seen}
    return render(request, "plan/plan_form.html", context, status=400 if form.is_bound else 200)


@require_POST
@not_allowed_is_404
def change_status(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Puts a plan into another state, or makes it the one that ``/plan/`` shows."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    wanted = request.POST.get("estado", "")
    if wanted == "vigente":
        if not may_show_plan(viewer=viewer, plan=plan):
            raise Http404
        try:
            is_changed = make_current(plan_id=plan.pk, changed_by_id=viewer.user_id, at=at)
        except DraftPlanError:
            messages.error(request, _("Otra persona lo pasó a borrador: publícalo antes de mostrarlo."))
            return redirect("plan:desk", plan.code)
        tell(request, is_changed, _("La página «Plan de Acción» muestra ahora este plan."))
    elif wanted in ActionPlan.Status.values:
        is_changed = set_plan_status(plan_id=plan.pk, status=wanted, changed_by_id=viewer.user_id, at=at)
        label = ActionPlan.Status(wanted).label
        tell(request, is_changed, _("El plan está ahora en estado «%(state)s».") % {"state": label})
    else:
        raise Http404
    return redirect("plan:desk", plan.code)


def enter(request: HttpRequest, plan_code: str) -> tuple[ActionPlan, Viewer]:
    """The plan and who keeps it.

    Raises:
        NotAllowedError: somebody else keeps it.
        Http404: there is none.
    """
    viewer = get_viewer(user=request.user, at=clock.now())
    try:
        return get_kept_plan(code=plan_code, viewer=viewer), viewer
    except PlanNotFoundError as error:
        raise Http404 from error


def sent(request: HttpRequest) -> Any:
    """The body of a post, an empty one too."""
    return request.POST if request.method == "POST" else None


def tell(request: HttpRequest, is_changed: bool, text: str) -> None:
    if is_changed:
        messages.success(request, text)
    else:
        messages.info(request, _("Ya estaba así. No cambió nada."))


def read_seen(request: HttpRequest, *, now: int) -> int | None:
    """The version that the form was filled in from: ``now`` where it is filled in at this moment.

    A form that comes back with an error keeps the one that it had. ``None`` where it does not say.
    """
    if request.method != "POST":
        return now
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def say_changed(form: Form, error: ChangedMeanwhileError) -> None:
    """What was typed stays; whoever saves again has been told what the other changed."""
    labels = [str(label) for name, label in FIELD_LABELS.items() if name in error.args[0]]
    words = _(
        "Otra persona cambió esto mientras escribías (%(fields)s). Lo tuyo sigue abajo, sin guardar: mira su "
        "cambio en la historia y guarda de nuevo."
    )
    form.add_error(None, words % {"fields": ", ".join(labels) or _("otros datos")})


def _choices(viewer: Viewer, plan: ActionPlan | None = None) -> dict[str, Any]:
    """Of which institutions the viewer may make a plan, and to which plans it may be linked. Two queries.

    What ``plan`` says now stays a choice: an institution that ended, a plan that is a draft.
    """
    grants = grants_for(viewer=viewer, action=Action.EDIT_PLAN)
    everywhere = any(grant.institution_id is None for grant in grants)
    places = Institution.objects.valid_on(clock.local_date(clock.now()))
    if not everywhere:
        own = {grant.institution_id for grant in grants if grant.institution_id is not None}
        ids = own.union(*(grant.dependents for grant in grants))
        places = places.filter(pk__in=ids)
    own_place = plan.institution if plan else None
    institutions = list(places)
    if own_place and own_place not in institutions:
        institutions.append(own_place)
    return {
        "institutions": institutions,
        "plans": list(ActionPlan.objects.public()),
        "kept": [link for link in (plan.adheres_to, plan.follows) if link] if plan else [],
        "everywhere": everywhere,
    }


def _next_states(plan: ActionPlan) -> list[tuple[str, str]]:
    """The states in which the plan is not, in their usual order."""
    return [(value, str(label)) for value, label in ActionPlan.Status.choices if value != plan.status]
