"""Taking a role, deciding, seeing what comes of it, looking back, trying another way.

Nothing of it is kept by name: the way gone, and the first way where one tries another, come and go
in the body of the request only.
"""

from dataclasses import dataclass
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
from lms.classroom.dilemmas import BrokenPathError, Play, decide, parse_path, play
from lms.classroom.views.units import read_text
from lms.integrity.selectors.inserts import CODE, get_insert
from lms.journeys.tasks import sealing_keys
from lms.journeys.work_through_dilemma import work_through_dilemma
from lms.lib.clock import local_date
from lms.progress.pattern_words import Group, to_group
from lms.progress.selectors.dilemmas import list_patterns
from lms.ui.light import offers_light
from lms.xapi.platform import current_platform


@dataclass(frozen=True)
class Table:
    """A learner at a dilemma.

    ``language``: of its words. ``first``: the way gone to an ending before this one.
    """

    place: Place
    dilemma: Any
    language: str
    first: Play | None


@require_http_methods(["GET", "POST"])
@offers_light
def dilemma(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """The role or scene to decide, or what happened after a decision."""
    try:
        table = _sit_down(request, course_code, unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    choice = request.POST.get("decision", "")
    try:
        played = play(dilemma=table.dilemma, path=parse_path(request.POST.get("camino", "")))
        is_consequence = played.is_over or bool(choice and played.scene)
        if choice and not played.is_over:
            played = decide(dilemma=table.dilemma, played=played, choice=choice)
    except BrokenPathError:
        messages.error(request, _("No pudimos seguir ese camino. Empieza de nuevo: no se perdió nada."))
        return redirect("classroom:dilemma", course_code=course_code, unit_key=unit_key)
    if "decidir" in request.POST and not choice:
        messages.error(request, _("Elige una decisión para ver qué pasa."))
    context = _frame(table, played)
    if is_consequence:
        return render(request, "classroom/dilemma_consequence.html", context | _looking_back(table, played))
    if played.needs_role:
        return render(request, "classroom/dilemma_role.html", context)
    return render(request, "classroom/dilemma.html", context)


@require_POST
def finish_dilemma(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """Having reached an ending: the dilemma is worked through. Of two ways the first is counted."""
    try:
        table = _sit_down(request, course_code, unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    try:
        played = play(dilemma=table.dilemma, path=parse_path(request.POST.get("camino", "")))
        if not played.is_over:
            raise BrokenPathError
    except BrokenPathError:
        messages.error(request, _("Recorre el dilema hasta un final para completarlo."))
        return redirect("classroom:dilemma", course_code=course_code, unit_key=unit_key)
    work_through_dilemma(
        enrolment_id=table.place.enrolment.pk,
        unit_key=unit_key,
        dilemma=table.dilemma["code"],
        path=(table.first or played).decisions,
        group=settings.DILEMMA_MINIMUM_GROUP,
        keys=sealing_keys(),
        platform=current_platform(),
        at=table.place.at,
    )
    return redirect(f"{reverse('classroom:unit', args=[course_code, unit_key])}#dilema")


def _sit_down(request: HttpRequest, course_code: str, unit_key: str) -> Table:
    place = enter(request=request, course_code=course_code, unit_key=unit_key, kind=UnitKind.DILEMMA)
    text = read_text(place)
    dilemmas = [block for block in text.payload["body"] if block["type"] == "dilemma"]
    block = to_stream(dilemmas).first_block_by_name("dilemma")
    if block is None:
        raise Http404
    first = _read_first(block.value, request.POST.get("antes", ""))
    return Table(place, block.value, text.language, first)


def _read_first(dilemma: Any, text: str) -> Play | None:
    """The first way as the form carries it; anything but a way to an ending is left away."""
    try:
        first = play(dilemma=dilemma, path=parse_path(text))
    except BrokenPathError:
        return None
    return first if first.is_over else None


def _frame(table: Table, played: Play) -> dict[str, Any]:
    """What all pages of a dilemma share."""
    place = table.place
    return {
        "place": place,
        "outline": place.outline,
        "unit": place.unit,
        "dilemma": table.dilemma,
        "language": table.language,
        "played": played,
        "first": table.first,
        "step_number": len(played.steps) + 1,
        "echoes": played.echoes(played.scene["echoes"]) if played.scene else [],
        "group": settings.DILEMMA_MINIMUM_GROUP,
    }


def _looking_back(table: Table, played: Play) -> dict[str, Any]:
    """What is shown after a decision. One query for the group, those of the own code of ethics."""
    place = table.place
    insert = get_insert(
        kinds={CODE},
        institution_id=place.viewer.institution_id,
        institution_name=place.viewer.institution_name,
        person_id=place.enrolment.person_id,
        day=local_date(place.at),
    )
    return {
        "others": _read_others(table, played),
        "insert": insert,
        "article": insert.article(table.dilemma["topic"]),
        "later": played.echoes(table.dilemma["epilogue"]) if played.is_over else [],
        "kept_way": table.first or played,
    }


def _read_others(table: Table, played: Play) -> Group:
    """What others chose in the scene just decided."""
    if played.last is None:
        return Group()
    scene, choice = played.last.pair
    code = table.dilemma["code"]
    patterns = list_patterns(
        course_id=table.place.enrolment.course_id, group=settings.DILEMMA_MINIMUM_GROUP, dilemma=code
    )
    return to_group(choices=played.last.scene["choices"], pattern=patterns.get((code, scene)), mine=choice)
