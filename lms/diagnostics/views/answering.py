"""An institution answers: where it begins, the draft, one page for each dimension, the end."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from lms.diagnostics.access import get_own_institution
from lms.diagnostics.forms import DayForm, QuestionForm
from lms.diagnostics.manifests import DimensionEntry
from lms.diagnostics.models import Assessment
from lms.diagnostics.rules import AnswerValue
from lms.diagnostics.selectors.assessments import (
    find_draft,
    list_history,
    read_answers,
    read_files,
    read_progress,
)
from lms.diagnostics.services import (
    AssessmentDiscardedError,
    AssessmentFinishedError,
    QuestionnaireClosedError,
    SaveResult,
    UnansweredError,
    discard_draft,
    finish_assessment,
    save_answers,
    start_assessment,
)
from lms.diagnostics.views.doors import Desk, desk_address, enter, find, lead_away
from lms.lib import clock
from lms.lib.clock import local_date
from lms.people.gate import not_allowed_is_404
from lms.people.selectors.viewers import get_viewer


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def desk(request: HttpRequest, code: str) -> HttpResponse:
    """The institution's draft and its earlier results; a post begins a new assessment."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    place, own = get_own_institution(viewer=viewer, code=request.GET.get("institucion", ""))
    found, release = find(code)
    if request.method == "POST":
        try:
            begun = start_assessment(
                institution_id=place.pk, questionnaire_id=found.pk, as_of=local_date(at),
                started_by_id=viewer.user_id, at=at,
            )  # fmt: skip
        except QuestionnaireClosedError:
            messages.error(request, _("Este cuestionario ya no se ofrece."))
            return redirect("diagnostics:desk", code)
        return redirect("diagnostics:draft", code, begun.public_id)
    history = list(list_history(questionnaire=found, institution_id=place.pk))
    context = {
        "questionnaire": found,
        "release": release,
        "institution": place,
        "others": [one for one in own if one != place],
        "draft": find_draft(questionnaire=found, institution_id=place.pk),
        "history": history,
        "current": next((one for one in history if one.is_public), None),
    }
    return render(request, "diagnostics/desk.html", context)


