"""Schedules: asked for, looked at, stopped; and the files that they delivered."""

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action, require
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.reports.models import ReportSchedule
from lms.reports.rules.queries import has_fixed_day
from lms.reports.saved.forms_saved import ScheduleForm
from lms.reports.saved.schedule_words import describe_delivery, describe_rhythm
from lms.reports.saved.selectors_saved import (
    action_to_receive,
    find_delivery,
    find_schedule,
    find_view,
    list_candidates,
    list_deliveries,
    may,
)
from lms.reports.services.deliveries import STORAGE
from lms.reports.services.schedules import create_schedule, stop_schedule


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def create(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for an own view to be sent again and again."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    view = find_view(viewer=viewer, public_id=public_id)
    if view is None or view.owner_id != viewer.user_id:
        raise Http404
    require(viewer=viewer, action=Action.MANAGE_REPORTS, institution_id=view.institution_id)
    candidates = list_candidates(institution=view.institution, at=at)
    initial = {"recipients": [str(viewer.user_id)], "month_day": 1}
    is_sent = request.method == "POST"
    form = ScheduleForm(request.POST if is_sent else None, candidates=candidates, initial=initial)
    is_fixed = has_fixed_day(view.query)
    if is_sent and form.is_valid() and not is_fixed:
        schedule = create_schedule(
            view=view,
            every=form.cleaned_data["every"],
            day=form.day(),
            file_format=form.cleaned_data["format"],
            recipients=form.cleaned_data["recipients"],
            at=at,
        )
        messages.success(request, _("El envío quedó programado."))
        return redirect("reports:schedule", public_id=schedule.public_id)
    context = {"form": form, "view": view, "is_fixed": is_fixed, "in_reports": True}
    return render(request, "reports/schedule_form.html", context, status=400 if is_sent else 200)


@require_GET
@not_allowed_is_404
def schedule(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What is sent, to whom, what became of the latest letters, and why it stopped if it did."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    line = find_schedule(viewer=viewer, public_id=public_id, at=at)
    if line is None:
        raise Http404
    row = line.schedule
    context = {
        "line": line,
        "schedule": row,
        "rhythm": describe_rhythm(schedule=row),
        "deliveries": [describe_delivery(delivery) for delivery in list_deliveries(schedule=row)],
        "may_stop": row.stopped_at is None
        and may(viewer=viewer, action=Action.MANAGE_REPORTS, institution_id=row.view.institution_id),
        "in_reports": True,
    }
    return render(request, "reports/schedule.html", context)


@require_POST
@not_allowed_is_404
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whoever manages the reports of the institution may stop it, whoever asked for it."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    line = find_schedule(viewer=viewer, public_id=public_id, at=at)
    if line is None:
        raise Http404
    require(viewer=viewer, action=Action.MANAGE_REPORTS, institution_id=line.schedule.view.institution_id)
    if stop_schedule(schedule=line.schedule, because=ReportSchedule.Stopped.BY_HAND, at=at):
        messages.success(request, _("El envío quedó detenido."))
    return redirect("reports:schedule", public_id=public_id)


@require_GET
@not_allowed_is_404
def delivery(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The file of a delivery, to whoever may see as much now; each time is written down."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    found = find_delivery(public_id=public_id)
    if found is None:
        raise Http404
    row = found.schedule
    place = row.view.institution_id
    grant = require(viewer=viewer, action=action_to_receive(file_format=row.format), institution_id=place)
    storage = storages[STORAGE]
    if not found.storage_key or not storage.exists(found.storage_key):
        context = {"view": row.view, "is_made": found.made_at is not None, "in_reports": True}
        return render(request, "reports/delivery_gone.html", context, status=410)
    log_access(
        viewer=viewer,
        grant=grant,
        action=AccessLogEntry.Action.EXPORT,
        at=at,
        institution_id=place,
        people_count=found.people,
        detail=f"entrega {found.period} {found.file_name}",
    )
    return FileResponse(storage.open(found.storage_key), as_attachment=True, filename=found.file_name)
