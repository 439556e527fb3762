"""The final assessment: its front page, starting, looking over, handing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from lms.classroom.access import NotEnrolledError, Place
from lms.classroom.attempts import Sitting, enter_assessment, enter_attempt, get_rule
from lms.journeys.take_assessment import AttemptRefusedError, hand_in_attempt, minutes_for, start_attempt
from lms.progress.models import AssessmentAttempt
from lms.progress.rules import AttemptRefusal, decide_attempt
from lms.progress.selectors.progress import attempt_facts, get_standing, list_attempts
from lms.progress.services.attempts import AttemptClosedError
from lms.xapi.platform import current_platform

REFUSALS = {
    AttemptRefusal.LESSONS_MISSING: gettext_lazy("Se abre cuando completes todas las lecciones."),
    AttemptRefusal.NONE_LEFT: gettext_lazy(
        "Ya usaste todos los intentos. Escribe a Gestión de Personas de tu institución."
    ),
    AttemptRefusal.TOO_SOON: gettext_lazy("Todavía no puedes empezar otro intento."),
    AttemptRefusal.ALREADY_PASSED: gettext_lazy("Ya aprobaste esta evaluación."),
    AttemptRefusal.BEING_MARKED: gettext_lazy(
        "Una persona está corrigiendo tu último intento. Aquí verás el resultado."
    ),
}


def show_assessment(request: HttpRequest, place: Place) -> HttpResponse:
    """The front page: rules, attempts so far, start or go on."""
    rule = get_rule(place.outline)
    attempts = list_attempts(enrolment=place.enrolment, unit_key=place.unit.key)
    standing = get_standing(enrolment=place.enrolment)
    decision = decide_attempt(
        rule=rule, attempts=attempt_facts(attempts), lessons_finished=standing.all_lessons_done, at=place.at
    )
    context = {
        "place": place,
        "outline": place.outline,
        "unit": place.unit,
        "rule": rule,
        "minutes": minutes_for(rule=rule, person_id=place.enrolment.person_id),
        "attempts": attempts,
        "standing": standing,
        "decision": decision,
        "refusal": REFUSALS[decision.refusal] if decision.refusal else "",
        "open_attempt": next((a for a in attempts if a.state == AssessmentAttempt.State.OPEN), None),
    }
    return render(request, "classroom/assessment_start.html", context)


@require_POST
def start(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """Start an attempt, or go on with the open one."""
    try:
        place = enter_assessment(request=request, course_code=course_code, unit_key=unit_key)
        attempt = start_attempt(
            enrolment_id=place.enrolment.pk, unit_key=unit_key, platform=current_platform(), at=place.at
        )
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    except AttemptRefusedError as error:
        refusal = error.decision.refusal
        messages.error(request, REFUSALS[refusal] if refusal else "")
        return redirect("classroom:unit", course_code=course_code, unit_key=unit_key)
    sitting = Sitting(place, attempt)
    if get_rule(place.outline).is_one_page:
        return redirect(sitting.url("sheet"))
    first = next((entry.number for entry in sitting.entries() if not entry.is_answered), 1)
    return redirect(sitting.url("question", first))


@require_GET
def review(request: HttpRequest, course_code: str, unit_key: str, number: int) -> HttpResponse:
    """Before handing in: what is answered, what is not."""
    try:
        sitting = enter_attempt(request=request, course_code=course_code, unit_key=unit_key, number=number)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    if not sitting.is_open:
        return redirect(sitting.url("result"))
    context = sitting.frame()
    context["missing"] = [entry for entry in sitting.entries() if not entry.is_answered]
    return render(request, "classroom/assessment_review.html", context)


@require_POST
def hand_in(request: HttpRequest, course_code: str, unit_key: str, number: int) -> HttpResponse:
    """Hand in; a second click shows the result of the first."""
    try:
        sitting = enter_attempt(request=request, course_code=course_code, unit_key=unit_key, number=number)
        hand_in_attempt(attempt=sitting.attempt, platform=current_platform(), at=sitting.place.at)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    except AttemptClosedError:
        messages.info(request, _("Este intento ya estaba entregado. Este es su resultado."))
    where = [course_code, unit_key, number]
    return redirect(reverse("classroom:result", args=where))
