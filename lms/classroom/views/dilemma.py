"""Choosing, seeing the consequence, thinking, trying another way. Nothing of it is kept by name."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.outline import UnitKind
from courses.selectors import to_stream
from lms.classroom.access import NotEnrolledError, Place, enter
from lms.classroom.dilemmas import BrokenPathError, Play, parse_path, play
from lms.classroom.views.units import read_payload
from lms.integrity.selectors import get_insert
from lms.journeys.work_through_dilemma import work_through_dilemma
from lms.progress.selectors.progress import dilemma_shares
from lms.xapi.platform import current_platform


def _read_dilemma(place: Place) -> Any:
    stream = to_stream(read_payload(place)["body"])
    block = next((block for block in stream if block.block_type == "dilemma"), None)
    if block is None:
        raise Http404
    return block.value


def _shares(place: Place, dilemma: Any, played: Play) -> dict[str, Any]:
    """What others chose in the scene just decided, most chosen first; empty below a whole group."""
    if played.last is None:
        return {"people": 0, "rows": []}
    people, shares = dilemma_shares(
        course_id=place.enrolment.course_id,
        dilemma=dilemma["code"],
        scene=played.last_scene,
        group=settings.DILEMMA_MINIMUM_GROUP,
    )
    scene = next(scene for scene in dilemma["scenes"] if scene["key"] == played.last_scene)
    rows = [
        {
            "text": c["recap"],
            "percent": round(shares.get(c["key"], 0) * 100),
            "mine": c["key"] == played.last["key"],
        }
        for c in scene["choices"]
    ]
    return {"people": people, "rows": sorted(rows, key=lambda row: -row["percent"]) if people else []}


@require_http_methods(["GET", "POST"])
def dilemma(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """The scene to decide, or what happened after a decision.

    The path so far and the new choice come in the body of the request only.
    """
    try:
        place = enter(request=request, course_code=course_code, unit_key=unit_key, kind=UnitKind.DILEMMA)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    value = _read_dilemma(place)
    path, choice = request.POST.get("camino", ""), request.POST.get("decision", "")
    try:
        played = play(dilemma=value, path=parse_path(path))
        if choice and played.scene is not None:
            played = play(dilemma=value, path=(*played.pairs, (played.scene["key"], choice)))
            showing = "consequence"
        else:
            showing = "scene" if played.scene is not None else "consequence"
    except BrokenPathError:
        messages.error(request, _("No pudimos seguir ese camino. Empieza de nuevo: no se perdió nada."))
        return redirect("classroom:dilemma", course_code=course_code, unit_key=unit_key)
    if request.method == "POST" and "decidir" in request.POST and not choice:
        messages.error(request, _("Elige una decisión para ver qué pasa."))
    insert = get_insert(
        institution_id=place.viewer.institution_id,
        institution_name=place.viewer.institution_name,
        person_id=None,
    )
    return render(
        request,
        "classroom/dilemma_consequence.html" if showing == "consequence" else "classroom/dilemma.html",
        {
            "place": place,
            "outline": place.outline,
            "unit": place.unit,
            "module": place.outline.module_of(place.unit.key),
            "dilemma": value,
            "played": played,
            "step_number": len(played.steps) + 1,
            "others": _shares(place, value, played),
            "insert": insert,
            "article": insert.article(value["topic"]),
            "was_done": place.enrolment.dilemma_runs.filter(unit_key=unit_key).exists(),
        },
    )


@require_POST
def finish_dilemma(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """Having reached an ending: the dilemma is worked through."""
    try:
        place = enter(request=request, course_code=course_code, unit_key=unit_key, kind=UnitKind.DILEMMA)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    value = _read_dilemma(place)
    try:
        played = play(dilemma=value, path=parse_path(request.POST.get("camino", "")))
        if not played.is_over:
            raise BrokenPathError
        work_through_dilemma(
            enrolment_id=place.enrolment.pk,
            unit_key=unit_key,
            dilemma=value["code"],
            path=played.pairs,
            group=settings.DILEMMA_MINIMUM_GROUP,
            platform=current_platform(),
            at=place.at,
        )
    except BrokenPathError:
        messages.error(request, _("Recorre el dilema hasta un final para completarlo."))
        return redirect("classroom:dilemma", course_code=course_code, unit_key=unit_key)
    return redirect(f"{reverse('classroom:unit', args=[course_code, unit_key])}#dilema")
