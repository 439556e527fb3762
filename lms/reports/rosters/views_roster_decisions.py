"""What HR does with a roster: apply, discard, go on, undo."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.journeys import import_roster as journey
from lms.journeys.tasks import terms_of_installation
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, RosterImport, RosterStatus
from lms.people.models.rosters import WORKING
from lms.people.policy import Grant, Viewer
from lms.people.rosters.counts import RosterCounts
from lms.people.selectors.rosters import can_be_undone
from lms.people.services import roster_errors as errors
from lms.people.services.rosters import OUTDATED, discard_roster
from lms.reports.rosters.forms_roster import RosterApplyForm
from lms.reports.rosters.roster_access import enter, log_roster
from lms.reports.rosters.roster_words import describe_date_error
from lms.reports.rosters.views_roster import show_roster


@require_POST
@not_allowed_is_404
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Apply the preview once; a second post shows the result of the first."""
    at = clock.now()
    found, viewer, grant = enter(request, public_id, at)
    form = RosterApplyForm(request.POST, counts=RosterCounts.from_stored(found.counts))
    if found.status == RosterStatus.PREVIEW and not form.is_valid():
        return show_roster(request, found, at, form)
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
        journey.apply_roster(
            roster=found,
            terms=terms_of_installation(),
            at=at,
            include_errors=form.chose("include_errors"),
            confirm_ended=form.chose("confirm_ended"),
        )
    except errors.RosterDecidedError:
        return
    except errors.RosterDateError as error:
        messages.error(request, describe_date_error(latest=error.latest))
        return
    except errors.RosterBusyError:
        messages.warning(request, _("Otra nómina se está aplicando. No se cambió nada: inténtalo de nuevo."))
        return
    except (errors.RosterHasErrorsError, errors.EndedNotConfirmedError):
        messages.error(request, _("La nómina no se aplicó. Revisa los números y lo que falta confirmar."))
        return
    if found.reason == OUTDATED:
        messages.warning(
            request, _("Los registros cambiaron desde la vista previa. Revisa los números de nuevo y decide.")
        )
        return
    people = RosterCounts.from_stored(found.counts).correct
    action = AccessLogEntry.Action.IMPORT
    log_roster(
        roster=found, viewer=viewer, grant=grant, action=action, people=people, detail=found.file_name, at=at
    )
    if found.status == RosterStatus.APPLIED:
        messages.success(request, _("La nómina quedó aplicada."))


@require_POST
@not_allowed_is_404
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the roster up; nothing of it was written."""
    at = clock.now()
    found, _viewer, _grant = enter(request, public_id, at)
    try:
        discard_roster(roster=found, at=at)
    except errors.RosterDecidedError:
        return redirect("reports:roster", public_id=public_id)
    messages.success(request, _("La nómina quedó descartada. No se cambió nada."))
    return redirect("reports:rosters")


@require_POST
@not_allowed_is_404
def go_on(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a roster that stopped to be taken up again; harmless when it did not."""
    at = clock.now()
    found, _viewer, _grant = enter(request, public_id, at)
    if found.status in WORKING:
        journey.go_on(roster=found, terms=terms_of_installation(), at=at)
    return redirect("reports:roster", public_id=public_id)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def undo(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what will come back; then take the roster back."""
    at = clock.now()
    found, viewer, grant = enter(request, public_id, at)
    if request.method == "POST":
        _undo(request, found, viewer, grant, at)
        return redirect("reports:roster", public_id=public_id)
    if not can_be_undone(roster=found, at=at):
        raise Http404
    context = {"roster": found, "counts": RosterCounts.from_stored(found.counts)}
    return render(request, "reports/roster_undo.html", context)


def _undo(request: HttpRequest, found: RosterImport, viewer: Viewer, grant: Grant, at: datetime) -> None:
    try:
        journey.undo_roster(roster=found, terms=terms_of_installation(), at=at)
    except errors.RosterNotUndoableError:
        messages.error(request, _("Esta nómina ya no se puede deshacer."))
        return
    except errors.RosterBusyError:
        messages.warning(request, _("Otra nómina se está aplicando. No se cambió nada: inténtalo de nuevo."))
        return
    log_roster(
        roster=found,
        viewer=viewer,
        grant=grant,
        action=AccessLogEntry.Action.IMPORT,
        people=RosterCounts.from_stored(found.counts).writes,
        detail=_("Deshizo %(file)s") % {"file": found.file_name},
        at=at,
    )
    if found.status == RosterStatus.UNDONE:
        messages.success(request, _("La nómina quedó deshecha."))
