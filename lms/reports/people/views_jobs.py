"""HR adds people and writes their postings, one at a time."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.journeys import change_jobs
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, Posting
from lms.people.selectors.looks import PeopleLook
from lms.people.services.jobs import JobError
from lms.reports.people.answers import Back, FormWords, answer_person_form, show_place_form
from lms.reports.people.doors import Desk, enter_desk, get_managed_person, get_managed_posting, log_look
from lms.reports.people.forms_jobs import EndForm, JobForm, PersonForm, terms_of
from lms.reports.people.job_words import find_problem
from lms.reports.people.selectors_jobs import UnitChoices, list_unit_choices


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def add_person(request: HttpRequest) -> HttpResponse:
    """A person with a first posting; whoever has that RUN already gets the posting."""
    desk = enter_desk(request=request)
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        units=list_unit_choices(reach=desk.reach),
        today=desk.today,
        initial={"valid_from": desk.today},
    )
    words = FormWords(
        heading=_("Agregar a una persona"),
        lead=_("Sin RUN o sin correo también se cuenta, y puede asistir a talleres."),
        button=_("Agregar a la persona"),
        done=_("La persona quedó agregada. Ya se le exige lo que corresponde."),
    )
    if form.is_bound and form.is_valid():
        try:
            terms = form.terms
            person, is_new = change_jobs.add_person(new=form.person, terms=terms, at=desk.at)
        except JobError as error:
            form.add_error(*find_problem(error=error))
        else:
            action, detail = AccessLogEntry.Action.VIEW_PERSON, PeopleLook.ADDED
            log_look(desk=desk, unit=terms.unit, action=action, subject=person, detail=detail)
            _tell_added(request, words.done, is_new=is_new)
            return redirect("reports:person", public_id=person.public_id)
    back = Back(_("Unidades"), reverse("reports:units"))
    return show_place_form(request, form, words=words, back=back)


def _tell_added(request: HttpRequest, done: str, *, is_new: bool) -> None:
    if is_new:
        messages.success(request, done)
    else:
        text = _(
            "Ese RUN ya tenía ficha: le agregamos esta destinación. No cambiamos su nombre ni su correo."
        )
        messages.info(request, text)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def add_job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One more posting of a person."""
    desk = enter_desk(request=request)
    person = get_managed_person(desk=desk, public_id=public_id)
    form = _job_form(request, desk, list_unit_choices(reach=desk.reach), {"valid_from": desk.today})
    words = FormWords(
        heading=_("Agregar destinación"),
        lead=_("Otro puesto de la persona. Puede trabajar en dos instituciones a la vez."),
        button=_("Agregar la destinación"),
        done=_("La destinación quedó agregada."),
    )
    return answer_person_form(
        request,
        person,
        form,
        words=words,
        write=lambda: change_jobs.open_job(person=person, terms=form.terms, at=desk.at),
    )


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def correct_job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What was written wrongly becomes as it always was."""
    desk = enter_desk(request=request)
    posting = get_managed_posting(desk=desk, public_id=public_id)
    units = list_unit_choices(reach=desk.reach, also=posting, institution_id=posting.institution_id)
    form = _job_form(request, desk, units, terms_of(posting))
    words = FormWords(
        heading=_("Corregir la destinación"),
        lead=_("Para lo que se escribió mal. Si la persona cambia de puesto, usa «Trasladar»."),
        button=_("Guardar la corrección"),
        done=_("La destinación quedó corregida."),
    )
    return answer_person_form(
        request,
        posting.person,
        form,
        words=words,
        write=lambda: change_jobs.correct_job(posting_id=posting.pk, terms=form.terms, at=desk.at),
    )


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def end_job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The person leaves the post."""
    desk = enter_desk(request=request)
    posting = get_managed_posting(desk=desk, public_id=public_id)
    form = EndForm(
        request.POST if request.method == "POST" else None,
        today=desk.today,
        initial={"last_day": posting.valid_until or desk.today},
    )
    words = FormWords(
        heading=_("Terminar la destinación"),
        lead=_("Desde el día siguiente no se le exige nada aquí. Lo que hizo sigue en su registro.")
        + f" {_seat(posting)}",
        button=_("Terminar la destinación"),
        done=_("La destinación quedó con su último día."),
    )
    return answer_person_form(
        request,
        posting.person,
        form,
        write=lambda: change_jobs.end_job(
            posting_id=posting.pk, last_day=form.cleaned_data["last_day"], at=desk.at
        ),
        words=words,
    )


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def move_job(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """From one post to another, from a day on."""
    desk = enter_desk(request=request)
    posting = get_managed_posting(desk=desk, public_id=public_id)
    initial = {**terms_of(posting), "valid_from": desk.today}
    form = _job_form(request, desk, list_unit_choices(reach=desk.reach), initial)
    words = FormWords(
        heading=_("Trasladar"),
        lead=_("El puesto anterior termina el día antes. El registro sigue a la persona.")
        + f" {_seat(posting)}",
        button=_("Trasladar a la persona"),
        done=_("El traslado quedó registrado."),
    )
    return answer_person_form(
        request,
        posting.person,
        form,
        words=words,
        write=lambda: change_jobs.move_job(posting_id=posting.pk, terms=form.terms, at=desk.at),
    )


def _job_form(request: HttpRequest, desk: Desk, units: UnitChoices, initial: Mapping[str, object]) -> JobForm:
    data = request.POST if request.method == "POST" else None
    return JobForm(data, units=units, today=desk.today, initial=initial)


def _seat(posting: Posting) -> str:
    """Where the person is now, in words."""
    return _("Ahora: %(unit)s, %(institution)s.") % {
        "unit": posting.unit.name,
        "institution": posting.institution.name,
    }
