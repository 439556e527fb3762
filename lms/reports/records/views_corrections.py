"""HR corrects a completion that is wrong: why and what instead, before and after, then it is done."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.journeys.correct_completion import Correction, correct_completion
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.policy import Action, Viewer
from lms.people.selectors.looks import RecordLook
from lms.people.selectors.viewers import get_viewer
from lms.progress.models import EvidenceFile, RecordQuestion
from lms.progress.services.attested import AttestError, Claim
from lms.progress.services.corrections import AlreadyVoidedError
from lms.progress.services.questions import NotOpenError
from lms.reports.records import selectors_records as selectors
from lms.reports.records.forms_papers import posted
from lms.reports.records.forms_records import ANOTHER, CorrectForm
from lms.reports.records.record_previews import preview_correction
from lms.reports.records.record_steps import answering_of, hold_paper, leave, log_look, question_of, too_late
from lms.reports.records.record_words import describe_attest_error
from lms.xapi.platform import current_platform


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Why and what instead, then before and after, then it is done; a second post changes nothing."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    found = selectors.get_handled(viewer=viewer, public_id=public_id, action=Action.CORRECT_RECORD)
    question = question_of(request, viewer, found.person)
    if found.line.void:
        messages.info(request, _("Este curso ya estaba anulado. No cambió nada."))
        return leave(found.person, question)
    form = CorrectForm(
        **posted(request),
        user_id=viewer.user_id,
        courses=selectors.list_courses(),
        today=clock.local_date(at),
        answers=question is not None,
        has_paper=found.line.evidence is not None,
        initial=_initial(found),
    )
    context: dict[str, Any] = {"form": form, "found": found, "person": found.person, "question": question}
    if form.is_bound:
        paper = hold_paper(form, viewer, at) or (found.line.evidence.file if found.line.evidence else None)
        if form.is_valid() and "editar" not in request.POST:
            claim = _claim(form, found, paper)
            if "confirmar" in request.POST:
                answer = _correct(request, viewer, found, form, claim, question, at)
                if answer is not None:
                    return answer
            else:
                context["preview"] = preview_correction(found=found, claim=claim, day=clock.local_date(at))
                return render(request, "reports/correct_confirm.html", context)
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "reports/correct.html", context, status=status)


def _correct(
    request: HttpRequest,
    viewer: Viewer,
    found: selectors.Handled,
    form: CorrectForm,
    claim: Claim | None,
    question: RecordQuestion | None,
    at: datetime,
) -> HttpResponse | None:
    """Do it; ``None`` after writing into the form why not."""
    author = selectors.author_of(viewer=viewer, grant=found.grant, institution_id=found.institution_id)
    try:
        done = correct_completion(
            completion=found.completion,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            author=author,
            platform=current_platform(),
            at=at,
            replacement=claim,
            answering=answering_of(form, question),
        )
    except AlreadyVoidedError:
        messages.info(request, _("Este curso ya estaba anulado. No cambió nada."))
        return leave(found.person, question)
    except AttestError as error:
        form.add_error(*describe_attest_error(error))
        return None
    except NotOpenError:
        return too_late(request, question)
    log_look(viewer, found.person, found.grant, found.institution_id, RecordLook.COMPLETION_CORRECTED, at)
    messages.success(request, _describe(done))
    return leave(found.person, question)


def _describe(done: Correction) -> str:
    if done.revoked:
        return _("La corrección quedó hecha, y el certificado revocado. La persona lo ve en su registro.")
    return _("La corrección quedó hecha. La persona la ve en su registro.")


def _claim(form: CorrectForm, found: selectors.Handled, paper: EvidenceFile | None) -> Claim | None:
    if form.cleaned_data["instead"] != ANOTHER or paper is None:
        return None
    return form.claim(person_id=found.person.pk, paper=paper)


def _initial(found: selectors.Handled) -> dict[str, Any]:
    """The completion as it is: usually one value is wrong."""
    row, proof = found.completion, found.line.evidence
    return {
        "course": str(row.course_id),
        "completed_on": row.completed_on,
        "hours": row.minutes // 60,
        "minutes": row.minutes % 60,
        "percent": row.percent,
        "valid_until": row.valid_until,
        "source": proof.source if proof else "",
    }
