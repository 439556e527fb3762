"""The plan's team keeps commitments, their milestones, and what independent bodies say of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.lib import clock
from lms.lib.words import clean_text
from lms.people.gate import not_allowed_is_404
from lms.plan.forms_commitments import CodingForm, CommitmentForm, MilestoneForm
from lms.plan.models import ActionPlan, Commitment, Milestone
from lms.plan.selectors.changes import find_commitment
from lms.plan.selectors.facts import IRM_WORDS, list_irm_facts
from lms.plan.selectors.goals import list_managed_goals
from lms.plan.selectors.progress import list_milestones
from lms.plan.services import (
    ChangedMeanwhileError,
    NumberTakenError,
    ReasonMissingError,
    TitleTakenError,
    add_coding,
    add_milestone,
    create_commitment,
    edit_commitment,
    edit_milestone,
    set_milestone_active,
)
from lms.plan.views.keeping import enter, read_seen, say_changed, sent, tell


@require_GET
@not_allowed_is_404
def kept_commitment(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """One commitment with all that can be changed in it."""
    plan, _viewer = enter(request, plan_code)
    commitment = _commitment(plan, number)
    today = clock.local_date(clock.now())
    context = {
        "plan": plan,
        "commitment": commitment,
        "milestones": list_milestones(commitments=[commitment], today=today).get(commitment.pk, []),
        "retired": list(commitment.milestones.filter(is_active=False)),
        "goals": list_managed_goals(commitment=commitment),
        "irm": list_irm_facts(codings=list(commitment.codings.order_by("pk"))),
        "reporters": list(commitment.reporting_institutions.all()),
    }
    return render(request, "plan/kept_commitment.html", context)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def new_commitment(request: HttpRequest, plan_code: str) -> HttpResponse:
    """A new commitment of a plan."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    form = CommitmentForm(sent(request), plan=plan)
    if form.is_valid():
        try:
            commitment = create_commitment(
                plan_id=plan.pk,
                number=form.cleaned_data["number"],
                values=form.values,
                links=form.links,
                sources=form.sources,
                changed_by_id=viewer.user_id,
                at=at,
            )
        except NumberTakenError:
            form.add_error("number", _("El plan ya tiene un compromiso con ese número."))
        except TitleTakenError as error:
            form.add_error("title", _same_title(error))
        else:
            messages.success(request, _("El compromiso quedó guardado. Ahora agrega sus hitos."))
            return redirect("plan:kept_commitment", plan.code, commitment.number)
    context = {"form": form, "plan": plan}
    return render(request, "plan/commitment_form.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def change_commitment(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """What a commitment says."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    commitment = _commitment(plan, number)
    form = CommitmentForm(sent(request), plan=plan, commitment=commitment)
    seen = read_seen(request, now=commitment.version)
    if form.is_valid():
        try:
            is_changed = edit_commitment(
                commitment_id=commitment.pk,
                values=form.values,
                links=form.links,
                sources=form.sources,
                reason=form.cleaned_data["reason"],
                changed_by_id=viewer.user_id,
                at=at,
                seen=seen,
            )
        except ChangedMeanwhileError as error:
            say_changed(form, error)
            commitment.refresh_from_db(fields=["version"])
            seen = commitment.version
        except TitleTakenError as error:
            form.add_error("title", _same_title(error))
        else:
            tell(request, is_changed, _("El compromiso quedó guardado. El cambio está en su historia."))
            return redirect("plan:kept_commitment", plan.code, number)
    context = {"form": form, "plan": plan, "commitment": commitment, "seen": seen}
    return render(request, "plan/commitment_form.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def new_milestone(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """A new milestone of a commitment."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    commitment = _commitment(plan, number)
    form = MilestoneForm(sent(request))
    if form.is_valid():
        add_milestone(commitment_id=commitment.pk, values=form.values, changed_by_id=viewer.user_id, at=at)
        messages.success(request, _("El hito quedó guardado."))
        return redirect("plan:kept_commitment", plan.code, number)
    context = {"form": form, "plan": plan, "commitment": commitment}
    return render(request, "plan/milestone_form.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def change_milestone(request: HttpRequest, plan_code: str, number: int, code: str) -> HttpResponse:
    """What a milestone says; another deadline needs its reason."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    commitment = _commitment(plan, number)
    milestone = _milestone(commitment, code)
    form = MilestoneForm(sent(request), milestone=milestone)
    seen = read_seen(request, now=commitment.version)
    if form.is_valid():
        try:
            is_changed = edit_milestone(
                milestone_id=milestone.pk,
                values=form.values,
                reason=form.cleaned_data["reason"],
                changed_by_id=viewer.user_id,
                at=at,
                seen=seen,
            )
        except ChangedMeanwhileError as error:
            say_changed(form, error)
            commitment.refresh_from_db(fields=["version"])
            seen = commitment.version
        except ReasonMissingError:
            form.add_error("reason", _("Cambiaste el plazo: escribe por qué."))
        else:
            tell(request, is_changed, _("El hito quedó guardado."))
            return redirect("plan:kept_commitment", plan.code, number)
    context = {
        "form": form, "plan": plan, "commitment": commitment, "milestone": milestone,
        "seen": seen,
    }  # fmt: skip
    return render(request, "plan/milestone_form.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def retire_milestone(request: HttpRequest, plan_code: str, number: int, code: str) -> HttpResponse:
    """Asks why, then withdraws a milestone or puts it back; the same button twice changes it once."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    commitment = _commitment(plan, number)
    milestone = _milestone(commitment, code)
    reason, problem = clean_text(request.POST.get("motivo", ""))[:1000], ""
    wanted = {"si": True, "no": False}.get(request.POST.get("vigente", ""), not milestone.is_active)
    if request.method == "POST":
        try:
            is_changed = set_milestone_active(
                milestone_id=milestone.pk,
                is_active=wanted,
                reason=reason,
                changed_by_id=viewer.user_id,
                at=at,
            )
        except ReasonMissingError:
            problem = _("Escribe el motivo: se leerá en la historia pública.")
        else:
            tell(request, is_changed, _("Quedó registrado en la historia pública."))
            return redirect("plan:kept_commitment", plan.code, number)
    context = {
        "plan": plan, "commitment": commitment, "milestone": milestone, "reason": reason, "problem": problem,
    }  # fmt: skip
    return render(request, "plan/milestone_active.html", context, status=400 if problem else 200)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def new_coding(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """What an independent body says; earlier ones stay as they were."""
    at = clock.now()
    plan, viewer = enter(request, plan_code)
    commitment = _commitment(plan, number)
    form = CodingForm(sent(request), words=IRM_WORDS)
    if form.is_valid():
        coding = add_coding(
            commitment_id=commitment.pk,
            by=form.cleaned_data["by"],
            values=form.coding,
            source_url=form.cleaned_data["source_url"],
            retrieved_on=form.cleaned_data["retrieved_on"],
            at=at,
            changed_by_id=viewer.user_id,
        )
        tell(request, coding is not None, _("La evaluación quedó registrada, aparte del avance informado."))
        return redirect("plan:kept_commitment", plan.code, number)
    context = {"form": form, "plan": plan, "commitment": commitment}
    return render(request, "plan/coding_form.html", context, status=400 if form.is_bound else 200)


def _commitment(plan: ActionPlan, number: int) -> Commitment:
    found = find_commitment(plan=plan, number=number)
    if found is None:
        raise Http404
    return found


def _milestone(commitment: Commitment, code: str) -> Milestone:
    found = commitment.milestones.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _same_title(error: TitleTakenError) -> str:
    return _("El compromiso %(number)s ya se llama así. ¿Es el mismo?") % {"number": error.args[0]}
