"""The plan's team reads what was reported, and approves or returns it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.lib import clock
from lms.lib.words import clean_text
from lms.people.gate import not_allowed_is_404
from lms.plan.forms_updates import NoteForm
from lms.plan.models import Evidence, ProgressUpdate
from lms.plan.selectors.progress import public_evidence
from lms.plan.selectors.reporting import list_draft_lines
from lms.plan.services import (
    NoteMissingError,
    ReasonMissingError,
    ReplanningDateError,
    ReplanningReasonError,
    UpdateChangedError,
    UpdateStateError,
    approve_update,
    retire_evidence,
    return_update,
)
from lms.plan.views.keeping import enter, sent, tell
from lms.plan.views.reporting import read_moment


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def review(request: HttpRequest, plan_code: str, update_id: int) -> HttpResponse:
    """One update as it was sent, beside what is public now."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    found = ProgressUpdate.objects.filter(commitment__plan=plan, pk=update_id).select_related("commitment")
    update = found.first()
    if update is None:
        raise Http404
    shown_at = update.submitted_at
    form = NoteForm(sent(request))
    if form.is_valid():
        act = return_update if request.POST.get("decision") == "devolver" else approve_update
        try:
            act(
                update_id=update.pk,
                note=form.cleaned_data["note"],
                by_id=viewer.user_id,
                at=at,
                seen_at=read_moment(request.POST.get("seen", "")),
            )
        except UpdateChangedError:
            form.add_error(None, _("El informe cambió mientras lo leías. Léelo de nuevo antes de decidir."))
        except (ReplanningReasonError, ReplanningDateError) as error:
            words = _("El plazo nuevo de «%(label)s» ya no calza con el hito. Devuelve el informe.")
            form.add_error(None, words % {"label": error.args[0]})
        except NoteMissingError:
            form.add_error("note", _("Escribe qué falta, para que puedan corregirlo."))
        except UpdateStateError:
            messages.info(request, _("Este informe ya no espera revisión: alguien decidió o lo retiró."))
            return redirect("plan:desk", plan.code)
        else:
            is_returned = act is return_update
            done = _("El informe fue devuelto con tu nota.") if is_returned else _("El informe es público.")
            messages.success(request, done)
            return redirect("plan:desk", plan.code)
    context = {
        "plan": plan,
        "commitment": update.commitment,
        "update": update,
        "lines": list_draft_lines(update=update),
        "steps": list(update.steps.all()),
        "form": form,
        "shown_at": shown_at,
        "may_decide": update.state == ProgressUpdate.State.PENDING,
    }
    return render(request, "plan/review.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def retire(request: HttpRequest, plan_code: str, evidence_id: int) -> HttpResponse:
    """Asks why, then takes back evidence that is public."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    evidence = _evidence(plan.pk, evidence_id)
    reason, problem = clean_text(request.POST.get("motivo", ""))[:1000], ""
    if request.method == "POST":
        try:
            done = retire_evidence(
                evidence_id=evidence.pk, reason=reason, changed_by_id=viewer.user_id, at=at
            )
        except ReasonMissingError:
            problem = _("Escribe el motivo: se leerá en la historia pública.")
        else:
            tell(request, done, _("La evidencia ya no se muestra. El motivo está en la historia."))
            return redirect("plan:desk", plan.code)
    context = {"plan": plan, "evidence": evidence, "reason": reason, "problem": problem}
    return render(request, "plan/evidence_retire.html", context, status=400 if problem else 200)


def _evidence(plan_id: int, evidence_id: int) -> Evidence:
    rows = public_evidence().filter(milestone__commitment__plan=plan_id, pk=evidence_id)
    found = rows.select_related("milestone__commitment").first()
    if found is None:
        raise Http404
    return found
