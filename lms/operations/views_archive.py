"""Old months out of the way, and back."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.lib import clock
from lms.operations.access import enter
from lms.operations.selectors_archive import MonthLine, find_month_line, list_month_lines
from lms.people.gate import not_allowed_is_404
from lms.xapi.services.archive import ArchiveError, attach_month, detach_month


@require_GET
@not_allowed_is_404
def months(request: HttpRequest) -> HttpResponse:
    """The months with their size, or word that there are none."""
    at = clock.now()
    enter(request=request, at=at)
    return render(request, "operations/months.html", {"lines": list_month_lines(at=at)})


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def detach(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Asks once, then sets the month apart."""
    at = clock.now()
    enter(request=request, at=at)
    line = _find(year, month, at)
    if not line.may_go:
        messages.info(request, _("Ese mes no se puede separar. No cambió nada."))
        return redirect("operations:months")
    if request.method != "POST":
        return render(request, "operations/month_detach.html", {"line": line})
    try:
        detach_month(year=year, month=month)
    except ArchiveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(month)s quedó separado del registro.") % {"month": _name(line)})
    return redirect("operations:months")


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def attach(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Asks once, then brings the month back."""
    at = clock.now()
    enter(request=request, at=at)
    line = _find(year, month, at)
    if not line.month.is_archived:
        messages.info(request, _("Ese mes ya estaba en el registro. No cambió nada."))
        return redirect("operations:months")
    if request.method != "POST":
        return render(request, "operations/month_attach.html", {"line": line})
    try:
        attach_month(year=year, month=month)
    except ArchiveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(month)s volvió al registro.") % {"month": _name(line)})
    return redirect("operations:months")


def _find(year: int, month: int, at: datetime) -> MonthLine:
    line = find_month_line(year=year, month=month, at=at)
    if line is None:
        raise Http404
    return line


def _name(line: MonthLine) -> str:
    """``"Noviembre de 2026"``."""
    return str(date_format(line.first, "YEAR_MONTH_FORMAT")).capitalize()
