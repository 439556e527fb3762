"""Steps that attesting and correcting share: the paper, the question behind it, the way back, the look."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lms.journeys.attest_completion import Answering
from lms.people.models import AccessLogEntry, Person
from lms.people.policy import Action, Grant, Viewer
from lms.people.selectors.looks import RecordLook
from lms.people.services.access_log import log_access
from lms.progress.models import EvidenceFile, RecordQuestion
from lms.progress.services.evidence import keep_evidence
from lms.reports.records.forms_papers import PaperForm
from lms.reports.records.forms_records import AttestForm
from lms.reports.records.selectors_records import get_asked


def hold_paper(form: PaperForm, viewer: Viewer, at: datetime) -> EvidenceFile | None:
    """Keep a good upload even if the rest of the form is not good yet; the paper there is."""
    form.is_valid()
    if form.checked is not None:
        form.hold(keep_evidence(content=form.checked, uploaded_by_id=viewer.user_id, at=at))
    return form.paper_kept


def question_of(request: HttpRequest, viewer: Viewer, person: Person) -> RecordQuestion | None:
    """The question of ``?consulta=``, where it is this person's and still open.

    Raises:
        NotAllowedError, Http404: another person's, another institution's, or none.
    """
    text = request.GET.get("consulta", "")
    if not text:
        return None
    try:
        key = UUID(text)
    except ValueError:
        raise Http404 from None
    question = get_asked(viewer=viewer, public_id=key, action=Action.CORRECT_RECORD).question
    if question.person_id != person.pk:
        raise Http404
    return question if question.is_open else None


def answering_of(form: AttestForm, question: RecordQuestion | None) -> Answering | None:
    return Answering(question.pk, form.cleaned_data["answer"]) if question else None


def leave(person: Person, question: RecordQuestion | None) -> HttpResponse:
    if question:
        return redirect("reports:question", public_id=question.public_id)
    return redirect("reports:person", public_id=person.public_id)


def too_late(request: HttpRequest, question: RecordQuestion | None) -> HttpResponse:
    messages.warning(request, _("Otra persona respondió la consulta antes. No cambió nada."))
    return redirect("reports:question", public_id=question.public_id if question else "")


def log_look(
    viewer: Viewer, person: Person, grant: Grant, institution_id: int, look: RecordLook, at: datetime
) -> None:
    if person.pk == viewer.person_id:
        return
    log_access(
        viewer=viewer,
        grant=grant,
        action=AccessLogEntry.Action.VIEW_PERSON,
        at=at,
        institution_id=institution_id,
        people_count=1,
        subject_id=person.pk,
        detail=str(look),
    )
