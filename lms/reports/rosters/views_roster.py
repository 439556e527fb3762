"""HR loads the roster of its institution: upload, and where it stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from lms.journeys import import_roster as journey
from lms.journeys.tasks import sealing_keys, terms_of_installation
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import RosterImport, RosterStatus
from lms.people.models.rosters import WORKING
from lms.people.policy import Action, Viewer, institution_ids_for, require, require_any
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import RosterFileError
from lms.people.rosters.wording import describe_file_problem
from lms.people.selectors import rosters as selectors
from lms.people.selectors.viewers import get_viewer
from lms.people.services.roster_errors import RosterDateError
from lms.people.services.roster_reading import find_refusal
from lms.people.services.rosters import OUTDATED
from lms.reports.rosters.forms_roster import RosterApplyForm, RosterUploadForm
from lms.reports.rosters.roster_access import enter
from lms.reports.rosters.roster_words import (
    COLUMN_HELP,
    ProblemLine,
    describe_date_error,
    notice_of,
    problem_line,
    progress_of,
)
from lms.ui.components import Notice

PROBLEMS_SHOWN = 200
KEPT_SHOWN = 50
ROSTERS_PER_PAGE = 20


@dataclass(frozen=True)
class RosterLine:
    """A roster in the history."""

    roster: RosterImport
    counts: RosterCounts
    notice: Notice


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
        institutions=selectors.list_roster_institutions(institution_ids=institution_ids),
        initial={"roster_date": clock.local_date(at)},
    )
    if is_sent and form.is_valid():
        found = _receive(form, request, viewer, at)
        if found is not None:
            is_unmatched = found.status == RosterStatus.UNMATCHED
            return redirect(
                "reports:roster_columns" if is_unmatched else "reports:roster", public_id=found.public_id
            )
    page = Paginator(selectors.list_rosters(institution_ids=institution_ids), ROSTERS_PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    return render(
        request,
        "reports/roster_list.html",
        {"form": form, "page": page, "lines": [_line(item) for item in page], "columns": COLUMN_HELP},
    )


def _receive(
    form: RosterUploadForm, request: HttpRequest, viewer: Viewer, at: datetime
) -> RosterImport | None:
    """The roster, or ``None`` after writing into the form why there is none."""
    institution = form.cleaned_data["institution"]
    require(viewer=viewer, action=Action.IMPORT_ROSTER, institution_id=institution.pk)
    upload = form.cleaned_data["file"]
    try:
        return journey.receive_roster(
            institution=institution,
            file=upload.file,
            file_name=upload.name,
            roster_date=form.cleaned_data["roster_date"],
            uploaded_by=request.user,  # type: ignore[arg-type]
            terms=terms_of_installation(),
            at=at,
        )
    except RosterFileError as error:
        form.add_error("file", describe_file_problem(error=error))
    except RosterDateError as error:
        form.add_error("roster_date", describe_date_error(latest=error.latest))
    return None


@require_GET
@not_allowed_is_404
def roster(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it is, a preview to decide on, or what became of it."""
    at = clock.now()
    found, _viewer, _grant = enter(request, public_id, at)
    if request.htmx:  # type: ignore[attr-defined]
        if found.status not in WORKING:
            return HttpResponseClientRefresh()
        context = {"roster": found, "progress": progress_of(roster=found, at=at)}
        return render(request, "reports/_roster_progress.html", context)
    return show_roster(request, found, at)


def show_roster(
    request: HttpRequest, found: RosterImport, at: datetime, form: RosterApplyForm | None = None
) -> HttpResponse:
    """The page of one roster; ``form`` with what is missing to apply it."""
    counts = RosterCounts.from_stored(found.counts)
    is_preview = found.status == RosterStatus.PREVIEW
    refusal = find_refusal(roster=found) if found.status == RosterStatus.REFUSED else None
    is_undone = found.status == RosterStatus.UNDONE
    kept_count, kept = selectors.list_kept_people(roster=found, limit=KEPT_SHOWN) if is_undone else (0, [])
    return render(
        request,
        "reports/roster_detail.html",
        {
            "roster": found,
            "counts": counts,
            "notice": notice_of(status=found.status),
            "progress": progress_of(roster=found, at=at) if found.status in WORKING else None,
            "is_preview": is_preview,
            "is_counted": found.status in COUNTED,
            "is_applied": found.status == RosterStatus.APPLIED,
            "is_unmatched": found.status == RosterStatus.UNMATCHED,
            "is_undone": is_undone,
            "is_outdated": found.reason == OUTDATED,
            "is_open": is_preview or found.status in (RosterStatus.UNMATCHED, RosterStatus.REFUSED),
            "refusal": describe_file_problem(error=refusal) if refusal else "",
            "unknown_words": is_preview and any(found.inspection.get("words", {}).values()),
            "problems": _problems(found),
            "problems_shown": min(counts.problems, PROBLEMS_SHOWN),
            "more_units": counts.new_units - len(counts.new_unit_names),
            "can_be_undone": selectors.can_be_undone(roster=found, at=at),
            "kept": kept,
            "kept_count": kept_count,
            "form": form or RosterApplyForm(counts=counts),
        },
    )


COUNTED = (RosterStatus.PREVIEW, RosterStatus.APPLIED, RosterStatus.UNDONE, RosterStatus.DISCARDED)
"""In these states the numbers of a roster are whole."""


def _problems(found: RosterImport) -> list[ProblemLine]:
    problems = selectors.list_problems(roster=found, keys=sealing_keys(), limit=PROBLEMS_SHOWN)
    return [problem_line(problem=problem) for problem in problems]


def _line(item: RosterImport) -> RosterLine:
    return RosterLine(item, RosterCounts.from_stored(item.counts), notice_of(status=item.status))
