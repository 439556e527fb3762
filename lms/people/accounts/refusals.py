"""The one page for a sign-in that did not come about: what happened, and what to do now."""

import logging
from enum import Enum
from typing import Any

from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.people.accounts.openid.asking import ProviderSilentError
from lms.people.services.identities import (
    ConnectedElsewhereError,
    InvitationClosedError,
    OtherPersonError,
    RunTakenError,
    SignInRefusedError,
    TwoRecordsError,
)

logger = logging.getLogger(__name__)


class Refusal(Enum):
    """``(status, title, what to do)``; ``%(provider)s`` is the name on the button."""

    CANCELLED = (
        200,
        _("No terminaste de ingresar"),
        _("Cancelaste el ingreso con %(provider)s. Puedes intentarlo otra vez o ingresar con tu correo."),
    )
    TOO_LATE = (
        400,
        _("Este ingreso ya no sirve"),
        _("Pasó más de media hora, o la página ya se usó. Empieza de nuevo desde aquí."),
    )
    SILENT = (
        503,
        _("%(provider)s no responde"),
        _("No es un problema de tu cuenta. Espera unos minutos e intenta otra vez, o ingresa con tu correo."),
    )
    NOT_BELIEVED = (
        400,
        _("No pudimos comprobar quién eres"),
        _(
            "%(provider)s envió una respuesta que no es válida, así que no ingresaste. Intenta otra vez. "
            "Si se repite, avisa a Gestión de Personas de tu institución."
        ),
    )
    CONNECTED_ELSEWHERE = (
        409,
        _("Ya se usa en otra cuenta"),
        _("Con %(provider)s se ingresa a otra cuenta. Sal de esta e ingresa con %(provider)s."),
    )
    OTHER_PERSON = (
        409,
        _("El RUN no coincide"),
        _(
            "El RUN de %(provider)s no es el que tu institución registró para esta persona. "
            "Pide a Gestión de Personas que lo revise."
        ),
    )
    RUN_TAKEN = (
        409,
        _("Ese RUN ya tiene otra cuenta"),
        _(
            "Con ese RUN ya existe otra cuenta. Ingresa con %(provider)s, o pide a Gestión de Personas de tu "
            "institución que una las dos."
        ),
    )
    TWO_RECORDS = (
        409,
        _("Tienes dos registros"),
        _(
            "Tu institución te registró con ese RUN, y esta cuenta ya tiene cursos. Para no perder nada, "
            "pide a Gestión de Personas de tu institución que una los dos registros."
        ),
    )
    INVITATION_CLOSED = (
        409,
        _("La invitación ya no sirve"),
        _("Ya se usó o venció. Si tienes cuenta, ingresa; si no, pide otra a Gestión de Personas."),
    )


OF_ERROR: dict[type[SignInRefusedError], Refusal] = {
    ConnectedElsewhereError: Refusal.CONNECTED_ELSEWHERE,
    OtherPersonError: Refusal.OTHER_PERSON,
    RunTakenError: Refusal.RUN_TAKEN,
    TwoRecordsError: Refusal.TWO_RECORDS,
    InvitationClosedError: Refusal.INVITATION_CLOSED,
}


def refusal_of(*, error: Any, exception: Exception | None) -> Refusal:
    """What a failure that allauth reports means to the visitor."""
    if error == AuthError.CANCELLED:
        return Refusal.CANCELLED
    if isinstance(exception, ProviderSilentError):
        return Refusal.SILENT
    return Refusal.NOT_BELIEVED


def refuse(request: HttpRequest, *, provider: Any, refusal: Refusal, reason: str) -> HttpResponse:
    """The page. ``reason`` goes to the log and must hold no personal data."""
    logger.warning("Sign-in with %s refused: %s", provider.sub_id, reason)
    status, title, text = refusal.value
    words = {"provider": provider.name}
    context = {"provider": provider, "title": _fill(title, words), "text": _fill(text, words)}
    return render(request, "socialaccount/authentication_error.html", context, status=status)


def _fill(text: str | Promise, words: dict[str, str]) -> str:
    return str(text) % words
