"""To and from an institution's provider."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from lms.people.accounts.institutions.provider import InstitutionAdapter
from lms.people.accounts.openid.doors import come_back, leave


@login_not_required
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """GET asks whether to go, POST goes."""
    return leave(request, InstitutionAdapter(request, provider_id))


@login_not_required
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider, with a code or an error."""
    return come_back(request, InstitutionAdapter(request, provider_id))
