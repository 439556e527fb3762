"""Those responsible attach to their update what shows the progress, look at it and take it away."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.plan.forms_updates import EvidenceForm
from lms.plan.models import Evidence, ProgressUpdate, UpdateLine
from lms.plan.services import SentUpdateError, add_evidence, take_away_evidence
from lms.plan.services.updates import WRITABLE
from lms.plan.views.evidence_files import send_file
from lms.plan.views.keeping import sent
from lms.plan.views.reporting import enter_commitment, get_open_update


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def new_evidence(request: HttpRequest, plan_code: str, number: int, code: str) -> HttpResponse:
    """A file or an address for a milestone, in the open update."""
    at = clock.now()
    commitment, viewer, office = enter_commitment(request, plan_code, number)
    line = _line(get_open_update(commitment), code)
    form = EvidenceForm(sent(request), request.FILES or None)
    if form.is_valid():
        try:
            add_evidence(line=line, values=form.values, office=office, added_by_id=viewer.user_id, at=at)
        except SentUpdateError:
            messages.error(request, _("Otra persona envió este informe mientras escribías."))
        else:
            messages.success(request, _("La evidencia quedó guardada. Se publica con el informe."))
        return redirect("plan:update", plan_code, number)
    context = {"form": form, "plan": commitment.plan, "commitment": commitment, "milestone": line.milestone}
    return render(request, "plan/evidence_form.html", context, status=400 if form.is_bound else 200)


@require_GET
@not_allowed_is_404
def draft_evidence(request: HttpRequest, plan_code: str, number: int, evidence_id: int) -> HttpResponse:
    """A file that is not public yet, for those who write and review; always as an attachment."""
    commitment, _viewer, _office = enter_commitment(request, plan_code, number)
    files = Evidence.objects.filter(milestone__commitment=commitment, retired_at__isnull=True)
    found = files.exclude(sha256="").filter(pk=evidence_id).first()
    if found is None:
        raise Http404
    return send_file(found)


@require_POST
@not_allowed_is_404
def drop_evidence(request: HttpRequest, plan_code: str, number: int, evidence_id: int) -> HttpResponse:
    """Takes away evidence that is not public yet."""
    commitment, _viewer, _office = enter_commitment(request, plan_code, number)
    found = get_open_update(commitment)
    mine = Evidence.objects.filter(line__update=found, pk=evidence_id)
    if found.state not in WRITABLE or not mine.exists():
        raise Http404
    try:
        take_away_evidence(evidence_id=evidence_id)
    except SentUpdateError:
        messages.error(request, _("Otra persona envió este informe mientras escribías."))
    except Evidence.DoesNotExist:
        messages.info(request, _("Ya estaba así. No cambió nada."))
    else:
        messages.success(request, _("La evidencia se quitó del informe."))
    return redirect("plan:update", plan_code, number)


def _line(found: ProgressUpdate, code: str) -> UpdateLine:
    if found.state not in WRITABLE:
        raise Http404
    line = found.lines.select_related("milestone").filter(milestone__code=code).first()
    if line is None:
        raise Http404
    return line
