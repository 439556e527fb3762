"""How signing in with a provider fits this platform: our services decide, allauth logs in."""

from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from lms.lib import clock
from lms.people.accounts.refusals import OF_ERROR, Refusal, refusal_of, refuse
from lms.people.models import User
from lms.people.services.acceptances import accept_with_identity
from lms.people.services.identities import Identity, SignInRefusedError
from lms.people.services.known import find_account
from lms.people.services.sign_ins import connect_sign_in, sign_in


class SocialAdapter(DefaultSocialAccountAdapter):
    """Providers come from the environment only; what a sign-in means is decided in ``services``."""

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Without those of the database: a secret does not belong there."""
        apps = super().list_apps(request, provider=provider, client_id=client_id)
        return [app for app in apps if app.pk is None]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the account before allauth would; a refusal ends here."""
        sociallogin.token = None
        identity: Identity = sociallogin.identity
        try:
            if sociallogin.state.get("process") == AuthProcess.CONNECT:
                raise ImmediateHttpResponse(self._connect(request, sociallogin, identity))
            sociallogin.user = self._find_or_make(request, sociallogin, identity)
        except SignInRefusedError as error:
            refusal = OF_ERROR[type(error)]
            page = refuse(
                request, provider=sociallogin.provider, refusal=refusal, reason=type(error).__name__
            )
            raise ImmediateHttpResponse(page) from None
        sociallogin.account = find_account(identity=identity)

    def _find_or_make(self, request: HttpRequest, sociallogin: SocialLogin, identity: Identity) -> User:
        at = clock.now()
        invitation_id = (sociallogin.state.get("data") or {}).get("invitation")
        if invitation_id is not None:
            return accept_with_identity(invitation_id=invitation_id, identity=identity, at=at)
        known = find_account(identity=identity)
        user, is_new = sign_in(identity=identity, at=at)
        if known is None and not is_new:
            self._tell(user, sociallogin)
        if user.email is None and is_new:
            text = _("Si quieres recibir avisos, agrega un correo en «Seguridad de la cuenta».")
            messages.info(request, text)
        return user

    def _connect(self, request: HttpRequest, sociallogin: SocialLogin, identity: Identity) -> HttpResponse:
        user = request.user
        name = sociallogin.provider.name
        if not isinstance(user, User) or is_reauthentication_required(request, app="allauth.socialaccount"):
            messages.warning(request, _("Pasó mucho rato. Confirma quién eres y conéctala otra vez."))
            return redirect("socialaccount_connections")
        if connect_sign_in(user=user, identity=identity, at=clock.now()):
            self._tell(user, sociallogin)
        messages.success(request, _("Listo: desde ahora también ingresas con %(name)s.") % {"name": name})
        return redirect("socialaccount_connections")

    def _tell(self, user: User, sociallogin: SocialLogin) -> None:
        """By e-mail, where the account has one: somebody new can open it."""
        self.send_notification_mail(
            "socialaccount/email/account_connected", user, context={"provider": sociallogin.provider}
        )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Our own page instead of allauth's."""
        if exception is None and error == AuthError.UNKNOWN and "state_id" in (extra_context or {}):
            refusal, reason = Refusal.TOO_LATE, "state"
        else:
            refusal = refusal_of(error=error, exception=exception)
            reason = str(exception) if exception else f"callback: {error}"
        raise ImmediateHttpResponse(refuse(request, provider=provider, refusal=refusal, reason=reason))