@require_http_methods(["GET"])
def draft(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """How far the draft is, dimension by dimension."""
    here = enter(request, code=code, public_id=public_id)
    if not here.assessment.is_draft:
        return redirect("diagnostics:profile", code, public_id)
    context = _context(here) | {"progress": read_progress(assessment=here.assessment)}
    return render(request, "diagnostics/draft.html", context)


@require_http_methods(["GET", "POST"])
def dimension(request: HttpRequest, code: str, public_id: UUID, key: str) -> HttpResponse:
    """The questions of one dimension. What is right is saved, also where something else is not."""
    here = enter(request, code=code, public_id=public_id)
    entry, following = _dimension(here.assessment, key)
    if request.method != "POST":
        if not here.assessment.is_draft:
            return redirect("diagnostics:profile", code, public_id)
        return _show(request, here, entry, _forms(request, here, entry))
    forms = _forms(request, here, entry)
    valid = [form for form in forms if form.is_valid()]
    try:
        saved = save_answers(
            assessment_id=here.assessment.pk,
            entries=[form.answer for form in valid],
            answered_by_id=here.viewer.user_id,
            at=here.at,
        )
    except AssessmentFinishedError:
        return _show(request, here, entry, forms, closed="finished", status=409)
    except AssessmentDiscardedError:
        return _show(request, here, entry, forms, closed="discarded", status=409)
    if len(valid) == len(forms) and not saved.conflicts:
        _tell_saved(request, saved)
        return redirect(_next_address(request, here, following))
    for form in valid:
        if form.entry.key in saved.conflicts:
            form.remember(saved.conflicts[form.entry.key])
        elif form.entry.key in saved.saved:
            form.remember(form.answer.value)
    status = 409 if saved.conflicts else 400
    return _show(request, here, entry, forms, conflicts=saved.conflicts, status=status)


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Asks for the day and finishes, for good."""
    here = enter(request, code=code, public_id=public_id)
    if not here.assessment.is_draft:
        return redirect("diagnostics:profile", code, public_id)
    form = DayForm(
        request.POST if request.method == "POST" else None,
        today=here.today,
        initial={"as_of": here.today},
    )
    if form.is_valid():
        try:
            finish_assessment(
                assessment_id=here.assessment.pk,
                as_of=form.cleaned_data["as_of"],
                finished_by_id=here.viewer.user_id,
                minimum_peers=settings.DIAGNOSTICS_MINIMUM_PEERS,
                at=here.at,
            )
        except UnansweredError:
            messages.error(request, _("Todavía faltan respuestas. Nada cambió."))
            return redirect("diagnostics:draft", code, public_id)
        except (AssessmentFinishedError, AssessmentDiscardedError) as error:
            return lead_away(request, here, error)
        messages.success(request, _("El diagnóstico quedó terminado. Este es su perfil."))
        return redirect("diagnostics:profile", code, public_id)
    progress = read_progress(assessment=here.assessment)
    context = _context(here) | {"form": form, "progress": progress}
    return render(request, "diagnostics/finish.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Asks once, then deletes the draft with its answers."""
    here = enter(request, code=code, public_id=public_id)
    if not here.assessment.is_draft:
        return redirect("diagnostics:profile", code, public_id)
    if request.method != "POST":
        return render(request, "diagnostics/discard.html", _context(here))
    try:
        discard_draft(assessment_id=here.assessment.pk)
    except (AssessmentFinishedError, AssessmentDiscardedError) as error:
        return lead_away(request, here, error)
    messages.success(request, _("El borrador quedó descartado."))
    return redirect(desk_address(here))


def _context(here: Desk) -> dict[str, object]:
    return {
        "assessment": here.assessment,
        "questionnaire": here.assessment.questionnaire,
        "institution": here.assessment.institution,
    }


def _dimension(assessment: Assessment, key: str) -> tuple[DimensionEntry, DimensionEntry | None]:
    """The dimension and the one after it."""
    entries = assessment.release.file.dimensions
    for index, entry in enumerate(entries):
        if entry.key == key:
            return entry, entries[index + 1] if index + 1 < len(entries) else None
    raise Http404


def _forms(request: HttpRequest, here: Desk, entry: DimensionEntry) -> list[QuestionForm]:
    present = read_answers(assessment=here.assessment)
    data = request.POST if request.method == "POST" else None
    return [
        QuestionForm(data, entry=one, present=present.get(one.key, AnswerValue())) for one in entry.questions
    ]


def _show(
    request: HttpRequest,
    here: Desk,
    entry: DimensionEntry,
    forms: Sequence[QuestionForm],
    *,
    conflicts: dict[str, AnswerValue] | None = None,
    closed: str = "",
    status: int = 200,
) -> HttpResponse:
    other = conflicts or {}
    files = read_files(assessment=here.assessment)
    context = _context(here) | {
        "dimension": entry,
        "number": here.assessment.release.file.dimensions.index(entry) + 1,
        "total": len(here.assessment.release.file.dimensions),
        "items": [
            (form, other.get(form.entry.key), _other_level(form, other), files.get(form.entry.key, []))
            for form in forms
        ],
        "has_errors": any(form.errors for form in forms) if status != 200 else False,
        "has_conflicts": bool(other),
        "closed": closed,
        "desk_url": desk_address(here),
    }
    return render(request, "diagnostics/dimension.html", context, status=status)


def _other_level(form: QuestionForm, other: dict[str, AnswerValue]) -> str:
    """What somebody else answered meanwhile, in the words of the scale."""
    value = other.get(form.entry.key)
    if value is None or not value.is_answered:
        return _("Sin respuesta")
    return _("No aplica") if value.level is None else form.entry.levels[value.level].text


def _tell_saved(request: HttpRequest, saved: SaveResult) -> None:
    count = len(saved.saved)
    if count:
        text = ngettext("Se guardó %(count)s respuesta.", "Se guardaron %(count)s respuestas.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("No había cambios que guardar."))


def _next_address(request: HttpRequest, here: Desk, following: DimensionEntry | None) -> str:
    code, public_id = here.assessment.questionnaire.code, here.assessment.public_id
    wanted = request.POST.get("archivos", "")
    if wanted in here.assessment.release.questions:
        return reverse("diagnostics:files", args=[code, public_id, wanted])
    if following is not None and request.POST.get("seguir"):
        return reverse("diagnostics:dimension", args=[code, public_id, following.key])
    return reverse("diagnostics:draft", args=[code, public_id])
