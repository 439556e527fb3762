"""Those responsible report progress: on a screen or by sheet, saved as often as they like, sent once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.policy import Action, NotAllowedError, Viewer
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_plan
from lms.plan.forms_updates import NoteForm, UpdateForm
from lms.plan.models import Commitment, ProgressUpdate
from lms.plan.selectors.changes import find_commitment
from lms.plan.selectors.reporting import (
    DraftLine,
    find_approval,
    find_open_updates,
    list_draft_lines,
    list_reported,
    may_write,
    present_period,
)
from lms.plan.services import (
    NothingReportedError,
    ReplanningDateError,
    ReplanningReasonError,
    UpdateChangedError,
    UpdateStateError,
    open_update,
    save_update,
    submit_update,
    withdraw_update,
)
from lms.plan.services.updates import WRITABLE
from lms.plan.views.keeping import sent


@require_GET
def reporting(request: HttpRequest) -> HttpResponse:
    """The commitments on which one reports, and how each stands."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    if not (viewer.is_plan_reporter or viewer.is_plan_owner):
        raise Http404
    today = clock.local_date(at)
    found = list_reported(viewer=viewer, today=today)
    plans = {one.commitment.plan.code: one.commitment.plan for one in found}
    context = {"commitments": found, "plans": plans.values(), "period": present_period(today=today)}
    return render(request, "plan/reporting.html", context)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def update(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """Writing the open update of a commitment; a new one begins with the first save."""
    at = clock.now()
    commitment, viewer, office = enter_commitment(request, plan_code, number)
    found = _find(commitment)
    if found is None:
        return _start(request, commitment, viewer, office, at)
    if found.state not in WRITABLE:
        return _show(request, commitment, found, form=None)
    # Milestones that came since the update began get their line.
    found, _is_new = open_update(
        commitment_id=commitment.pk, period=found.period, office=office, written_by_id=viewer.user_id, at=at
    )
    lines = list_draft_lines(update=found)
    form = UpdateForm(sent(request), lines=[one.line for one in lines], text=found.text)
    if not form.is_valid():
        # It keeps what its writer saw, so that a second try asks again.
        seen = str(form.data.get("seen", "")) if form.is_bound else None
        return _show(request, commitment, found, form=form, lines=lines, seen=seen)
    try:
        save_update(
            update_id=found.pk,
            values=form.values,
            seen_at=read_moment(form.cleaned_data["seen"]),
            written_by_id=viewer.user_id,
            at=at,
        )
    except UpdateChangedError:
        words = _("Otra persona guardó este informe mientras escribías. Lo tuyo sigue abajo: revísalo.")
        form.add_error(None, words)
        return _show(request, commitment, ProgressUpdate.objects.get(pk=found.pk), form=form, lines=lines)
    except UpdateStateError:
        messages.error(request, _("Otra persona envió este informe mientras escribías."))
        return redirect("plan:update", plan_code, number)
    return _go_on(request, plan_code, number, form)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def send_update(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """Asks once more, then sends the update to the plan's team."""
    at = clock.now()
    commitment, viewer, _office = enter_commitment(request, plan_code, number)
    found = get_open_update(commitment)
    form = NoteForm(sent(request))
    if form.is_valid():
        try:
            submit_update(update_id=found.pk, note=form.cleaned_data["note"], by_id=viewer.user_id, at=at)
        except NothingReportedError:
            form.add_error(None, _("El informe está vacío: di qué se hizo, o qué pasó con algún hito."))
        except ReplanningReasonError as error:
            words = _("«%(label)s» pide otro plazo y no dice por qué.") % {"label": error.args[0]}
            form.add_error(None, words)
        except ReplanningDateError as error:
            words = _("«%(label)s» terminaría antes de empezar.") % {"label": error.args[0]}
            form.add_error(None, words)
        except UpdateStateError:
            messages.info(request, _("Este informe ya estaba enviado."))
            return redirect("plan:update", plan_code, number)
        else:
            messages.success(request, _("Enviado. Se publica cuando lo apruebe el equipo del plan."))
            return redirect("plan:to_report")
    context = {
        "plan": commitment.plan, "commitment": commitment, "update": found, "form": form,
        "lines": list_draft_lines(update=found),
    }  # fmt: skip
    return render(request, "plan/update_send.html", context, status=400 if form.is_bound else 200)


@require_POST
@not_allowed_is_404
def take_back_update(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """Takes a sent update back, to go on writing."""
    at = clock.now()
    commitment, viewer, _office = enter_commitment(request, plan_code, number)
    found = get_open_update(commitment)
    try:
        withdraw_update(update_id=found.pk, by_id=viewer.user_id, at=at)
    except UpdateStateError:
        messages.info(request, _("Ya estaba así. No cambió nada."))
    return redirect("plan:update", plan_code, number)


def enter_commitment(request: HttpRequest, plan_code: str, number: int) -> tuple[Commitment, Viewer, str]:
    """The commitment, who writes, and for which institution.

    Raises:
        Http404: there is none.
        NotAllowedError: others report on it.
    """
    viewer = get_viewer(user=request.user, at=clock.now())
    try:
        plan = get_plan(code=plan_code, viewer=viewer)
    except PlanNotFoundError as error:
        raise Http404 from error
    commitment = find_commitment(plan=plan, number=number)
    if commitment is None:
        raise Http404
    office = may_write(viewer=viewer, commitment=commitment)
    if not office:
        raise NotAllowedError(Action.REPORT_PROGRESS)
    return commitment, viewer, office


def _find(commitment: Commitment) -> ProgressUpdate | None:
    return find_open_updates(commitments=[commitment]).get(commitment.pk)


def get_open_update(commitment: Commitment) -> ProgressUpdate:
    """The open update.

    Raises:
        Http404: nobody has begun one.
    """
    found = _find(commitment)
    if found is None:
        raise Http404
    return found


def _start(
    request: HttpRequest, commitment: Commitment, viewer: Viewer, office: str, at: datetime
) -> HttpResponse:
    """Says what will be asked; a post begins."""
    period = present_period(today=clock.local_date(at))
    if request.method == "POST":
        open_update(
            commitment_id=commitment.pk, period=period, office=office, written_by_id=viewer.user_id, at=at
        )
        return redirect("plan:update", commitment.plan.code, commitment.number)
    milestone_count = commitment.milestones.filter(is_active=True).count()
    context = {
        "plan": commitment.plan, "commitment": commitment, "period": period, "office": office,
        "milestone_count": milestone_count, "approval": find_approval(commitment=commitment),
    }  # fmt: skip
    return render(request, "plan/update_start.html", context)


def _show(
    request: HttpRequest,
    commitment: Commitment,
    found: ProgressUpdate,
    *,
    form: UpdateForm | None,
    lines: Sequence[DraftLine] = (),
    seen: str | None = None,
) -> HttpResponse:
    lines = lines or list_draft_lines(update=found)
    context: dict[str, Any] = {
        "plan": commitment.plan,
        "commitment": commitment,
        "update": found,
        "seen": found.saved_at.isoformat() if seen is None else seen,
        "form": form,
        "lines": lines,
        "steps": list(found.steps.all()),
        "approval": find_approval(commitment=commitment),
    }
    if form is not None:
        context["blocks"] = [(one, fields) for one, (_line, fields) in zip(lines, form.blocks(), strict=True)]
    return render(request, "plan/update.html", context, status=400 if form and form.is_bound else 200)


def _go_on(request: HttpRequest, plan_code: str, number: int, form: UpdateForm) -> HttpResponse:
    """Where the pressed button leads, after all was saved."""
    step = request.POST.get("luego", "")
    if step == "enviar":
        return redirect("plan:send_update", plan_code, number)
    code = step.removeprefix("evidencia-")
    if any(line.milestone.code == code for line in form.lines):
        return redirect("plan:new_evidence", plan_code, number, code)
    messages.success(request, _("Guardado. Todavía no se envía."))
    return redirect("plan:update", plan_code, number)


def read_moment(text: str) -> datetime | None:
    """An instant as a hidden field carries it; ``None`` where it is none."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def count_words(count: int) -> str:
    """How many milestones a sheet spoke of."""
    return ngettext("%(count)d hito", "%(count)d hitos", count) % {"count": count}
