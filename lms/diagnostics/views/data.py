"""The files of questionnaires and published profiles."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from lms.diagnostics.selectors import open_data
from lms.diagnostics.selectors.assessments import list_public
from lms.diagnostics.views.doors import find
from lms.plan.selectors.open_data import DataFile, entity_tag

CACHE_SECONDS = 60


@login_not_required
@require_safe
def questionnaire_json(request: HttpRequest, code: str) -> HttpResponse:
    """The current version."""
    return _send(request, open_data.questionnaire_json(release=find(code)[1]))


@login_not_required
@require_safe
def questionnaire_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The current version as a table."""
    return _send(request, open_data.questionnaire_csv(release=find(code)[1]))


@login_not_required
@require_safe
def profiles_json(request: HttpRequest, code: str) -> HttpResponse:
    """The profiles that institutions publish."""
    found, release = find(code)
    rows = list_public(questionnaire=found)
    file = open_data.profiles_json(code=code, licence=release.file.licence, assessments=rows)
    return _send(request, file)


@login_not_required
@require_safe
def profiles_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The profiles that institutions publish, as a table."""
    found, _release = find(code)
    rows = list_public(questionnaire=found)
    return _send(request, open_data.profiles_csv(code=code, assessments=rows))


def _send(request: HttpRequest, file: DataFile) -> HttpResponse:
    """Anybody may keep the file for a minute, and any page may read it."""
    tag = entity_tag(body=file.body)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    answer = get_conditional_response(request, etag=tag) or HttpResponse(
        file.body, content_type=file.content_type, headers=headers
    )
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
