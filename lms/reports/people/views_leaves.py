"""HR notes who is away, from when to when. Never why."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lms.journeys import change_leaves
from lms.people.days import eve_of
from lms.people.gate import not_allowed_is_404
from lms.reports.people.answers import FormWords, answer_person_form
from lms.reports.people.doors import enter_desk, get_managed_leave, get_managed_person
from lms.reports.people.forms_leaves import LeaveForm, ReturnForm
from lms.reports.people.selectors_jobs import list_workplaces

ONLY_DATES = gettext_lazy("Anota solo las fechas. El motivo no se pregunta ni se guarda.")


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def add_leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A leave of a person in one of its institutions."""
    desk = enter_desk(request=request)
    person = get_managed_person(desk=desk, public_id=public_id)
    form = LeaveForm(
        request.POST if request.method == "POST" else None,
        places=list_workplaces(person=person, reach=desk.reach),
        today=desk.today,
        initial={"first_day": desk.today},
    )
    words = FormWords(
        heading=_("Registrar ausencia"),
        lead=_("Mientras está ausente, la persona no queda atrasada en nada.") + f" {ONLY_DATES}",
        button=_("Registrar la ausencia"),
        done=_("La ausencia quedó registrada."),
    )
    return answer_person_form(
        request,
        person,
        form,
        write=lambda: change_leaves.record_leave(
            person=person,
            institution_id=form.institution_id,
            first_day=form.cleaned_data["first_day"],
            last_day=form.cleaned_data["last_day"],
            at=desk.at,
        ),
        words=words,
    )


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def end_leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The person is back."""
    desk = enter_desk(request=request)
    leave = get_managed_leave(desk=desk, public_id=public_id)
    form = ReturnForm(
        request.POST if request.method == "POST" else None,
        today=desk.today,
        initial={"last_day": leave.last_day or max(leave.first_day, eve_of(desk.today))},
    )
    words = FormWords(
        heading=_("Registrar regreso"),
        lead=_("Al volver, los días de ausencia no le cuentan en ningún plazo.") + f" {ONLY_DATES}",
        button=_("Registrar el regreso"),
        done=_("El regreso quedó registrado."),
    )
    return answer_person_form(
        request,
        leave.person,
        form,
        write=lambda: change_leaves.record_return(
            leave_id=leave.pk, last_day=form.cleaned_data["last_day"], at=desk.at
        ),
        words=words,
    )


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def delete_leave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asks once, then removes a leave that was entered by mistake."""
    desk = enter_desk(request=request)
    leave = get_managed_leave(desk=desk, public_id=public_id)
    if request.method != "POST":
        return render(request, "reports/leave_delete.html", {"leave": leave, "person": leave.person})
    change_leaves.delete_leave(leave=leave, at=desk.at)
    messages.success(request, _("La ausencia quedó borrada, como si nunca se hubiera registrado."))
    return redirect("reports:person", public_id=leave.person.public_id)
