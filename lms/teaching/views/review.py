"""Attempts at which somebody should look. Nobody is named, nothing is punished."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lms.journeys.decide_late import decide_late
from lms.people.gate import not_allowed_is_404
from lms.progress.models import AssessmentAttempt, AttemptSign
from lms.progress.selectors.irregular import list_late, list_signs
from lms.progress.services.irregular import (
    DecidedBeforeError,
    NothingLateError,
    OwnAttemptError,
    SignDecidedError,
    decide_sign,
)
from lms.teaching.access import enter_course
from lms.teaching.forms import LateForm, SignForm
from lms.teaching.words import describe_sign
from lms.ui.spelling import spell_minutes
from lms.xapi.platform import current_platform

SHOWN = 50


@dataclass(frozen=True)
class LateLine:
    """``delay``: how long after the hand-in the last late answer came, in words."""

    attempt: AssessmentAttempt
    answers: int
    delay: str


@require_GET
@not_allowed_is_404
def review(request: HttpRequest, course_code: str) -> HttpResponse:
    """What waits for a look."""
    desk = enter_course(request=request, course_code=course_code)
    person_id = desk.viewer.person_id
    late = list_late(course_code=course_code, person_id=person_id)
    signs = list_signs(course_code=course_code, person_id=person_id)
    context = {
        "desk": desk,
        "late": [_line(attempt) for attempt in late[:SHOWN]],
        "signs": [(sign, describe_sign(sign=sign)) for sign in signs[:SHOWN]],
    }
    return render(request, "teaching/review.html", context)


@require_POST
@not_allowed_is_404
def late(request: HttpRequest, course_code: str, attempt_id: int) -> HttpResponse:
    """Decide whether the late answers of an attempt count."""
    desk = enter_course(request=request, course_code=course_code)
    attempt = (
        AssessmentAttempt.objects.filter(pk=attempt_id, enrolment__course__code=course_code)
        .select_related("release", "enrolment")
        .prefetch_related("events")
        .first()
    )
    if attempt is None:
        raise Http404
    form = LateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Escribe por qué, en una frase, y elige si cuentan. No cambió nada."))
        return redirect("teaching:review", course_code=course_code)
    is_accepted = form.cleaned_data["accept"] == "si"
    try:
        decide_late(
            attempt=attempt,
            is_accepted=is_accepted,
            reason=form.cleaned_data["reason"],
            user_id=desk.user_id,
            person_id=desk.viewer.person_id,
            platform=current_platform(),
            at=desk.at,
        )
    except OwnAttemptError:
        messages.error(request, _own_attempt())
    except (DecidedBeforeError, NothingLateError):
        messages.info(request, _("Otra persona ya lo decidió. No cambió nada."))
    else:
        messages.success(request, _("Las tardías cuentan.") if is_accepted else _("Las tardías no cuentan."))
    return redirect("teaching:review", course_code=course_code)


@require_POST
@not_allowed_is_404
def sign(request: HttpRequest, course_code: str, sign_id: int) -> HttpResponse:
    """Somebody looked at a sign."""
    desk = enter_course(request=request, course_code=course_code)
    found = AttemptSign.objects.filter(pk=sign_id, attempt__enrolment__course__code=course_code).first()
    if found is None:
        raise Http404
    form = SignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Elige qué resultó de mirarlo. No cambió nada."))
        return redirect("teaching:review", course_code=course_code)
    try:
        decide_sign(
            sign_id=found.pk,
            state=form.cleaned_data["state"],
            note=form.cleaned_data["note"],
            user_id=desk.user_id,
            person_id=desk.viewer.person_id,
            at=desk.at,
        )
    except OwnAttemptError:
        messages.error(request, _own_attempt())
    except SignDecidedError:
        messages.info(request, _("Otra persona ya lo miró. No cambió nada."))
    else:
        messages.success(request, _("Queda revisado. El resultado de nadie cambió."))
    return redirect("teaching:review", course_code=course_code)


def _own_attempt() -> str:
    return _("Es un intento tuyo, o se parece a uno tuyo: lo decide otra persona. No cambió nada.")


def _line(attempt: AssessmentAttempt) -> LateLine:
    """An attempt whose time ran out was handed in at its deadline."""
    last = attempt.last_late_at  # type: ignore[attr-defined]
    minutes = max(int((last - attempt.submitted_at).total_seconds() // 60), 1)
    return LateLine(attempt, attempt.late_count, spell_minutes(minutes=minutes))  # type: ignore[attr-defined]
