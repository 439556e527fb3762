"""Versions that can be cited."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lms.lib import clock
from lms.people.policy import NotAllowedError
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_kept_plan
from lms.plan.models import ActionPlan
from lms.plan.selectors.open_data import LICENCE, LICENCE_URL, DataFile
from lms.publishing.selectors.releases import ReleaseNotFoundError, citation, get_release, read_content
from lms.publishing.services import release_data
from lms.publishing.views.sending import FOREVER, public_plan, send_file


@login_not_required
@require_safe
def release(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """What is in one version, and how it is cited."""
    plan = public_plan(plan_code)
    try:
        facts = get_release(plan=plan, number=number)
    except ReleaseNotFoundError as error:
        raise Http404 from error
    context = {
        "plan": plan,
        "facts": facts,
        "files": [(file, citation(facts=facts, name=file.name)) for file in facts.files.values()],
        "citation": citation(facts=facts),
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }
    return render(request, "publishing/release.html", context)


@login_not_required
@require_safe
def released_file(request: HttpRequest, plan_code: str, number: int, name: str) -> HttpResponse:
    """The bytes as they were published: they never change."""
    try:
        facts, body = read_content(plan=public_plan(plan_code), number=number, name=name)
    except ReleaseNotFoundError as error:
        raise Http404 from error
    file = DataFile(facts.name, facts.media_type, body)
    return send_file(request, file=file, tag=f'"{facts.sha256}"', seconds=FOREVER)


@require_POST
def make_release(request: HttpRequest, plan_code: str) -> HttpResponse:
    """A version now, without waiting for the daily one."""
    plan = kept_plan(request, plan_code)
    made = release_data(plan_id=plan.pk, at=clock.now())
    if made is None:
        messages.info(request, _("Nada cambió desde la última versión de los datos."))
    else:
        messages.success(
            request, _("Quedó publicada la versión %(number)s de los datos.") % {"number": made.number}
        )
    return redirect("publishing:plan_data" if plan.is_public else "publishing:reports", plan.code)


def kept_plan(request: HttpRequest, code: str) -> ActionPlan:
    """A plan that the visitor keeps; for anybody else the page does not exist."""
    viewer = get_viewer(user=request.user, at=clock.now())
    try:
        return get_kept_plan(code=code, viewer=viewer)
    except (PlanNotFoundError, NotAllowedError):
        raise Http404 from None
