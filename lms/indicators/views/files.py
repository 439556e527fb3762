"""The data of an indicator to download: those that count, or of one release."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from lms.indicators.access import read_indicator
from lms.indicators.models import Indicator, IndicatorRevision
from lms.indicators.selectors.definitions import as_measured, as_released
from lms.indicators.selectors.files import DataFile, build_file, file_tag
from lms.indicators.selectors.revisions import RevisionNotFoundError, find_current, get_revision

CACHE_SECONDS = 60


@login_not_required
@require_safe
def current_file(request: HttpRequest, plan_code: str, code: str, kind: str) -> HttpResponse:
    """The data that count, with today's words."""
    _reading, indicator = read_indicator(request, plan_code, code)
    revision = find_current(indicator=indicator)
    if revision is None:
        raise Http404
    return _answer(request, as_measured(indicator=indicator, revision=revision), revision, kind)


@login_not_required
@require_safe
def revision_file(request: HttpRequest, plan_code: str, code: str, number: int, kind: str) -> HttpResponse:
    """One release, for good, with the words that it was made with."""
    reading, indicator = read_indicator(request, plan_code, code)
    try:
        revision = get_revision(indicator=indicator, number=number, with_unpublished=reading.is_keeper)
    except RevisionNotFoundError as error:
        raise Http404 from error
    if revision.withdrawn_at:
        raise Http404
    return _answer(request, as_released(indicator=indicator, revision=revision), revision, kind)


def send_file(file: DataFile) -> HttpResponse:
    disposition = f'attachment; filename="{file.name}"'
    return HttpResponse(
        file.body, content_type=file.content_type, headers={"Content-Disposition": disposition}
    )


def _answer(
    request: HttpRequest, indicator: Indicator, revision: IndicatorRevision, kind: str
) -> HttpResponse:
    """Anybody may keep what is public for a minute, and any page may read it."""
    tag = file_tag(indicator=indicator, revision=revision, kind=kind)
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = send_file(build_file(indicator=indicator, revision=revision, kind=kind))
    answer.headers["ETag"] = tag
    is_public = revision.is_readable and indicator.plan.is_public
    answer.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}" if is_public else "private, no-store"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
