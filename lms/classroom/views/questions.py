"""«No estoy de acuerdo»: a person questions a line of its own record."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.classroom.forms_records import QuestionForm, ReplyForm
from lms.classroom.question_words import state_of, turns_of
from lms.classroom.record_lines import Questioned, find_questioned
from lms.lib import clock
from lms.people.gate import get_person
from lms.people.selectors.viewers import get_viewer
from lms.progress.models import RecordQuestion
from lms.progress.selectors.questions import find_own_question
from lms.progress.services.questions import (
    NotAnsweredError,
    NotOpenError,
    ask_question,
    reopen_question,
    withdraw_question,
)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form for the line of ``?sobre=&clave=``; a line that is not mine does not exist."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    found = find_questioned(
        viewer=viewer,
        subject=request.GET.get("sobre", ""),
        key=request.GET.get("clave", ""),
        day=clock.local_date(at),
    )
    if found is None:
        raise Http404
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _ask(request, found, form.cleaned_data["text"], at)
    context = {"form": form, "found": found}
    return render(request, "classroom/ask.html", context, status=400 if form.is_bound else 200)


def _ask(request: HttpRequest, found: Questioned, text: str, at: datetime) -> HttpResponse:
    question, is_new = ask_question(
        person=get_person(request=request, at=at),
        institution_id=found.institution_id,
        subject=found.subject,
        key=found.key,
        title=found.title,
        text=text,
        at=at,
    )
    if is_new:
        messages.success(request, _("Enviamos tu consulta a Gestión de Personas."))
    else:
        messages.info(request, _("Ya habías escrito sobre esto. Espera la respuesta."))
    return redirect("classroom:record_question", public_id=question.public_id)


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One question of mine with its answers; a POST writes once more."""
    at = clock.now()
    found = _own(request, public_id, at)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reopen_question(question_id=found.pk, text=form.cleaned_data["text"], at=at)
        except NotAnsweredError:
            messages.info(request, _("Esta consulta ya no se puede abrir de nuevo. No cambió nada."))
        else:
            messages.success(request, _("Enviamos lo que escribiste a Gestión de Personas."))
        return redirect("classroom:record_question", public_id=public_id)
    context = {"question": found, "notice": state_of(found), "turns": turns_of(found), "form": form}
    return render(request, "classroom/question.html", context, status=400 if form.is_bound else 200)


@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give it up while it waits; it stays in my record."""
    at = clock.now()
    found = _own(request, public_id, at)
    try:
        withdraw_question(question_id=found.pk, at=at)
    except NotOpenError:
        messages.info(request, _("Esta consulta ya fue respondida. No cambió nada."))
    else:
        messages.success(request, _("Retiraste la consulta."))
    return redirect("classroom:record_question", public_id=public_id)


def _own(request: HttpRequest, public_id: UUID, at: datetime) -> RecordQuestion:
    viewer = get_viewer(user=request.user, at=at)
    found = find_own_question(person_id=viewer.person_id, public_id=public_id) if viewer.person_id else None
    if found is None:
        raise Http404
    return found
