"""Marking open answers: the queue, and one answer at a time without knowing whose it is."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.quizzes.rules import QuestionSpec
from courses.selectors import list_questions
from lms.journeys.mark_open_answer import mark_open_answer
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.selectors.looks import RecordLook
from lms.people.services.access_log import log_access
from lms.progress.models import AnswerToMark
from lms.progress.selectors.marking import find_claimed, find_text, queue_figures
from lms.progress.services.marking import (
    AnswerSettledError,
    MarkedBeforeError,
    OwnAnswerError,
    claim_answer,
    release_claim,
)
from lms.teaching.access import Desk, enter_course
from lms.teaching.forms import MarkForm
from lms.xapi.platform import current_platform


@dataclass(frozen=True)
class Paper:
    """An answer in front of who marks it. Nothing here says whose it is."""

    row: AnswerToMark
    question: QuestionSpec
    text: str
    by_two: bool

    @property
    def words(self) -> int:
        return len(self.text.split())


@require_GET
@not_allowed_is_404
def queue(request: HttpRequest, course_code: str) -> HttpResponse:
    """How many answers wait, and the door to the next."""
    desk = enter_course(request=request, course_code=course_code)
    figures = queue_figures(course_code=course_code, user_id=desk.user_id, person_id=desk.viewer.person_id)
    return render(request, "teaching/marking.html", {"desk": desk, "figures": figures})


@require_POST
@not_allowed_is_404
def take_next(request: HttpRequest, course_code: str) -> HttpResponse:
    """Opens the oldest answer that one may mark."""
    desk = enter_course(request=request, course_code=course_code)
    return _to_next(request, desk)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def mark(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """One answer with its rubric."""
    desk = enter_course(request=request, course_code=course_code)
    row = find_claimed(public_id=public_id, course_code=course_code, user_id=desk.user_id)
    if row is None:
        messages.info(request, _("Esa respuesta ya no está contigo: otra persona la corrige o está lista."))
        return redirect("teaching:marking", course_code=course_code)
    paper = _read(row)
    is_sent = request.method == "POST"
    form = MarkForm(request.POST if is_sent else None, body=paper.question.body)
    if is_sent and form.is_valid():
        _keep(request, desk, paper, form)
        return _to_next(request, desk)
    if not is_sent:
        _log_look(desk, row)
    context = {"desk": desk, "paper": paper, "form": form}
    return render(request, "teaching/mark.html", context, status=400 if is_sent else 200)


@require_POST
@not_allowed_is_404
def put_back(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """Leaves an answer to the others."""
    desk = enter_course(request=request, course_code=course_code)
    row = find_claimed(public_id=public_id, course_code=course_code, user_id=desk.user_id)
    if row is not None:
        release_claim(answer_id=row.pk, user_id=desk.user_id)
    return redirect("teaching:marking", course_code=course_code)


def _to_next(request: HttpRequest, desk: Desk) -> HttpResponse:
    row = claim_answer(
        course_code=desk.course_code, user_id=desk.user_id, person_id=desk.viewer.person_id, at=desk.at
    )
    if row is None:
        messages.success(request, _("No quedan respuestas que puedas corregir."))
        return redirect("teaching:marking", course_code=desk.course_code)
    return redirect("teaching:mark", course_code=desk.course_code, public_id=row.public_id)


def _read(row: AnswerToMark) -> Paper:
    """One query."""
    attempt = row.attempt
    event = find_text(answer=row)
    question = list_questions(release=attempt.release, key=attempt.unit_key).get(row.question_key)
    if event is None or question is None:
        raise Http404
    rule = attempt.enrolment.release.outline.assessment
    return Paper(row, question, str(event.answer or ""), bool(rule and rule.two_markers))


def _log_look(desk: Desk, row: AnswerToMark) -> None:
    """Who wrote it can read that somebody did; who marks learns nothing of it."""
    log_access(
        viewer=desk.viewer,
        grant=desk.grant,
        action=AccessLogEntry.Action.VIEW_PERSON,
        at=desk.at,
        institution_id=desk.grant.institution_id,
        people_count=1,
        subject_id=row.attempt.enrolment.person_id,
        detail=RecordLook.ANSWER_READ,
    )


def _keep(request: HttpRequest, desk: Desk, paper: Paper, form: MarkForm) -> None:
    try:
        decision = mark_open_answer(
            answer=paper.row,
            question=paper.question,
            levels=form.levels,
            comment=form.cleaned_data["comment"],
            user_id=desk.user_id,
            person_id=desk.viewer.person_id,
            platform=current_platform(),
            at=desk.at,
        )
    except (AnswerSettledError, MarkedBeforeError, OwnAnswerError):
        messages.info(request, _("Esa respuesta ya tenía tu corrección o su puntaje. No cambió nada."))
        return
    if decision.is_settled:
        messages.success(request, _("Se guardó la corrección. La respuesta tiene su puntaje."))
    else:
        messages.success(request, _("Se guardó la corrección. Falta que la corrija otra persona."))
