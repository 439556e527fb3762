"""HR attests a course completed elsewhere, and reads the evidence of one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.journeys.attest_completion import attest_completion
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.policy import Action
from lms.people.selectors.looks import RecordLook
from lms.people.selectors.viewers import get_viewer
from lms.progress.services.attested import AttestError
from lms.progress.services.questions import NotOpenError
from lms.progress.views import evidence_response
from lms.reports.records import selectors_records as selectors
from lms.reports.records.forms_papers import posted
from lms.reports.records.forms_records import AttestForm
from lms.reports.records.record_steps import answering_of, hold_paper, leave, log_look, question_of, too_late
from lms.reports.records.record_words import describe_attest_error
from lms.xapi.platform import current_platform


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def attest(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The form, then the completion; with ``consulta`` it also answers that question of the person."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    found = selectors.get_attestable(viewer=viewer, public_id=public_id)
    question = question_of(request, viewer, found.person)
    form = AttestForm(
        **posted(request),
        user_id=viewer.user_id,
        courses=selectors.list_courses(),
        today=clock.local_date(at),
        answers=question is not None,
    )
    if form.is_bound:
        paper = hold_paper(form, viewer, at)
        if form.is_valid() and paper:
            posting, grant = found.place_on(form.cleaned_data["completed_on"])
            author = selectors.author_of(viewer=viewer, grant=grant, institution_id=posting.institution_id)
            try:
                attest_completion(
                    claim=form.claim(person_id=found.person.pk, paper=paper),
                    author=author,
                    platform=current_platform(),
                    at=at,
                    answering=answering_of(form, question),
                )
            except AttestError as error:
                form.add_error(*describe_attest_error(error))
            except NotOpenError:
                return too_late(request, question)
            else:
                log_look(
                    viewer, found.person, grant, author.institution_id, RecordLook.COMPLETION_ATTESTED, at
                )
                messages.success(request, _("El curso quedó acreditado. La persona lo ve en su registro."))
                return leave(found.person, question)
    context = {"form": form, "person": found.person, "question": question}
    return render(request, "reports/attest.html", context, status=400 if form.is_bound else 200)


@require_GET
@not_allowed_is_404
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper behind an attested completion, as a download."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    found = selectors.get_handled(viewer=viewer, public_id=public_id, action=Action.READ_QUESTIONS)
    if found.line.evidence is None:
        raise Http404
    response = evidence_response(file=found.line.evidence.file)
    log_look(viewer, found.person, found.grant, found.institution_id, RecordLook.EVIDENCE_SEEN, at)
    return response
