"""Going to the provider and coming back."""

from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from lms.people.accounts.openid.asking import ProviderError, text_of
from lms.people.services.identities import Identity

# A sign-in may take as long as finding one's card and typing twice; allauth allows ten minutes.
statekit.STATE_TTL = 30 * 60


class CodeFlowAdapter(OAuth2Adapter):
    """Asks the provider. ``state`` is what we remembered when the visitor left."""

    state: dict[str, Any]

    def get_client(self, request: HttpRequest, app: Any) -> None:
        """None: what allauth's client would ask is asked here."""

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        return SocialToken(token=text_of(data, "access_token"))

    def identify(self, *, answer: dict[str, Any]) -> Identity:
        """Who signed in, from the answer of the token endpoint.

        Raises:
            ProviderError: see there.
        """
        raise NotImplementedError

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        identity = self.identify(answer=kwargs["response"])
        login: SocialLogin = self.get_provider().sociallogin_from_response(request, identity)
        login.identity = identity
        return login


class CodeFlowProvider(OAuth2Provider):
    """Of what a provider says, allauth sees a hashed ``uid`` and names; nothing else can be stored."""

    def make_proofs(self) -> tuple[dict[str, str], dict[str, str]]:
        """``(what goes to the provider, what we remember)`` beside the usual parameters."""
        return {}, {}

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **from_address: Any,
    ) -> HttpResponse:
        """A page that leads on: a form may only be sent to ourselves (Content-Security-Policy).

        What the visitor's address says about scope or parameters is not passed on.
        """
        adapter = self.get_oauth2_adapter(request)
        sent, kept = self.make_proofs()
        if process != AuthProcess.CONNECT or not request.user.is_authenticated:
            process = AuthProcess.LOGIN
        try:
            address = adapter.authorize_url
        except ProviderError as error:
            return render_authentication_error(request, self, exception=error)
        state = self.stash_redirect_state(request, process, next_url, data, **kept)
        query = {
            "client_id": self.app.client_id,
            "response_type": "code",
            "scope": " ".join(self.get_scope()),
            "redirect_uri": adapter.get_callback_url(request, self.app),
            "state": state,
            **sent,
        }
        separator = "&" if "?" in address else "?"
        context = {"provider": self, "address": f"{address}{separator}{urlencode(query)}"}
        return render(request, "socialaccount/leaving.html", context)

    def extract_uid(self, data: Identity) -> str:
        return data.uid

    def extract_extra_data(self, data: Identity) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Identity) -> dict[str, Any]:
        return {"first_name": data.given_names, "last_name": data.family_names}
