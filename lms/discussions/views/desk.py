"""Those who lead a course switch its conversation on, see what waits, and what was done."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.discussions.access import enter_desk
from lms.discussions.forms_desk import SettingsForm
from lms.discussions.models import CourseDiscussion
from lms.discussions.rules.cohorts import Scope
from lms.discussions.selectors.discussions import read_names
from lms.discussions.selectors.moderation import list_actions, list_muted, list_waiting
from lms.discussions.services.settings import change_settings
from lms.discussions.words import GONE_NAME, notice_of_state
from lms.people.gate import not_allowed_is_404
from lms.people.selectors.looks import spell_role

PER_PAGE = 30


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def settings(request: HttpRequest, course_code: str) -> HttpResponse:
    """On or off, with whom, and what waits."""
    desk = enter_desk(request=request, course_code=course_code)
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=_initial(desk.discussion))
    if form.is_valid():
        change_settings(
            course=desk.course,
            is_open=form.cleaned_data["is_open"],
            scope=Scope(form.cleaned_data["scope"]),
            approves_first=form.cleaned_data["approves_first"],
            moderator=desk.moderator,
            at=desk.at,
        )
        messages.success(request, _("Guardamos los ajustes de la conversación."))
        return redirect("discussions_desk:settings", course_code=course_code)
    discussion = desk.discussion
    context = {
        "desk": desk,
        "form": form,
        "waiting": list_waiting(discussion_id=discussion.pk).count() if discussion else 0,
        "muted": list_muted(discussion_id=discussion.pk) if discussion else [],
    }
    return render(request, "discussions/settings.html", context, status=400 if form.is_bound else 200)


@require_GET
@not_allowed_is_404
def queue(request: HttpRequest, course_code: str) -> HttpResponse:
    """Messages to be approved and messages reported, the oldest first."""
    desk = enter_desk(request=request, course_code=course_code)
    found = list_waiting(discussion_id=desk.found.pk)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    posts = list(page)
    names = read_names(discussion_id=desk.found.pk, person_ids={post.person_id for post in posts})
    lines = [
        (post, names.get(post.person_id, GONE_NAME), notice_of_state(state=post.state)) for post in posts
    ]
    return render(request, "discussions/queue.html", {"desk": desk, "page": page, "lines": lines})


@require_GET
@not_allowed_is_404
def log(request: HttpRequest, course_code: str) -> HttpResponse:
    """What those who moderate did."""
    desk = enter_desk(request=request, course_code=course_code)
    found = list_actions(discussion_id=desk.found.pk)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("pagina"))
    actions = list(page)
    people = {action.subject_id for action in actions if action.subject_id}
    names = read_names(discussion_id=desk.found.pk, person_ids=people)
    lines = [(action, names.get(action.subject_id or 0, ""), spell_role(action.role)) for action in actions]
    return render(request, "discussions/log.html", {"desk": desk, "page": page, "lines": lines})


def _initial(discussion: CourseDiscussion | None) -> dict[str, object]:
    if discussion is None:
        return {"scope": Scope.COHORT.value}
    return {
        "is_open": discussion.is_open,
        "scope": discussion.scope,
        "approves_first": discussion.approves_first,
    }
