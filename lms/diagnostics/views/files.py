"""Documents that show an answer: added and taken away in a draft, read by the institution or by everybody."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.diagnostics.forms_files import AnswerFileForm
from lms.diagnostics.manifests import DimensionEntry, QuestionEntry
from lms.diagnostics.models import Assessment
from lms.diagnostics.selectors.assessments import find_file, list_published, read_files
from lms.diagnostics.services import (
    AssessmentDiscardedError,
    AssessmentFinishedError,
    TooManyFilesError,
    add_file,
    open_file,
    remove_file,
)
from lms.diagnostics.views.doors import Desk, enter, lead_away
from lms.plan.views.evidence_files import send_attachment


@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, code: str, public_id: UUID, key: str) -> HttpResponse:
    """The files of one question, and one more."""
    here = enter(request, code=code, public_id=public_id)
    dimension, question = _question(here.assessment, key)
    if not here.assessment.is_draft:
        return redirect("diagnostics:profile", code, public_id)
    form = AnswerFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid() and (answer := _add(request, here, key, form)):
        return answer
    context = {
        "assessment": here.assessment,
        "questionnaire": here.assessment.questionnaire,
        "institution": here.assessment.institution,
        "dimension": dimension,
        "question": question,
        "files": read_files(assessment=here.assessment).get(key, []),
        "form": form,
    }
    return render(request, "diagnostics/files.html", context, status=400 if form.is_bound else 200)


@require_POST
def file_remove(request: HttpRequest, code: str, public_id: UUID, key: str, file_id: UUID) -> HttpResponse:
    """Takes a file of a draft away."""
    here = enter(request, code=code, public_id=public_id)
    _question(here.assessment, key)
    try:
        is_gone = remove_file(assessment_id=here.assessment.pk, public_id=file_id)
    except (AssessmentFinishedError, AssessmentDiscardedError) as error:
        return lead_away(request, here, error)
    messages.success(request, _("Quitamos el archivo.") if is_gone else _("Ese archivo ya no estaba."))
    return redirect("diagnostics:files", code, public_id, key)


@require_safe
def file(request: HttpRequest, code: str, public_id: UUID, file_id: UUID) -> HttpResponse:
    """For whoever answers for the institution."""
    return _send(enter(request, code=code, public_id=public_id).assessment, file_id)


@login_not_required
@require_safe
def public_file(
    request: HttpRequest, code: str, institution_code: str, public_id: UUID, file_id: UUID
) -> HttpResponse:
    """For everybody, as long as the profile is published."""
    published = list_published(code=code, institution_code=institution_code)
    found = next((one for one in published if one.public_id == public_id), None)
    if found is None:
        raise Http404
    return _send(found, file_id)


def _send(assessment: Assessment, file_id: UUID) -> HttpResponse:
    found = find_file(assessment=assessment, public_id=file_id)
    if found is None:
        raise Http404
    return send_attachment(content=open_file(file=found), file_name=found.file_name, sha256=found.sha256)


def _add(request: HttpRequest, here: Desk, key: str, form: AnswerFileForm) -> HttpResponse | None:
    """``None`` where something stands against it, which the form then says."""
    try:
        found, is_new = add_file(
            assessment_id=here.assessment.pk,
            question_key=key,
            values=form.file_values,
            added_by_id=here.viewer.user_id,
            at=here.at,
        )
    except TooManyFilesError:
        form.add_error(None, _("Esta pregunta ya tiene cinco archivos. Quita uno para agregar otro."))
        return None
    except (AssessmentFinishedError, AssessmentDiscardedError) as error:
        return lead_away(request, here, error)
    if is_new:
        messages.success(request, _("Agregamos el archivo."))
    else:
        words = _("Ese archivo ya estaba, como «%(title)s». Quítalo si quieres describirlo de otra manera.")
        messages.info(request, words % {"title": found.title})
    return redirect("diagnostics:files", here.assessment.questionnaire.code, here.assessment.public_id, key)


def _question(assessment: Assessment, key: str) -> tuple[DimensionEntry, QuestionEntry]:
    """The question and the dimension in which it is asked.

    Raises:
        Http404: the version has no such question.
    """
    for dimension in assessment.release.file.dimensions:
        for question in dimension.questions:
            if question.key == key:
                return dimension, question
    raise Http404
