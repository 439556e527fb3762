"""The door: which program asks, and whether it may."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase

from lms.api.access import Caller
from lms.api.keys import read_bearer
from lms.api.limits import count_call
from lms.api.models import Scope
from lms.api.problems import Problem, ProblemError
from lms.api.selectors.tokens import find_caller
from lms.api.services.tokens import note_use
from lms.lib import clock
from lms.people.keys import secret_keys


@dataclass(frozen=True)
class Visit:
    """A program that has come in, at an instant."""

    caller: Caller
    at: datetime


class Bearer(AuthBase):
    """``Authorization: Bearer aula_…``, with one of the scopes; a cookie opens nothing."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, *scopes: Scope) -> None:
        super().__init__()
        self.scopes = scopes

    def __call__(self, request: HttpRequest) -> Visit:
        visit = _come_in(request)
        if not visit.caller.scopes.intersection(self.scopes):
            raise ProblemError(Problem.SCOPE_MISSING, _ask_for(self.scopes))
        return visit


def _ask_for(scopes: tuple[Scope, ...]) -> str:
    """Which scope a token needs; of several, any."""
    return _("Pide una llave con este permiso: %(scope)s.") % {"scope": _(" o ").join(scopes)}


def visit_of(request: HttpRequest) -> Visit:
    """The visit that the door let in."""
    visit: Visit = request.auth  # type: ignore[attr-defined]
    return visit


def _come_in(request: HttpRequest) -> Visit:
    at = clock.now()
    secret = read_bearer(request.headers.get("Authorization", ""))
    found = find_caller(secret=secret, keys=secret_keys(), at=at) if secret else None
    if found is None:
        raise ProblemError(Problem.UNAUTHORIZED)
    seconds = count_call(token_id=found.caller.token_id, limit=settings.API_PER_MINUTE, at=at)
    if seconds is not None:
        raise ProblemError(Problem.TOO_MANY_REQUESTS, retry_after=seconds)
    today = clock.local_date(at)
    if found.last_used_on != today:
        note_use(token_id=found.caller.token_id, day=today)
    return Visit(found.caller, at)
