"""Who completed a course reads what changed in it since: only that, and says so."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.languages import reading_language
from courses.selectors import outline_in
from lms.classroom.changed import read_changed
from lms.journeys.read_delta import read_delta
from lms.lib import clock
from lms.people.policy import Viewer
from lms.people.selectors.viewers import get_viewer
from lms.progress.selectors.deltas import DueDelta, list_due_deltas
from lms.ui.light import offers_light
from lms.xapi.platform import current_platform


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
    units = read_changed(due=due, outline=outline, viewer=viewer, language=language, day=day)
    return render(request, "classroom/changes.html", {"due": due, "outline": outline, "units": units})


def _find_due(viewer: Viewer, course_code: str, day: date) -> DueDelta | None:
    if viewer.person_id is None:
        return None
    found = list_due_deltas(person_id=viewer.person_id, day=day)
    return next((one for one in found if one.completion.course.code == course_code), None)
