"""Accounts with a role need a second factor on every route (allauth has no such setting)."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from lms.lib import clock
from lms.people.selectors.viewers import get_viewer

OPEN_PREFIXES = ("mfa_", "account_", "usersessions_")
OPEN_NAMES = {"health"}
OPEN_ADMIN_PATHS = ("/gestion/login/", "/gestion/password_reset/")


class AuthorsOnlyMiddleware:
    """``/gestion/`` does not exist for a logged-in account that may not author.

    Wagtail would send it to log in, and the login would send it back: a circle.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        inside = request.path.startswith("/gestion/") and not request.path.startswith(OPEN_ADMIN_PATHS)
        if inside and user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            raise Http404
        return self.get_response(request)


class SecondFactorMiddleware:
    """Sends an account with a role to set up, or to give, its second factor.

    Everything else (pages, API, exports) waits; a request that is not a page view gets 403.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.STAFF_SECOND_FACTOR_REQUIRED or self._is_open(request):
            return self.get_response(request)
        user = request.user
        if not user.is_authenticated or not self._is_staff(request):
            return self.get_response(request)
        if not is_mfa_enabled(user):
            return self._send(
                request, "mfa_activate_totp", _("Tu rol necesita un segundo factor. Actívalo para continuar.")
            )
        if not self._gave_second_factor(request):
            return self._send(request, "mfa_reauthenticate", _("Confirma tu segundo factor para continuar."))
        return self.get_response(request)

    @staticmethod
    def _is_open(request: HttpRequest) -> bool:
        if request.path.startswith(settings.STATIC_URL):
            return True
        try:
            name = resolve(request.path).url_name or ""
        except Resolver404:
            return False
        return name.startswith(OPEN_PREFIXES) or name in OPEN_NAMES

    @staticmethod
    def _is_staff(request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_staff or user.is_superuser or get_viewer(user=user, at=clock.now()).is_staff)

    @staticmethod
    def _gave_second_factor(request: HttpRequest) -> bool:
        return any(
            record.get("method") == "mfa" for record in get_authentication_records(request, request.user)
        )

    @staticmethod
    def _send(request: HttpRequest, url_name: str, text: str) -> HttpResponse:
        wants_page = "text/html" in request.headers.get("Accept", "text/html")
        if request.method != "GET" or not wants_page:
            return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
        messages.warning(request, text)
        response = redirect(url_name)
        response["Location"] += f"?next={request.path}"
        return response
