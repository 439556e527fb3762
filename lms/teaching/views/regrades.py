"""A question had a wrong key: see whom it touches, grade again, and what that changed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.journeys.regrade_question import Preview, preview_regrades
from lms.journeys.tasks import work_on_regrading
from lms.people.gate import not_allowed_is_404
from lms.progress.models import Regrade
from lms.progress.selectors.regrades import regrade_figures
from lms.progress.services.regrades import begin_regrade
from lms.teaching.access import enter_course
from lms.teaching.forms import RegradeForm
from lms.teaching.selectors import Bank, find_bank

MOST_PREVIEWED = 1000


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def regrade(request: HttpRequest, course_code: str, question_key: str) -> HttpResponse:
    """What grading a question again would do; and doing it."""
    desk = enter_course(request=request, course_code=course_code)
    bank = find_bank(course_code=course_code)
    if bank is None or question_key not in bank.questions:
        raise Http404
    previews = _preview(bank, question_key)
    with_key = previews[Regrade.Method.KEY]
    methods = [
        method
        for method, found in previews.items()
        if found.attempts and not (method == Regrade.Method.KEY and with_key.other == with_key.attempts)
    ]
    is_sent = request.method == "POST"
    form = RegradeForm(request.POST if is_sent else None, methods=methods) if methods else None
    if is_sent and form and form.is_valid():
        begun = begin_regrade(
            release=bank.release,
            unit_key=bank.unit_key,
            question_key=question_key,
            method=form.cleaned_data["method"],
            reason=form.cleaned_data["reason"],
            user_id=desk.user_id,
            at=desk.at,
        )
        work_on_regrading.enqueue(begun.pk)
        messages.success(request, _("La recorrección comenzó. Esta página muestra lo que va cambiando."))
        return redirect("teaching:regraded", course_code=course_code, public_id=begun.public_id)
    context = {
        "desk": desk,
        "question": bank.questions[question_key],
        "previews": [(Regrade.Method(method).label, previews[method]) for method in methods],
        "form": form,
        "most": MOST_PREVIEWED,
    }
    return render(request, "teaching/regrade.html", context, status=400 if is_sent else 200)


@require_GET
@not_allowed_is_404
def regraded(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """What a regrade changed, before and after. Nobody is named."""
    desk = enter_course(request=request, course_code=course_code)
    found = get_object_or_404(
        Regrade.objects.select_related("made_by"), public_id=public_id, course__code=course_code
    )
    bank = find_bank(course_code=course_code)
    question = bank.questions.get(found.question_key) if bank else None
    context = {
        "desk": desk,
        "regrade": found,
        "stem": question.stem if question else found.question_key,
        "figures": regrade_figures(regrade=found),
    }
    return render(request, "teaching/regraded.html", context)


def _preview(bank: Bank, question_key: str) -> dict[str, Preview]:
    """By method."""
    regrades = [
        Regrade(
            course=bank.course,
            release=bank.release,
            unit_key=bank.unit_key,
            question_key=question_key,
            method=method,
        )
        for method in Regrade.Method.values
    ]
    previews = preview_regrades(regrades=regrades, most=MOST_PREVIEWED)
    return dict(zip(Regrade.Method.values, previews, strict=True))
