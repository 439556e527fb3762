"""Consultations and meetings, written by those who keep a plan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.participation.access import enter_desk
from lms.participation.forms_desk import ConsultationForm
from lms.participation.forms_meetings import MeetingForm
from lms.participation.selectors.contributions import find_consultation
from lms.participation.selectors.meetings import find_meeting
from lms.participation.services.consultations import (
    DraftInUseError,
    create_consultation,
    edit_consultation,
    read_draft,
)
from lms.participation.services.meetings import save_meeting


@require_http_methods(["GET", "POST"])
def new_consultation(request: HttpRequest, plan_code: str) -> HttpResponse:
    """A new call."""
    place = enter_desk(request=request, plan_code=plan_code)
    form = ConsultationForm(_sent(request), plan_id=place.plan.pk)
    if form.is_valid():
        row = create_consultation(plan_id=place.plan.pk, values=form.values, at=place.at)
        messages.success(request, _("Guardamos la consulta."))
        return redirect("participation:consultation", plan_code=plan_code, consultation_id=row.pk)
    context = {"plan": place.plan, "form": form}
    status = 400 if form.is_bound else 200
    return render(request, "participation/consultation_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def change_consultation(request: HttpRequest, plan_code: str, consultation_id: int) -> HttpResponse:
    """What a call says; its draft only before the first contribution."""
    place = enter_desk(request=request, plan_code=plan_code)
    row = find_consultation(plan_id=place.plan.pk, consultation_id=consultation_id)
    if row is None:
        raise Http404
    is_used = row.contributions.exists()
    form = ConsultationForm(
        _sent(request), plan_id=place.plan.pk, row=row, draft=read_draft(row), is_used=is_used
    )
    if form.is_valid():
        try:
            edit_consultation(consultation_id=row.pk, values=form.values)
        except DraftInUseError:
            form.add_error(None, _("Mientras escribías llegó un aporte: el borrador ya no puede cambiar."))
        else:
            messages.success(request, _("Guardamos la consulta."))
            return redirect("participation:consultation", plan_code=plan_code, consultation_id=row.pk)
    context = {"plan": place.plan, "form": form, "row": row, "is_used": is_used}
    status = 400 if form.is_bound else 200
    return render(request, "participation/consultation_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, plan_code: str, meeting_id: int | None = None) -> HttpResponse:
    """A meeting, new or with what is known of it by now."""
    place = enter_desk(request=request, plan_code=plan_code)
    row = find_meeting(plan_id=place.plan.pk, meeting_id=meeting_id) if meeting_id is not None else None
    if meeting_id is not None and row is None:
        raise Http404
    form = MeetingForm(_sent(request), today=place.today, row=row)
    if form.is_valid():
        save_meeting(plan_id=place.plan.pk, meeting_id=meeting_id, values=form.values, at=place.at)
        messages.success(request, _("Guardamos la reunión."))
        return redirect("participation:desk", plan_code=plan_code)
    context = {"plan": place.plan, "form": form, "row": row}
    status = 400 if form.is_bound else 200
    return render(request, "participation/meeting_form.html", context, status=status)


def _sent(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None
