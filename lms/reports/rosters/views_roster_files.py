"""Files about rosters: the template, the list of errors, the wrong rows."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from lms.journeys.tasks import sealing_keys
from lms.lib import clock
from lms.lib.spreadsheets import csv_lines
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, RosterImport
from lms.people.policy import Action, require_any
from lms.people.rosters.storage import WrongRow
from lms.people.selectors.rosters import list_problems, list_wrong_rows
from lms.people.selectors.viewers import get_viewer
from lms.reports.compliance.exports import with_byte_order_mark
from lms.reports.rosters import roster_exports as exports
from lms.reports.rosters.roster_access import enter, log_roster
from lms.reports.rosters.roster_words import TEMPLATE_HEADER, TEMPLATE_ROW, problem_header, problem_line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@not_allowed_is_404
def roster_template(request: HttpRequest) -> HttpResponseBase:
    """An empty roster with its titles and one example row."""
    viewer = get_viewer(user=request.user, at=clock.now())
    require_any(viewer=viewer, action=Action.IMPORT_ROSTER)
    lines = csv_lines(header=TEMPLATE_HEADER, rows=[TEMPLATE_ROW])
    return _csv(with_byte_order_mark(lines), "plantilla-nomina.csv")


@require_GET
@not_allowed_is_404
def roster_problems(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """All problems as CSV, streamed; no personal data."""
    found, _viewer, _grant = enter(request, public_id, clock.now())
    lines = (problem_line(problem=problem) for problem in list_problems(roster=found, keys=sealing_keys()))
    rows = ([line.row, line.column, line.text] for line in lines)
    file = csv_lines(header=problem_header(), rows=rows)
    return _csv(with_byte_order_mark(file), f"errores-nomina-{found.roster_date}.csv")


@require_GET
@not_allowed_is_404
def wrong_rows_csv(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The wrong rows with what to do about them, streamed."""
    found, rows = _open_wrong_rows(request, public_id, clock.now())
    lines = exports.wrong_rows_csv(roster=found, rows=rows)
    return _csv(lines, f"filas-con-error-{found.roster_date}.csv")


@require_GET
@not_allowed_is_404
def wrong_rows_xlsx(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The same as a workbook."""
    found, rows = _open_wrong_rows(request, public_id, clock.now())
    file = exports.wrong_rows_xlsx(roster=found, rows=rows)
    name = f"filas-con-error-{found.roster_date}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _open_wrong_rows(
    request: HttpRequest, public_id: UUID, at: datetime
) -> tuple[RosterImport, Iterator[WrongRow]]:
    """They are kept until the decision, and hold whole RUN: each look is written down."""
    found, viewer, grant = enter(request, public_id, at)
    if not found.titles or not found.counts.get("wrong"):
        raise Http404
    log_roster(
        roster=found,
        viewer=viewer,
        grant=grant,
        action=AccessLogEntry.Action.EXPORT,
        people=int(found.counts["wrong"]),
        detail=f"filas con error: {found.file_name}",
        at=at,
    )
    return found, list_wrong_rows(roster=found, keys=sealing_keys())


def _csv(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
