"""Pages of the site itself: robots, errors, closed doors."""

import mimetypes
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST, require_safe
from django.views.static import serve

from lms.people.services.languages import choose_language

NOT_FOR_SEARCH = (
    "aula",
    "cuentas",
    "cumplimiento",
    "gestion",
    "integridad",
    "mis-certificados",
    "verificar",
    "xapi",
)

RENDITIONS = "images"
A_YEAR = 365 * 24 * 3600


@login_not_required
@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is public, and no certificate."""
    lines = ["User-agent: *", *(f"Disallow: /{path}/" for path in NOT_FOR_SEARCH)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture in the size in which a page shows it.

    Only what the platform drew from an upload (Wagtail's renditions): never a file as somebody sent it.
    A drawing never changes under its name, so browsers keep it.

    Raises:
        Http404: there is none, or the file is no picture.
    """
    if not (mimetypes.guess_type(name)[0] or "").startswith("image/"):
        raise Http404
    try:
        response = serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / RENDITIONS))
    except SuspiciousFileOperation as error:
        raise Http404 from error
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@login_not_required
def to_login(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Other ways in lead to the one that has limits and a second factor."""
    return redirect("account_login")


@csrf_exempt  # so that pages need no cookie for it; another site can send nobody's session along
@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Choose the language and come back to the same place.

    With ``repetir`` the browser sends the form again to that place, for pages that a form leads to.
    """
    place = request.POST.get("volver", "")
    if not url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure()):
        place = "/"
    response = HttpResponseRedirect(place)
    if "repetir" in request.POST:
        response.status_code = 307
    language = request.POST.get("idioma", "")
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        choose_language(user=request.user, language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    # Without the request: its context processors ask the database, which may be what broke.
    return render(None, "500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protection is gone: usually a page left open for days."""
    return render(request, "403_csrf.html", status=403)
