"""A new version of a course: what it changes, whom it touches, and what its author decides."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.services import (
    CourseNotReadyError,
    NothingToDecideError,
    NothingToReadError,
    Proposal,
    decide_release,
    find_proposal,
)
from lms.lib.clock import local_date
from lms.people.gate import not_allowed_is_404
from lms.progress.selectors.deltas import list_decided, measure_impact
from lms.teaching.access import Desk, enter_course
from lms.teaching.forms import ReleaseForm
from lms.teaching.words_release import describe_rules, describe_units


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def release(request: HttpRequest, course_code: str) -> HttpResponse:
    """What waits for a decision, and what was decided before."""
    desk = enter_course(request=request, course_code=course_code)
    problem, proposal = "", None
    try:
        proposal = find_proposal(page=desk.page)
    except CourseNotReadyError as error:
        problem = str(error)
    is_sent = request.method == "POST"
    form = ReleaseForm(request.POST if is_sent else None, proposal=proposal) if proposal else None
    if is_sent and form is None:
        messages.info(request, _("No hay nada que decidir: ya se decidió, o las páginas volvieron atrás."))
        return redirect("teaching:release", course_code=course_code)
    if is_sent and form and form.is_valid() and _decide(request, desk, form):
        return redirect("teaching:release", course_code=course_code)
    context = {
        "desk": desk,
        "problem": problem,
        "proposal": proposal,
        "form": form,
        "impact": measure_impact(course_code=course_code, day=local_date(desk.at)) if proposal else None,
        "decided": list_decided(course_code=course_code)[:20],
        **_words(proposal),
    }
    return render(request, "teaching/release.html", context, status=400 if is_sent else 200)


def _words(proposal: Proposal | None) -> dict[str, object]:
    if proposal is None:
        return {}
    return {"units": describe_units(proposal.changes), "rules": describe_rules(proposal.changes)}


def _decide(request: HttpRequest, desk: Desk, form: ReleaseForm) -> bool:
    """Publishes and keeps the decision; False after writing into the form why it cannot be."""
    try:
        change = decide_release(
            page=desk.page,
            mode=form.cleaned_data["mode"],
            summary=form.cleaned_data["summary"],
            user_id=desk.user_id,
            at=desk.at,
        )
    except CourseNotReadyError as error:
        form.add_error(None, str(error))
    except NothingToReadError:
        form.add_error("mode", _("No cambió ningún texto que se pueda mostrar. Elige otra forma."))
    except NothingToDecideError:
        form.add_error(None, _("No hay nada que decidir: otra persona lo hizo hace un momento."))
    else:
        text = _("La versión %(number)d está publicada. Lo que cada persona completó sigue como estaba.")
        messages.success(request, text % {"number": change.release.number})
        return True
    return False
