"""«Mis apuntes»: what a person writes for itself beside its lessons."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courses.languages import reading_language
from lms.classroom.access import NotEnrolledError, enter
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer
from lms.progress.selectors.notes import CourseNotes, list_notes
from lms.progress.services.notes import NoteTooLongError, save_note


@require_POST
def keep(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """Keep the note of a lesson; an empty one is deleted. One that is too long comes back as it was typed."""
    try:
        place = enter(request=request, course_code=course_code, unit_key=unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    text = request.POST.get("apunte", "")
    try:
        note = save_note(
            person_id=place.enrolment.person_id,
            course_id=place.enrolment.course_id,
            unit_key=place.unit.key,
            text=text,
            at=place.at,
        )
    except NoteTooLongError:
        context = {"place": place, "unit": place.unit, "outline": place.outline, "text": text}
        return render(request, "classroom/note_too_long.html", context, status=400)
    messages.success(request, _("Guardamos tu apunte.") if note else _("Borramos tu apunte."))
    return redirect(f"{reverse('classroom:unit', args=[course_code, unit_key])}#apuntes")


@require_GET
def notebook(request: HttpRequest) -> HttpResponse:
    """All my notes."""
    return render(request, "classroom/notebook.html", {"courses": _mine(request)})


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """All my notes as a text file."""
    lines = []
    for course in _mine(request):
        lines += [course.title, "=" * len(course.title), ""]
        for unit, note in course.notes:
            lines += [unit.title if unit else note.unit_key, "", note.text, ""]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mis-apuntes.txt"'
    return response


def _mine(request: HttpRequest) -> list[CourseNotes]:
    viewer = get_viewer(user=request.user, at=clock.now())
    return list_notes(person_id=viewer.person_id, language=reading_language()) if viewer.person_id else []
