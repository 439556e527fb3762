"""HR says which column of a file is which; it is kept for the next time."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.journeys import import_roster as journey
from lms.journeys.tasks import terms_of_installation
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import RosterStatus
from lms.people.rosters.problems import FileProblem, RosterFileError
from lms.people.rosters.wording import describe_file_problem, name_column
from lms.people.services.roster_errors import RosterTakenError
from lms.people.services.roster_reading import find_refusal
from lms.reports.rosters.forms_roster_columns import RosterColumnsForm
from lms.reports.rosters.roster_access import enter


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def roster_columns(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The columns of the file beside ours, and the words that no list knows."""
    at = clock.now()
    found, _viewer, _grant = enter(request, public_id, at)
    if found.status not in (RosterStatus.UNMATCHED, RosterStatus.PREVIEW) or not found.inspection:
        raise Http404
    name = found.mapping.name if found.mapping else _("Nómina")
    form = RosterColumnsForm(
        request.POST if request.method == "POST" else None,
        inspection=found.inspection,
        initial={"name": name},
    )
    if form.is_valid():
        try:
            journey.match_columns(
                roster=found,
                name=form.cleaned_data["name"],
                columns=form.cleaned_data["columns"],
                words=form.meanings(),
                by=request.user,  # type: ignore[arg-type]
                terms=terms_of_installation(),
                at=at,
            )
        except RosterTakenError:
            return redirect("reports:roster", public_id=public_id)
        messages.success(request, _("El formato quedó guardado. La nómina se leyó con él."))
        return redirect("reports:roster", public_id=public_id)
    refusal = find_refusal(roster=found) if found.status == RosterStatus.UNMATCHED else None
    return render(
        request,
        "reports/roster_columns.html",
        {
            "roster": found,
            "form": form,
            "refusal": _describe(refusal) if refusal else "",
        },
        status=400 if form.errors else 200,
    )


def _describe(error: RosterFileError) -> str:
    if error.problem is not FileProblem.MISSING_COLUMNS:
        return describe_file_problem(error=error)
    names = ", ".join(name_column(column=column) for column in error.detail.split(","))
    return _("No reconocemos estas columnas: %(names)s.") % {"names": names}
