"""How allauth fits this platform."""

from contextlib import suppress
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.lib import clock
from lms.lib.sealing import seal, unseal
from lms.people.keys import secret_keys
from lms.people.models import User
from lms.people.services.accounts import link_person
from lms.people.services.addresses import AddressTakenError, release_address

_PURPOSE = "segundo-factor"


def display_name(user: User) -> str:
    """How pages and e-mails call an account."""
    return user.get_short_name()


class AccountAdapter(DefaultAccountAdapter):
    """A verified address links the account to the person whom HR loaded, or creates one."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("El correo o la contraseña no coinciden. Revísalos e intenta de nuevo."),
        "enter_current_password": _("Escribe tu contraseña actual."),
        "incorrect_password": _("La contraseña no es correcta."),
        "incorrect_code": _("El código no es correcto. Espera el siguiente y escríbelo de nuevo."),
        "too_many_login_attempts": _(
            "Hubo muchos intentos fallidos. Espera cinco minutos e intenta de nuevo."
        ),
        "unverified_primary_email": _("Primero confirma tu correo principal."),
        "rate_limited": _("Hay demasiadas solicitudes seguidas. Espera un momento."),
    }

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> Any:
        with suppress(AddressTakenError):  # allauth says so on the page
            release_address(email=email_address.email, user_id=email_address.user_id)
        confirmed = super().confirm_email(request, email_address)
        if email_address.verified:
            link_person(user=email_address.user, at=clock.now())
        return confirmed


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted at rest."""

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=_PURPOSE, key=str(settings.SECRET_KEY))

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose=_PURPOSE, keys=secret_keys())
