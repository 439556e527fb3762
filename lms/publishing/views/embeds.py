"""Chart and badge for other people's pages: no script, no cookie, nothing that tells us who looks."""

from collections.abc import Callable

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from lms.plan.selectors.open_data import DataFile
from lms.publishing.drawings import MEDIA_TYPE, draw_badge, draw_chart
from lms.publishing.selectors.embeds import CommitmentNotFoundError, EmbedFacts, get_embed_facts
from lms.publishing.views.sending import public_plan, send_file, with_public_headers

ANYWHERE = {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE], "connect-src": [NONE]}
"""The chart alone may stand in a frame, and can do nothing there."""


@login_not_required
@require_safe
def embed_page(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """How the chart and the badge look, and the code to copy."""
    facts = _facts(plan_code, number)
    args = [plan_code, number]
    context = {
        "facts": facts,
        "plan": facts.commitment.plan,
        "commitment": facts.commitment,
        "badge_path": reverse("publishing:badge", args=args),
        "picture_path": reverse("publishing:picture", args=args),
        "badge_url": settings.SITE_URL + reverse("publishing:badge", args=args),
        "picture_url": settings.SITE_URL + reverse("publishing:picture", args=args),
        "chart_url": settings.SITE_URL + reverse("publishing:chart", args=args),
    }
    return render(request, "publishing/embed_page.html", context)


@login_not_required
@xframe_options_exempt
@csp_replace(ANYWHERE)  # type: ignore[arg-type]
@require_safe
def chart(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """The chart as a page without anything else, for a frame."""
    response = render(request, "publishing/chart.html", {"facts": _facts(plan_code, number)})
    return with_public_headers(response)


@login_not_required
@require_safe
def picture(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """The chart as a picture."""
    return _draw(request, plan_code, number, draw_chart)


@login_not_required
@require_safe
def badge(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """Milestones and date in one line."""
    return _draw(request, plan_code, number, draw_badge)


def _draw(
    request: HttpRequest, plan_code: str, number: int, draw: Callable[[EmbedFacts], bytes]
) -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        body = draw(_facts(plan_code, number))
    response = send_file(request, file=DataFile("", MEDIA_TYPE, body), inline=True)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _facts(plan_code: str, number: int) -> EmbedFacts:
    try:
        return get_embed_facts(plan=public_plan(plan_code), number=number)
    except CommitmentNotFoundError as error:
        raise Http404 from error
