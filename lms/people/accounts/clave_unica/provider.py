"""ClaveÚnica, the identity that the State gives everybody: a code flow with its own habits.

It takes ``state`` along to the token endpoint and answers the profile by POST. No nonce and no PKCE
are documented; what it says comes straight from its servers, by https.
"""

from typing import Any

from allauth.socialaccount.providers.base import ProviderAccount
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from lms.people.accounts.clave_unica.answers import PROVIDER, to_identity
from lms.people.accounts.openid.asking import ask, text_of
from lms.people.accounts.openid.flow import CodeFlowAdapter, CodeFlowProvider
from lms.people.services.identities import Identity


class ClaveUnicaAdapter(CodeFlowAdapter):
    """Asks ClaveÚnica, or whatever stands in for it at ``CLAVE_UNICA_URL``."""

    provider_id = PROVIDER

    @cached_property
    def base(self) -> str:
        return str(self.get_provider().app.settings["url"])

    @property
    def authorize_url(self) -> str:
        return f"{self.base}/authorize/"

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("clave_unica_callback"))

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        return ask(
            "POST",
            f"{self.base}/token/",
            data={
                "client_id": app.client_id,
                "client_secret": app.secret,
                "redirect_uri": self.get_callback_url(request, app),
                "grant_type": "authorization_code",
                "code": request.GET["code"],
                "state": request.GET["state"],
            },
        )

    def identify(self, *, answer: dict[str, Any]) -> Identity:
        token = text_of(answer, "access_token")
        profile = ask("POST", f"{self.base}/userinfo/", headers={"Authorization": f"Bearer {token}"})
        return to_identity(profile=profile, key=settings.RUN_KEY)


class ClaveUnicaProvider(CodeFlowProvider):
    """``clave_unica``: one app, from the environment."""

    id = PROVIDER
    name = "ClaveÚnica"
    account_class = ProviderAccount
    oauth2_adapter_class = ClaveUnicaAdapter

    def get_scope(self) -> list[str]:
        return ["openid", "run", "name"]
