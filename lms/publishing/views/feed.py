"""The feeds of changes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lms.plan.models import ActionPlan
from lms.plan.selectors.open_data import DataFile
from lms.publishing.selectors.feed import build_feed
from lms.publishing.views.sending import public_plan, send_file

ATOM = "application/atom+xml; charset=utf-8"


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Changes of all public plans."""
    return _send(request, plan=None)


@login_not_required
@require_safe
def plan_feed(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Changes of one plan."""
    return _send(request, plan=public_plan(plan_code))


def _send(request: HttpRequest, *, plan: ActionPlan | None) -> HttpResponse:
    body = build_feed(plan=plan, number=request.GET.get("pagina"))
    return send_file(request, file=DataFile("cambios.atom", ATOM, body), inline=True)
