"""What groups choose in the dilemmas of a course. Nobody is named, and nothing of few is told."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.people.gate import not_allowed_is_404
from lms.teaching.access import enter_course
from lms.teaching.dilemmas import list_dilemmas


@require_GET
@not_allowed_is_404
def dilemmas(request: HttpRequest, course_code: str) -> HttpResponse:
    """Scene by scene, from a whole group on."""
    desk = enter_course(request=request, course_code=course_code)
    group = settings.DILEMMA_MINIMUM_GROUP
    context = {"desk": desk, "dilemmas": list_dilemmas(course_code=course_code, group=group), "group": group}
    return render(request, "teaching/dilemmas.html", context)
