"""Answering: one question at a time or all on a page, each answer kept as it is given, also from afar."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

import msgspec
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.quizzes.rules import AnswerError
from lms.classroom.access import NotEnrolledError
from lms.classroom.attempts import Sitting, enter_attempt, field_name, flag_name
from lms.progress.models import AnswerEvent
from lms.progress.services.attempts import save_answer

MOST_EVENTS = 100
Fields = dict[str, list[str]]


class SentAnswer(msgspec.Struct, frozen=True):
    """An answer as a page sends it. ``key``: by which it is known if it is sent twice.

    ``waited``: seconds since it was given.
    """

    key: UUID
    position: int
    fields: Fields
    flag: bool = False
    waited: Annotated[float, msgspec.Meta(ge=0, le=1e9)] = 0


class SentAnswers(msgspec.Struct, frozen=True):
    answers: list[SentAnswer]


@require_http_methods(["GET", "POST"])
def question(
    request: HttpRequest, course_code: str, unit_key: str, number: int, position: int
) -> HttpResponse:
    """One question of an attempt. Saving goes on to the next; the last leads to the overview."""
    try:
        sitting = enter_attempt(request=request, course_code=course_code, unit_key=unit_key, number=number)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    sitting.item(position)
    if request.method == "POST":
        return _keep(request, sitting, [position]) or redirect(_after(request, sitting, position))
    if not sitting.is_open:
        return redirect(sitting.url("result"))
    context = sitting.frame(position) | {
        "question": sitting.asked(position)[0],
        "position": position,
        "previous": position - 1 if position > 1 else None,
        "is_last": position == len(sitting.drawn),
    }
    return render(request, "classroom/assessment_question.html", context)


@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, course_code: str, unit_key: str, number: int) -> HttpResponse:
    """All questions of an attempt on one page."""
    try:
        sitting = enter_attempt(request=request, course_code=course_code, unit_key=unit_key, number=number)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    positions = range(1, len(sitting.drawn) + 1)
    if request.method == "POST":
        return _keep(request, sitting, list(positions)) or redirect(sitting.url("review"))
    if not sitting.is_open:
        return redirect(sitting.url("result"))
    context = sitting.frame() | {"questions": sitting.asked(*positions)}
    return render(request, "classroom/assessment_sheet.html", context)


@require_POST
def save(request: HttpRequest, course_code: str, unit_key: str, number: int) -> HttpResponse:
    """Answers that a page sends by itself: ``{"answers": [SentAnswer]}``.

    Answers with ``{"saved": [key], "refused": [key], "late": bool, "is_open": bool}``:
    what is neither saved nor refused has to be sent again. Sending twice keeps once.

    Raises:
        BadRequest: another shape.
    """
    try:
        sitting = enter_attempt(request=request, course_code=course_code, unit_key=unit_key, number=number)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    try:
        sent = msgspec.json.decode(request.body, type=SentAnswers).answers
    except msgspec.MsgspecError as error:
        raise BadRequest("shape") from error
    if len(sent) > MOST_EVENTS:
        raise BadRequest("too many")
    saved, refused, is_late = [], [], False
    for answer in sent:
        try:
            event = _save(
                sitting,
                answer.position,
                answer.fields,
                is_flagged=answer.flag,
                key=answer.key,
                waited=timedelta(seconds=answer.waited),
            )
        except AnswerError:
            refused.append(str(answer.key))
        else:
            saved.append(str(answer.key))
            is_late |= event.is_late
    return JsonResponse({"saved": saved, "refused": refused, "late": is_late, "is_open": sitting.is_open})


def _keep(request: HttpRequest, sitting: Sitting, positions: list[int]) -> HttpResponse | None:
    """Keep the answers of a form; where to go if something is not as it should be.

    Each good answer is kept even where another is not.
    """
    fields: Fields = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    wrong, is_late = [], False
    for position in positions:
        try:
            event = _save(sitting, position, fields, is_flagged=flag_name(position) in request.POST)
        except AnswerError:
            wrong.append(str(position))
        else:
            is_late |= event.is_late
    if is_late:
        messages.error(
            request, _("Este intento ya se entregó. Guardamos lo que respondiste después, pero no cuenta.")
        )
        return redirect(sitting.url("result"))
    if wrong:
        text = _("No pudimos guardar tu respuesta a la pregunta %(numbers)s. Revísala y guarda de nuevo.")
        messages.error(request, text % {"numbers": ", ".join(wrong)})
        return redirect(request.path)
    return None


def _save(
    sitting: Sitting,
    position: int,
    fields: Fields,
    *,
    is_flagged: bool,
    key: UUID | None = None,
    waited: timedelta = timedelta(0),
) -> AnswerEvent:
    """Keep one answer.

    Raises:
        AnswerError: it does not belong to the question, or the attempt has none at that place.
    """
    if not 1 <= position <= len(sitting.drawn):
        raise AnswerError("position")
    item = sitting.item(position)
    question = sitting.questions[item.key]
    return save_answer(
        attempt_id=sitting.attempt.pk,
        question=question,
        answer=question.read(item.order, fields, field_name(position)),
        is_flagged=is_flagged,
        at=sitting.place.at,
        client_key=key,
        waited=waited,
    )


def _after(request: HttpRequest, sitting: Sitting, position: int) -> str:
    """Where a form of one question leads."""
    if "anterior" in request.POST and position > 1:
        return sitting.url("question", position - 1)
    if position < len(sitting.drawn):
        return sitting.url("question", position + 1)
    return sitting.url("review")
