"""My record: what is asked of me, what I completed, what was corrected, and what I question."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.classroom.record_lines import read_my_record
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer
from lms.progress.selectors.record import list_completions
from lms.progress.views import evidence_response


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """The whole of it on one page."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    context = {"record": read_my_record(viewer=viewer, day=clock.local_date(at))}
    return render(request, "classroom/record.html", context)


@require_GET
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper behind a course of mine; a list that names others too is not given out."""
    viewer = get_viewer(user=request.user, at=clock.now())
    lines = list_completions(person_id=viewer.person_id, at_work_only=True) if viewer.person_id else []
    line = next((one for one in lines if one.completion.public_id == public_id), None)
    if line is None or line.evidence is None or not line.evidence.is_of_one_person:
        raise Http404
    return evidence_response(file=line.evidence.file)
