"""A person's file for those who answer for its training."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action, has_any
from lms.people.selectors.invitations import find_letter
from lms.people.selectors.merges import find_kept
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.progress.selectors.attempts import find_time_allowance
from lms.reports.people.invitation_words import notice_of
from lms.reports.people.selectors_asked import list_asked_of
from lms.reports.people.selectors_file import get_job_file
from lms.reports.people.selectors_people import get_person_file
from lms.reports.records.selectors_records import record_of


@require_GET
@not_allowed_is_404
def person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Postings, leaves and courses at work; each look at somebody else is written down.

    The file of a merged record leads to that of the person who was kept.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    if kept := find_kept(public_id=public_id):
        get_person_file(viewer=viewer, public_id=kept, at=at)  # or it is not found
        return redirect("reports:person", public_id=kept)
    file = get_person_file(viewer=viewer, public_id=public_id, at=at)
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
    letter = find_letter(person=file.person, at=at)
    record = record_of(viewer=viewer, person_id=file.person.pk, postings=file.postings)
    return render(
        request,
        "reports/person.html",
        {
            "letter": letter,
            "letter_notice": notice_of(letter),
            "letter_expires_on": clock.local_date(letter.expires_at) if letter.expires_at else None,
            "may_invite": letter.can_be_sent and has_any(viewer=viewer, action=Action.INVITE_PEOPLE),
            "file": file,
            "record": record,
            "asked": list_asked_of(
                person_id=file.person.pk,
                postings=file.postings,
                completions=record.lines,
                day=clock.local_date(at),
            ),
            "person": file.person,
            "work": get_job_file(viewer=viewer, person=file.person, postings=file.postings, at=at),
            "allowance": find_time_allowance(person_id=file.person.pk),
            "today": clock.local_date(at),
            "may_manage_certificates": has_any(viewer=viewer, action=Action.REVOKE_CERTIFICATE),
        },
    )
