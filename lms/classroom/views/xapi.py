"""What the record says of itself (xAPI-Communication 2.8)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from lms.xapi.statements import VERSION


@login_not_required
@require_safe
def about(request: HttpRequest) -> JsonResponse:
    """The versions in which statements are kept."""
    response = JsonResponse({"version": [VERSION]})
    response["X-Experience-API-Version"] = VERSION
    return response
