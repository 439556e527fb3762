"""To and from ClaveÚnica."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from lms.people.accounts.clave_unica.provider import ClaveUnicaAdapter
from lms.people.accounts.openid.doors import come_back, leave


@login_not_required
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """GET asks whether to go, POST goes."""
    return leave(request, ClaveUnicaAdapter(request))


@login_not_required
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Back from ClaveÚnica, with a code or an error."""
    return come_back(request, ClaveUnicaAdapter(request))
