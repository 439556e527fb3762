"""A person's file for those who answer for its training."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action, has_any
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.reports.selectors_people import get_person_file


@require_GET
@not_allowed_is_404
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Postings and courses at work; each look at somebody else is written down."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    file = get_person_file(viewer=viewer, public_id=public_id, on=clock.local_date(at))
    if file.person.pk != viewer.person_id:
        log_access(
            viewer=viewer,
            grant=file.grant,
            action=AccessLogEntry.Action.VIEW_PERSON,
            at=at,
            institution_id=file.institution_id,
            people_count=1,
            subject_id=file.person.pk,
        )
    return render(
        request,
        "reports/person.html",
        {
            "file": file,
            "person": file.person,
            "today": clock.local_date(at),
            "may_manage_certificates": has_any(viewer=viewer, action=Action.REVOKE_CERTIFICATE),
        },
    )
