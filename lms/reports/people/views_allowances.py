"""HR gives a person more time in assessments that have a limit. Never why."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, User
from lms.progress.models import TimeAllowance
from lms.progress.selectors.attempts import time_percent
from lms.progress.services.allowances import set_time_allowance
from lms.reports.people.answers import FormWords, answer_person_form
from lms.reports.people.doors import enter_desk, get_managed_job_of, get_managed_person, log_look

EVERYBODYS = "100"


class AllowanceForm(forms.Form):
    """How much time a person has."""

    percent = forms.ChoiceField(
        label=gettext_lazy("Tiempo en las evaluaciones con límite"),
        widget=forms.RadioSelect,
        choices=[(EVERYBODYS, gettext_lazy("El de todas las personas")), *TimeAllowance.Percent.choices],
        error_messages={
            "required": gettext_lazy("Elige cuánto tiempo tiene."),
            "invalid_choice": gettext_lazy("Elige una de las opciones."),
        },
    )

    @property
    def chosen(self) -> int | None:
        """``None``: as everybody."""
        percent = self.cleaned_data["percent"]
        return None if percent == EVERYBODYS else int(percent)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def allow_time(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How much time this person has; attempts under way keep their deadline."""
    desk = enter_desk(request=request)
    person = get_managed_person(desk=desk, public_id=public_id)
    unit = get_managed_job_of(desk=desk, people=[person]).unit
    log_look(desk=desk, unit=unit, action=AccessLogEntry.Action.VIEW_PERSON, subject=person)
    form = AllowanceForm(
        request.POST if request.method == "POST" else None,
        initial={"percent": str(time_percent(person_id=person.pk))},
    )
    author = request.user if isinstance(request.user, User) else None
    words = FormWords(
        heading=_("Más tiempo en las evaluaciones"),
        lead=_("Guardamos cuánto tiempo tiene, y nunca por qué. Rige desde el próximo intento."),
        button=_("Guardar el tiempo"),
        done=_("El tiempo quedó guardado."),
    )
    return answer_person_form(
        request,
        person,
        form,
        write=lambda: set_time_allowance(person=person, percent=form.chosen, author=author, at=desk.at),
        words=words,
    )
