"""Errors that learners reported in lessons: the queue of a course, and settling one. Nobody is named."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.selectors import find_lesson_page
from lms.feedback.models import LessonReport
from lms.feedback.selectors.reports import count_by_state, find_report, list_reports
from lms.feedback.services.reports import AlreadySettledError, settle_report
from lms.people.gate import not_allowed_is_404
from lms.teaching.access import Desk, enter_course
from lms.teaching.forms import SettleForm
from lms.ui.components import Choice

PAGE_SIZE = 30
State = LessonReport.State
FILTERS = {"": State.NEW, "corregidos": State.SOLVED, "sin-cambio": State.DISMISSED}


@require_GET
@not_allowed_is_404
def reports(request: HttpRequest, course_code: str) -> HttpResponse:
    """What waits, the oldest first; or what was settled."""
    desk = enter_course(request=request, course_code=course_code)
    chosen = request.GET.get("estado", "")
    chosen = chosen if chosen in FILTERS else ""
    counts = count_by_state(course_code=course_code)
    rows = list_reports(course_code=course_code, state=FILTERS[chosen])
    context = {
        "desk": desk,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina")),
        "filters": [
            Choice(value, f"{State(state).label} ({counts.get(state, 0)})", value == chosen)
            for value, state in FILTERS.items()
        ],
    }
    return render(request, "teaching/reports.html", context)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def report(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """One of them; a POST settles it."""
    desk = enter_course(request=request, course_code=course_code)
    found = find_report(course_code=course_code, public_id=public_id)
    if found is None:
        raise Http404
    form = SettleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _settle(request, desk, found, form)
    page = find_lesson_page(course_code=course_code, unit_key=found.unit_key)
    context = {
        "desk": desk,
        "report": found,
        "form": form,
        "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else "",
    }
    return render(request, "teaching/report.html", context, status=400 if form.is_bound else 200)


def _settle(request: HttpRequest, desk: Desk, report: LessonReport, form: SettleForm) -> HttpResponse:
    try:
        settle_report(
            report_id=report.pk,
            state=form.cleaned_data["state"],
            answer=form.cleaned_data["answer"],
            settled_by_id=desk.user_id,
            at=desk.at,
        )
    except AlreadySettledError:
        messages.info(request, _("Otra persona ya lo había revisado. No cambió nada."))
    else:
        messages.success(request, _("Listo. Quien avisó verá tu respuesta."))
    return redirect("teaching:reports", course_code=desk.course_code)
