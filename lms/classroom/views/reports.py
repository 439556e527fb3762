"""«Avisar de un error» in a lesson, and what became of what I reported."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lms.classroom.access import NotEnrolledError, Place, enter
from lms.classroom.forms_feedback import ReportForm
from lms.feedback.models import LessonReport
from lms.feedback.selectors.reports import list_own_reports
from lms.feedback.services.reports import MOST_A_DAY, TooManyReportsError
from lms.feedback.services.reports import report_error as keep_report
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer
from lms.ui.components import Notice, TagKind

PAGE_SIZE = 30
_STATES: dict[str, tuple[TagKind, str, Promise]] = {
    LessonReport.State.NEW: ("info", "hourglass", gettext_lazy("Por revisar")),
    LessonReport.State.SOLVED: ("ok", "circle-check", gettext_lazy("Corregido")),
    LessonReport.State.DISMISSED: ("mute", "ban", gettext_lazy("No se cambia")),
}


@dataclass(frozen=True)
class ReportLine:
    """A report of mine and its state as a tag."""

    report: LessonReport
    notice: Notice


@require_http_methods(["GET", "POST"])
def report_error(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """The form; a POST sends it to who makes the course and goes back to the lesson."""
    try:
        place = enter(request=request, course_code=course_code, unit_key=unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _report(request, place, form):
        return redirect("classroom:unit", course_code=course_code, unit_key=unit_key)
    context = {"form": form, "unit": place.unit, "outline": place.outline}
    return render(request, "classroom/report_error.html", context, status=400 if form.is_bound else 200)


@require_GET
def my_reports(request: HttpRequest) -> HttpResponse:
    """All that I reported, the latest first."""
    viewer = get_viewer(user=request.user, at=clock.now())
    rows = list_own_reports(person_id=viewer.person_id or 0)  # an account that never learned has no person
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"page": page, "lines": [_line(report) for report in page]}
    return render(request, "classroom/my_reports.html", context)


def _report(request: HttpRequest, place: Place, form: ReportForm) -> bool:
    """False where the person has to wait; what was written stays in the form."""
    try:
        _reported, is_new = keep_report(
            enrolment=place.enrolment,
            unit_key=place.unit.key,
            title=place.unit.title,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            wants_answer=form.cleaned_data["wants_answer"],
            at=place.at,
        )
    except TooManyReportsError:
        form.add_error(
            None,
            _("Ya enviaste %(most)s avisos en un día. Guarda este texto y envíalo mañana.")
            % {"most": MOST_A_DAY},
        )
        return False
    if is_new:
        messages.success(request, _("Gracias. Lo revisará quien hace el curso. Síguelo en tu página."))
    else:
        messages.info(request, _("Ya nos habías avisado de esto. Lo estamos revisando."))
    return True


def _line(report: LessonReport) -> ReportLine:
    kind, icon, word = _STATES[report.state]
    return ReportLine(report, Notice(kind, icon, str(word)))
