"""Who completed a course reads what changed in it since: only that, and says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.languages import reading_language
from courses.models import ReleaseUnit
from courses.outline import CourseOutline, UnitSpec, UnknownUnitError
from courses.selectors import get_unit_text, outline_in, to_stream
from lms.classroom.lessons import Part, build_parts
from lms.integrity.selectors.inserts import get_insert
from lms.journeys.read_delta import read_delta
from lms.lib import clock
from lms.people.policy import Viewer
from lms.people.selectors.viewers import get_viewer
from lms.progress.selectors.deltas import DueDelta, list_due_deltas
from lms.ui.light import offers_light
from lms.xapi.platform import current_platform

DONE_ELSEWHERE = frozenset({"check", "dilemma"})
"""Blocks that ask for something: they are named, not asked again."""


@dataclass(frozen=True)
class ChangedUnit:
    """A lesson with what changed in it. ``has_practice``: a question or a dilemma changed too."""

    unit: UnitSpec
    parts: list[Part]
    language: str
    has_practice: bool


@require_http_methods(["GET", "POST"])
@offers_light
def changes(request: HttpRequest, course_code: str) -> HttpResponse:
    """What changed, the oldest change first; a post says that it was read."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    day = clock.local_date(at)
    due = _find_due(viewer, course_code, day)
    if request.method == "POST":
        wanted = request.POST.get("version", "")
        if due is None or str(due.change.release.number) != wanted:
            messages.info(request, _("Eso ya estaba leído, o hay algo más nuevo."))
        else:
            read_delta(
                completion=due.completion, release=due.change.release, platform=current_platform(), at=at
            )
            messages.success(request, _("Queda registrado que lo leíste. Tu certificado sigue igual."))
        return redirect("classroom:home")
    if due is None:
        raise Http404
    language = reading_language()
    outline = outline_in(release=due.change.release, language=language)
    context = {"due": due, "outline": outline, "units": list(_units(due, outline, viewer, language, day))}
    return render(request, "classroom/changes.html", context)


def _find_due(viewer: Viewer, course_code: str, day: date) -> DueDelta | None:
    if viewer.person_id is None:
        return None
    found = list_due_deltas(person_id=viewer.person_id, day=day)
    return next((one for one in found if one.completion.course.code == course_code), None)


def _units(
    due: DueDelta, outline: CourseOutline, viewer: Viewer, language: str, day: date
) -> Iterator[ChangedUnit]:
    """Some five queries for each lesson that changed."""
    release = due.change.release
    for key, ids in due.delta.blocks.items():
        try:
            unit = outline.get_unit(key)
            text = get_unit_text(release=release, key=key, language=language)
        except (UnknownUnitError, ReleaseUnit.DoesNotExist):
            continue
        blocks = [block for block in text.payload["body"] if block["id"] in ids]
        shown = [block for block in blocks if block["type"] not in DONE_ELSEWHERE]
        insert = get_insert(
            kinds={block["type"] for block in shown},
            institution_id=viewer.institution_id,
            institution_name=viewer.institution_name,
            person_id=due.completion.person_id,
            day=day,
        )
        parts = build_parts(stream=to_stream(shown), answers={}, insert=insert)
        yield ChangedUnit(unit, parts, text.language, len(shown) < len(blocks))
