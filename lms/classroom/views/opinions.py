"""The two questionnaires: at the end of a course, and three months later by a link."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.classroom.forms_feedback import OpinionForm
from lms.feedback.links import read_token
from lms.feedback.models import Asking
from lms.feedback.questionnaire import QUESTIONNAIRES
from lms.feedback.rules.askings import GROUP, AskingKind
from lms.feedback.selectors.askings import find_asking, find_own_asking
from lms.feedback.services.asking import NotOpenError
from lms.feedback.services.opinions import answer_questionnaire
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer


@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, course_code: str) -> HttpResponse:
    """How the course was, for who has completed it."""
    return _answer(request, find_mine(request=request, course_code=course_code, kind=AskingKind.END))


# The token is the proof. The page asks, and shows nothing of anybody.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def later(request: HttpRequest, course_code: str, token: str) -> HttpResponse:
    """What became of it at work."""
    return _answer(request, find_by_token(token=token, course_code=course_code, kind=AskingKind.LATER))


def find_mine(*, request: HttpRequest, course_code: str, kind: AskingKind) -> Asking:
    """The latest of who is logged in.

    Raises:
        Http404: it was not asked, or is no person of ours.
    """
    viewer = get_viewer(user=request.user, at=clock.now())
    found = (
        find_own_asking(person_id=viewer.person_id, course_code=course_code, kind=kind)
        if viewer.person_id
        else None
    )
    if found is None:
        raise Http404
    return found


def find_by_token(*, token: str, course_code: str, kind: AskingKind) -> Asking:
    """
    Raises:
        Http404: none of ours, of another course or kind, or the person was erased.
    """
    public_id = read_token(token)
    asking = find_asking(public_id=public_id, course_code=course_code, kind=kind) if public_id else None
    if asking is None:
        raise Http404
    return asking


def closed(request: HttpRequest, asking: Asking) -> HttpResponse:
    """It was answered, or its time is over: said kindly, and nothing else."""
    asking.refresh_from_db(fields=["is_answered"])
    context = {"asking": asking, "course": asking.enrolment.course}
    return render(request, "classroom/asking_closed.html", context)


def _answer(request: HttpRequest, asking: Asking) -> HttpResponse:
    at = clock.now()
    if not asking.is_open_on(clock.local_date(at)):
        return closed(request, asking)
    kind = AskingKind(asking.kind)
    form = OpinionForm(request.POST if request.method == "POST" else None, questionnaire=QUESTIONNAIRES[kind])
    if form.is_valid():
        try:
            answer_questionnaire(asking_id=asking.pk, values=form.values, texts=form.texts, at=at)
        except NotOpenError:
            return closed(request, asking)
        return redirect(request.path)
    context = {
        "form": form,
        "course": asking.enrolment.course,
        "is_later": kind == AskingKind.LATER,
        "group": GROUP[kind],
    }
    return render(request, "classroom/opinion.html", context, status=400 if form.is_bound else 200)
