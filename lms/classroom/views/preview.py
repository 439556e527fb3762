"""Choosing as whom an author looks at a preview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lms.classroom.preview.forms import LearnerForm
from lms.classroom.preview.learner import keep_learner
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.policy import Action, require_any
from lms.people.selectors.viewers import get_viewer


@require_POST
@not_allowed_is_404
def look_as(request: HttpRequest) -> HttpResponse:
    """Keep the choice in the session, and back to the preview. What cannot be chosen chooses nobody."""
    at = clock.now()
    require_any(viewer=get_viewer(user=request.user, at=at), action=Action.AUTHOR_COURSES)
    form = LearnerForm(request.POST, day=clock.local_date(at))
    form.is_valid()
    chosen = form.cleaned_data
    keep_learner(
        request.session,
        institution=chosen.get("institution"),
        estamento=chosen.get("estamento", ""),
    )
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else "wagtailadmin_home")
