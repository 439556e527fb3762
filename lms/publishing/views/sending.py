"""How public files are sent: anybody may keep them for a minute, and any page may read them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from lms.plan.models import ActionPlan
from lms.plan.selectors.open_data import DataFile, entity_tag
from lms.publishing.selectors.plans import PlanNotPublicError, get_public_plan

CACHE_SECONDS = 60
FOREVER = 365 * 24 * 3600


def public_plan(code: str) -> ActionPlan:
    """The plan; for a draft there is no page."""
    try:
        return get_public_plan(code=code)
    except PlanNotPublicError as error:
        raise Http404 from error


def send_file(
    request: HttpRequest, *, file: DataFile, tag: str = "", seconds: int = CACHE_SECONDS, inline: bool = False
) -> HttpResponse:
    """The file, or that it has not changed."""
    tag = tag or entity_tag(body=file.body)
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = HttpResponse(file.body, content_type=file.content_type)
        if not inline:
            answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return with_public_headers(answer, tag=tag, seconds=seconds)


def with_public_headers(
    response: HttpResponse, *, tag: str = "", seconds: int = CACHE_SECONDS
) -> HttpResponse:
    """Also for who is logged in: there is nothing personal in it."""
    if tag:
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={seconds}" + (
        ", immutable" if seconds == FOREVER else ""
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
