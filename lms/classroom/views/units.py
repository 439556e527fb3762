"""Reading a lesson, answering its practice questions, finishing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from courses.models import ReleaseUnit
from courses.outline import UnitKind, UnknownUnitError
from courses.selectors import UnitText, read_unit, to_stream
from lms.classroom.access import NotEnrolledError, Place, enter
from lms.classroom.lessons import build_parts, find_check, list_landmarks
from lms.classroom.views.assessment import show_assessment
from lms.integrity.selectors.inserts import find_current_code, get_insert
from lms.journeys.acknowledge_code import acknowledge_code
from lms.journeys.answer_check import NoSuchOptionError, answer_check
from lms.journeys.finish_unit import UnitNotReadyError, finish_unit
from lms.lib.clock import local_date
from lms.progress.rules import UnitRefusal
from lms.progress.selectors.progress import build_standing
from lms.progress.selectors.steps import read_steps
from lms.ui.light import offers_light
from lms.xapi.platform import current_platform

REFUSALS = {
    UnitRefusal.CHECKS_MISSING: gettext_lazy("Responde la pregunta de práctica para completar la lección."),
    UnitRefusal.DILEMMA_MISSING: gettext_lazy("Recorre el dilema hasta un final para completar la lección."),
    UnitRefusal.IS_ASSESSMENT: gettext_lazy("La evaluación se completa cuando la apruebas."),
}


def read_text(place: Place) -> UnitText:
    """The frozen content of the unit in its best words, and their language. One query."""
    try:
        return read_unit(release=place.enrolment.release, key=place.unit.key, language=place.language)
    except ReleaseUnit.DoesNotExist:
        raise Http404 from None


@require_GET
@offers_light
def unit(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """One unit: a lesson to read, or the front page of the assessment."""
    try:
        place = enter(request=request, course_code=course_code, unit_key=unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    if place.unit.kind == UnitKind.ASSESSMENT:
        return show_assessment(request, place)
    return render(request, "classroom/lesson.html", lesson_context(place))


def lesson_context(place: Place) -> dict[str, Any]:
    """All that the lesson page shows."""
    text = read_text(place)
    payload = text.payload
    steps = read_steps(enrolment=place.enrolment, note_of=place.unit.key)
    insert = get_insert(
        kinds={block["type"] for block in payload["body"]},
        institution_id=place.viewer.institution_id,
        institution_name=place.viewer.institution_name,
        person_id=place.enrolment.person_id,
        day=local_date(place.at),
    )
    parts = build_parts(stream=to_stream(payload["body"]), answers=steps.answers, insert=insert)
    before, after = place.outline.neighbours(place.unit.key)
    return {
        "place": place,
        "outline": place.outline,
        "module": place.outline.module_of(place.unit.key),
        "unit": place.unit,
        "payload": payload,
        "language": text.language,
        "parts": parts,
        "landmarks": list_landmarks(parts),
        "standing": build_standing(enrolment=place.enrolment, outline=place.outline, finished=steps.finished),
        "finished": steps.finished,
        "is_finished": place.unit.key in steps.finished,
        "dilemma_done": place.unit.key in steps.dilemmas,
        "before": before,
        "after": after,
        "note": steps.note,
    }


@require_POST
def finish(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """«Completar y seguir»: to the next unit, or back with what is missing."""
    try:
        place = enter(request=request, course_code=course_code, unit_key=unit_key)
        finished = finish_unit(
            enrolment_id=place.enrolment.pk,
            unit_key=place.unit.key,
            source="web",
            platform=current_platform(),
            at=place.at,
        )
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    except UnitNotReadyError as error:
        messages.error(request, REFUSALS[error.refusal])
        return redirect(f"{_unit_url(course_code, unit_key)}#{_anchor_of(error.refusal)}")
    if finished.completion:
        messages.success(request, _("Completaste el curso. Tu certificado está listo."))
        return redirect("certificates_mine:list")
    _before, after = place.outline.neighbours(unit_key)
    if after is None:
        return redirect("classroom:continue", course_code=course_code)
    return redirect("classroom:unit", course_code=course_code, unit_key=after.key)


@require_POST
def answer(request: HttpRequest, course_code: str, unit_key: str, check_key: str) -> HttpResponse:
    """Answer a practice question: the page again, or with htmx only the question."""
    try:
        place = enter(request=request, course_code=course_code, unit_key=unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    options = find_check(read_text(place).payload.get("body", []), check_key)
    if options is None:
        raise Http404
    try:
        answer_check(
            enrolment_id=place.enrolment.pk,
            unit_key=place.unit.key,
            check_key=check_key,
            options=options,
            option=_as_index(request.POST.get("opcion")),
            platform=current_platform(),
            at=place.at,
        )
    except (NoSuchOptionError, UnknownUnitError):
        messages.error(request, _("Elige una alternativa antes de responder."))
    if getattr(request, "htmx", False):
        context = lesson_context(place)
        part = next(part for part in context["parts"] if part.check and part.check.key == check_key)
        with translation.override(context["language"]):  # as the lesson around it
            return render(request, "courses/blocks/check.html", {**context, "part": part, "swapped": True})
    return redirect(f"{_unit_url(course_code, unit_key)}#pregunta-{check_key}")


@require_POST
def acknowledge(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """Declare to know the code of the own institution."""
    try:
        place = enter(request=request, course_code=course_code, unit_key=unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    institution_id = place.viewer.institution_id
    code = find_current_code(institution_id=institution_id) if institution_id else None
    if code is None or str(code.public_id) != request.POST.get("codigo"):
        messages.error(request, _("El código de tu institución cambió. Léelo de nuevo antes de declarar."))
    else:
        acknowledge_code(person=place.enrolment.person, code=code, platform=current_platform(), at=place.at)
        messages.success(request, _("Queda registrado que conoces el código de ética de tu institución."))
    return redirect(f"{_unit_url(course_code, unit_key)}#codigo")


def _as_index(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else -1


def _anchor_of(refusal: UnitRefusal) -> str:
    return "dilema" if refusal == UnitRefusal.DILEMMA_MISSING else "practica"


def _unit_url(course_code: str, unit_key: str) -> str:
    return reverse("classroom:unit", kwargs={"course_code": course_code, "unit_key": unit_key})
