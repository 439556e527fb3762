"""HR loads the roster of its institution: upload, preview in numbers, then apply or discard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.lib import clock
from lms.lib.spreadsheets import csv_lines
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, RosterImport, RosterStatus
from lms.people.policy import Action, Grant, Viewer, institution_ids_for, require, require_any
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import RosterFileError, RowProblem
from lms.people.rosters.wording import describe_file_problem, describe_problem, name_column
from lms.people.selectors.rosters import find_roster, list_roster_institutions, list_rosters
from lms.people.selectors.viewers import get_viewer
from lms.people.services import rosters as services
from lms.people.services.access_log import log_access
from lms.reports.forms_roster import RosterApplyForm, RosterUploadForm
from lms.reports.roster_words import (
    COLUMN_HELP,
    TEMPLATE_HEADER,
    TEMPLATE_ROW,
    describe_date_error,
    notice_of,
    problem_header,
)
from lms.ui.components import Notice

PROBLEMS_SHOWN = 200
ROSTERS_PER_PAGE = 20


@dataclass(frozen=True)
class RosterLine:
    """A roster in the history."""

    roster: RosterImport
    counts: RosterCounts
    notice: Notice


@dataclass(frozen=True)
class ProblemLine:
    """A problem in the table of a preview."""

    row: int
    column: str
    text: str


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def rosters(request: HttpRequest) -> HttpResponse:
    """The form to load a roster, and the rosters loaded before."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.IMPORT_ROSTER)
    institution_ids = institution_ids_for(viewer=viewer, action=Action.IMPORT_ROSTER)
    is_sent = request.method == "POST"
    form = RosterUploadForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        institutions=list_roster_institutions(institution_ids=institution_ids),
        initial={"roster_date": clock.local_date(at)},
    )
    if is_sent and form.is_valid():
        roster = _read(form, request, viewer, at)
        if roster is not None:
            return redirect("reports:roster", public_id=roster.public_id)
    page = Paginator(list_rosters(institution_ids=institution_ids), ROSTERS_PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    return render(
        request,
        "reports/roster_list.html",
        {"form": form, "page": page, "lines": [_line(item) for item in page], "columns": COLUMN_HELP},
    )


def _read(form: RosterUploadForm, request: HttpRequest, viewer: Viewer, at: datetime) -> RosterImport | None:
    """The preview, or ``None`` after writing into the form why there is none."""
    institution = form.cleaned_data["institution"]
    require(viewer=viewer, action=Action.IMPORT_ROSTER, institution_id=institution.pk)
    upload = form.cleaned_data["file"]
    try:
        return services.read_roster(
            institution=institution,
            file=upload.file,
            file_name=upload.name,
            roster_date=form.cleaned_data["roster_date"],
            run_key=settings.RUN_KEY,
            uploaded_by=request.user,  # type: ignore[arg-type]
            at=at,
        )
    except RosterFileError as error:
        form.add_error("file", describe_file_problem(error=error))
    except services.RosterDateError as error:
        form.add_error("roster_date", describe_date_error(latest=error.latest))
    return None


@require_GET
@not_allowed_is_404
def roster_template(request: HttpRequest) -> HttpResponseBase:
    """An empty roster with its titles and one example row."""
    viewer = get_viewer(user=request.user, at=clock.now())
    require_any(viewer=viewer, action=Action.IMPORT_ROSTER)
    return _csv(csv_lines(header=TEMPLATE_HEADER, rows=[TEMPLATE_ROW]), "plantilla-nomina.csv")


@require_GET
@not_allowed_is_404
def roster(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A preview to decide on, or what became of it."""
    found, _viewer, _grant = _enter(request, public_id, clock.now())
    return _show(request, found)


def _show(request: HttpRequest, found: RosterImport, form: RosterApplyForm | None = None) -> HttpResponse:
    counts = RosterCounts.from_stored(found.counts)
    problems = islice(services.list_problems(roster=found), PROBLEMS_SHOWN)
    return render(
        request,
        "reports/roster_detail.html",
        {
            "roster": found,
            "counts": counts,
            "notice": notice_of(status=found.status),
            "is_preview": found.status == RosterStatus.PREVIEW,
            "is_applied": found.status == RosterStatus.APPLIED,
            "problems": [_problem_line(problem) for problem in problems],
            "problems_shown": min(counts.problems, PROBLEMS_SHOWN),
            "more_units": counts.new_units - len(counts.new_unit_names),
            "form": form or RosterApplyForm(counts=counts),
        },
    )


@require_GET
@not_allowed_is_404
def roster_problems(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """All problems as CSV, streamed."""
    found, _viewer, _grant = _enter(request, public_id, clock.now())
    lines = (_problem_line(problem) for problem in services.list_problems(roster=found))
    rows = ([line.row, line.column, line.text] for line in lines)
    return _csv(csv_lines(header=problem_header(), rows=rows), f"errores-nomina-{found.roster_date}.csv")


@require_POST
@not_allowed_is_404
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Apply the preview once; a second post shows the result of the first."""
    at = clock.now()
    found, viewer, grant = _enter(request, public_id, at)
    form = RosterApplyForm(request.POST, counts=RosterCounts.from_stored(found.counts))
    if found.status == RosterStatus.PREVIEW and not form.is_valid():
        return _show(request, found, form)
    if found.status == RosterStatus.PREVIEW:
        _apply(request, found, form, viewer, grant, at)
    return redirect("reports:roster", public_id=public_id)


def _apply(
    request: HttpRequest,
    found: RosterImport,
    form: RosterApplyForm,
    viewer: Viewer,
    grant: Grant,
    at: datetime,
) -> None:
    try:
        counts = services.apply_roster(
            roster=found,
            at=at,
            include_errors=form.chose("include_errors"),
            confirm_ended=form.chose("confirm_ended"),
        )
    except services.RosterDecidedError:
        return
    except services.RosterDateError as error:
        messages.error(request, describe_date_error(latest=error.latest))
        return
    except services.RosterBusyError:
        messages.warning(
            request, _("Otra carga estaba en curso. No se cambió nada: aplica la nómina de nuevo.")
        )
        return
    except services.RosterOutdatedError:
        messages.warning(
            request, _("Los registros cambiaron desde la vista previa. Revisa los números de nuevo y decide.")
        )
        return
    except (services.RosterHasErrorsError, services.EndedNotConfirmedError):
        messages.error(request, _("La nómina no se aplicó. Revisa los números y lo que falta confirmar."))
        return
    log_access(
        viewer=viewer,
        grant=grant,
        action=AccessLogEntry.Action.IMPORT,
        at=at,
        institution_id=found.institution_id,
        people_count=counts.correct,
        detail=found.file_name,
    )
    messages.success(request, _("La nómina quedó aplicada."))


@require_POST
@not_allowed_is_404
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the preview up; nothing of it was written."""
    at = clock.now()
    found, _viewer, _grant = _enter(request, public_id, at)
    try:
        services.discard_roster(roster=found, at=at)
    except services.RosterDecidedError:
        return redirect("reports:roster", public_id=public_id)
    messages.success(request, _("La nómina quedó descartada. No se cambió nada."))
    return redirect("reports:rosters")


def _enter(request: HttpRequest, public_id: UUID, at: datetime) -> tuple[RosterImport, Viewer, Grant]:
    """The roster and the grant to load it.

    Raises:
        NotAllowedError, Http404: no such roster, or not of an institution of the visitor.
    """
    viewer = get_viewer(user=request.user, at=at)
    found = find_roster(public_id=public_id)
    if found is None:
        raise Http404
    grant = require(viewer=viewer, action=Action.IMPORT_ROSTER, institution_id=found.institution_id)
    return found, viewer, grant


def _line(item: RosterImport) -> RosterLine:
    return RosterLine(item, RosterCounts.from_stored(item.counts), notice_of(status=item.status))


def _problem_line(problem: RowProblem) -> ProblemLine:
    text = describe_problem(problem=problem)
    return ProblemLine(problem.row, name_column(column=problem.column), text[:1].upper() + text[1:])


def _csv(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    """A CSV with the byte order mark by which spreadsheets recognise UTF-8."""

    def content() -> Iterator[str]:
        yield "\ufeff"
        yield from lines

    response = StreamingHttpResponse(content(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
