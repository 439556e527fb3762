"""«No estoy de acuerdo»: the questions of people about their records, and HR's answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.lib import clock
from lms.notices.mail_settings import read_mail_settings
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action, Viewer, grants_for, require_any
from lms.people.selectors.looks import RecordLook
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access, log_access_to_each
from lms.progress.models import QuestionSubject, RecordQuestion
from lms.progress.rules.waiting import WorkingDays, has_waited_too_long
from lms.progress.selectors.questions import find_exemption_since, find_questioned_requirement
from lms.progress.services.questions import NotOpenError, answer_question
from lms.reports.records import selectors_records as selectors
from lms.reports.records.forms_records import AnswerForm
from lms.reports.records.record_words import question_notice
from lms.ui.components import Notice

PAGE_SIZE = 30

State = RecordQuestion.State
FILTERS = {
    "": State.OPEN,
    "respondidas": State.ANSWERED,
    "corregidas": State.CORRECTED,
    "retiradas": State.WITHDRAWN,
    "todas": "",
}


@dataclass(frozen=True)
class QuestionLine:
    """A question in the queue. ``days``: since the person last wrote; late after ten working days."""

    question: RecordQuestion
    days: int
    is_late: bool
    notice: Notice


@require_GET
@not_allowed_is_404
def questions(request: HttpRequest) -> HttpResponse:
    """The queue: who waits longest first."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    grant = require_any(viewer=viewer, action=Action.READ_QUESTIONS)
    chosen = request.GET.get("estado", "")
    chosen = chosen if chosen in FILTERS else ""
    rows = selectors.list_asked(viewer=viewer, state=FILTERS[chosen])
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    calendar = read_mail_settings().calendar
    lines = [_line(question, at, calendar) for question in page]
    log_access_to_each(
        viewer=viewer,
        grant=grant,
        action=AccessLogEntry.Action.VIEW_PERSON,
        at=at,
        subject_ids=[q.person_id for q in page if q.person_id != viewer.person_id],
        detail=str(RecordLook.QUESTION_SEEN),
    )
    context = {
        "lines": lines,
        "page": page,
        "late": sum(line.is_late for line in lines),
        "chosen": chosen,
        "filters": [
            ("", _("Sin responder")),
            ("respondidas", _("Respondidas")),
            ("corregidas", _("Corregidas")),
            ("retiradas", _("Retiradas")),
            ("todas", _("Todas")),
        ],
    }
    return render(request, "reports/questions.html", context)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def question(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One question with its answers; a POST answers it. Who only reads (auditors) has no form."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    action = Action.CORRECT_RECORD if request.method == "POST" else Action.READ_QUESTIONS
    found = selectors.get_asked(viewer=viewer, public_id=public_id, action=action)
    may_answer = _may_answer(viewer, found.question)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _answer(request, viewer, found, form.cleaned_data["text"], at)
    _log(viewer, found, RecordLook.QUESTION_SEEN, at)
    asked = found.question
    requirement = find_questioned_requirement(question=asked)
    context = {
        "question": asked,
        "person": asked.person,
        "line": _line(asked, at, read_mail_settings().calendar),
        "answers": asked.answers.select_related("void", "evidence", "exemption"),
        "form": form,
        "may_answer": may_answer,
        "corrects": asked.subject == QuestionSubject.COMPLETION,
        "requirement": requirement,
        "exemption": find_exemption_since(question=asked),
    }
    status = 400 if form.is_bound else 200
    return render(request, "reports/question.html", context, status=status)


def _answer(
    request: HttpRequest, viewer: Viewer, found: selectors.Asked, text: str, at: datetime
) -> HttpResponse:
    asked = found.question
    try:
        answer_question(
            question_id=asked.pk,
            text=text,
            author=selectors.author_of(viewer=viewer, grant=found.grant, institution_id=asked.institution_id),
            at=at,
            exemption=find_exemption_since(question=asked),
        )
    except NotOpenError:
        messages.warning(request, _("Esta consulta ya no espera respuesta. No cambió nada."))
        return redirect("reports:question", public_id=asked.public_id)
    _log(viewer, found, RecordLook.QUESTION_ANSWERED, at)
    messages.success(request, _("La respuesta quedó guardada. Le avisaremos a la persona."))
    return redirect("reports:question", public_id=asked.public_id)


def _may_answer(viewer: Viewer, asked: RecordQuestion) -> bool:
    """Nobody answers the own question."""
    is_other = asked.person_id != viewer.person_id
    return (
        asked.is_open
        and is_other
        and any(
            grant.covers(asked.institution_id)
            for grant in grants_for(viewer=viewer, action=Action.CORRECT_RECORD)
        )
    )


def _line(asked: RecordQuestion, at: datetime, calendar: WorkingDays) -> QuestionLine:
    today, since = clock.local_date(at), clock.local_date(asked.waits_since)
    is_late = asked.is_open and has_waited_too_long(since=since, until=today, calendar=calendar)
    return QuestionLine(asked, (today - since).days, is_late, question_notice(asked))


def _log(viewer: Viewer, found: selectors.Asked, look: RecordLook, at: datetime) -> None:
    if found.question.person_id == viewer.person_id:
        return
    log_access(
        viewer=viewer,
        grant=found.grant,
        action=AccessLogEntry.Action.VIEW_PERSON,
        at=at,
        institution_id=found.question.institution_id,
        people_count=1,
        subject_id=found.question.person_id,
        detail=str(look),
    )
