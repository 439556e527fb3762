"""The plan's team keeps the training goals of the commitments."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.policy import Viewer
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import keeps_plan
from lms.plan.forms import GoalForm
from lms.plan.models import TrainingGoal
from lms.plan.selectors.goals import (
    GoalNotFoundError,
    get_commitment,
    get_goal,
    list_changes,
    list_course_choices,
)
from lms.plan.services import ChangedMeanwhileError, SavedGoal, create_goal, edit_goal, set_goal_active
from lms.plan.views.keeping import enter, read_seen, say_changed, sent


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def create(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """A new goal of a commitment."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    try:
        commitment = get_commitment(plan=plan, number=number)
    except GoalNotFoundError as error:
        raise Http404 from error
    form = GoalForm(sent(request), courses=list_course_choices())
    if form.is_valid():
        saved = create_goal(
            commitment_id=commitment.pk, values=form.values, changed_by_id=viewer.user_id, at=at
        )
        _tell(request, saved)
        return redirect("plan:goal", goal_id=saved.goal.pk)
    context = {"form": form, "commitment": commitment}
    return render(request, "plan/goal_form.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, goal_id: int) -> HttpResponse:
    """A goal with its history."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    goal = _goal(goal_id, viewer)
    form = GoalForm(sent(request), courses=list_course_choices(kept=goal.course_codes), goal=goal)
    seen = read_seen(request, now=goal.commitment.version)
    if form.is_valid():
        try:
            saved = edit_goal(
                goal_id=goal.pk,
                values=form.values,
                changed_by_id=viewer.user_id,
                at=at,
                seen=seen,
            )
        except ChangedMeanwhileError as error:
            say_changed(form, error)
            goal.commitment.refresh_from_db(fields=["version"])
            seen = goal.commitment.version
        else:
            _tell(request, saved)
            return redirect("plan:goal", goal_id=goal.pk)
    context = {
        "form": form,
        "commitment": goal.commitment,
        "goal": goal,
        "seen": seen,
        "changes": list_changes(goal=goal),
    }
    return render(request, "plan/goal_form.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def set_active(request: HttpRequest, goal_id: int, is_active: bool) -> HttpResponse:
    """Asks once, then retires the goal or puts it back; a second post changes nothing."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    goal = _goal(goal_id, viewer)
    if request.method != "POST":
        return render(request, "plan/goal_active.html", {"goal": goal, "is_active": is_active})
    _tell(
        request,
        set_goal_active(goal_id=goal.pk, is_active=is_active, changed_by_id=viewer.user_id, at=at),
    )
    commitment = goal.commitment
    return redirect("plan:kept_commitment", commitment.plan.code, commitment.number)


def _goal(goal_id: int, viewer: Viewer) -> TrainingGoal:
    """A goal of a plan that the viewer keeps; for anybody else the page does not exist."""
    try:
        goal = get_goal(goal_id=goal_id)
    except GoalNotFoundError as error:
        raise Http404 from error
    if not keeps_plan(viewer=viewer, plan=goal.commitment.plan):
        raise Http404
    return goal


def _tell(request: HttpRequest, saved: SavedGoal) -> None:
    words = {"title": saved.goal.title}
    if not saved.is_changed:
        messages.info(request, _("«%(title)s» ya estaba así. No cambió nada.") % words)
    elif not saved.goal.is_active:
        messages.success(request, _("«%(title)s» ya no aparece en las páginas públicas.") % words)
    elif saved.is_counted:
        messages.success(request, _("«%(title)s» quedó guardada. La página ya muestra su cobertura.") % words)
    else:
        text = _(
            "«%(title)s» quedó guardada. Hay muchas personas que contar: su cobertura aparece en la "
            "próxima actualización, en unos minutos."
        )
        messages.success(request, text % words)
