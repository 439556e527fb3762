"""A lesson or a whole course to read on paper."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from courses.outline import UnitKind, UnitSpec
from lms.classroom.access import NotEnrolledError, Visit, enter, enter_course
from lms.classroom.paper import read_sheets


@require_GET
def course(request: HttpRequest, course_code: str) -> HttpResponse:
    """All lessons, the assessment apart."""
    try:
        visit = enter_course(request=request, course_code=course_code)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    return _render(request, visit, visit.outline.lessons)


@require_GET
def unit(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """One lesson."""
    try:
        place = enter(request=request, course_code=course_code, unit_key=unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    if place.unit.kind == UnitKind.ASSESSMENT:
        raise Http404
    return _render(request, place, [place.unit])


def _render(request: HttpRequest, visit: Visit, units: Sequence[UnitSpec]) -> HttpResponse:
    release, sheets = read_sheets(visit=visit, units=units)
    title = sheets[0].unit.title if len(sheets) == 1 else visit.outline.title
    context = {"outline": visit.outline, "release": release, "sheets": sheets, "title": title}
    return render(request, "classroom/paper.html", context)
