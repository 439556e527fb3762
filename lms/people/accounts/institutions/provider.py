"""Institutions' own providers: OpenID Connect with discovery, PKCE, nonce and a verified ID token."""

import secrets
from typing import Any
from urllib.parse import quote_plus, urlsplit

from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from requests.auth import HTTPBasicAuth

from lms.people.accounts.institutions.claims import join_claims, to_identity
from lms.people.accounts.openid.asking import ProviderAnswerError, ask, text_of
from lms.people.accounts.openid.flow import CodeFlowAdapter, CodeFlowProvider
from lms.people.accounts.openid.id_tokens import read_id_token
from lms.people.services.identities import Identity

WELL_KNOWN = "/.well-known/openid-configuration"


class InstitutionAdapter(CodeFlowAdapter):
    """One institution's provider, named by ``provider_id`` in the address."""

    def __init__(self, request: HttpRequest, provider_id: str) -> None:
        self.provider_id = provider_id
        super().__init__(request)

    @cached_property
    def app(self) -> Any:
        return self.get_provider().app

    @cached_property
    def configuration(self) -> dict[str, Any]:
        """What the provider says of itself; it must speak as the issuer that we were told to trust.

        Raises:
            ProviderError: see there.
        """
        issuer = self.app.settings["issuer"]
        found = ask("GET", issuer + WELL_KNOWN)
        if text_of(found, "issuer").rstrip("/") != issuer:
            raise ProviderAnswerError("discovery: issuer")
        return found

    def endpoint(self, name: str) -> str:
        """The address of an endpoint, as safe as the issuer's own."""
        url = text_of(self.configuration, name)
        if urlsplit(url).scheme not in {"https", urlsplit(self.app.settings["issuer"]).scheme}:
            raise ProviderAnswerError(f"discovery: {name} without https")
        return url

    @property
    def authorize_url(self) -> str:
        return self.endpoint("authorization_endpoint")

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("institution_callback", args=[self.provider_id]))

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        issuer = self.app.settings["issuer"]
        if request.GET.get("iss", issuer).rstrip("/") != issuer:  # RFC 9207
            raise ProviderAnswerError("callback: iss")
        data = {
            "grant_type": "authorization_code",
            "code": request.GET["code"],
            "redirect_uri": self.get_callback_url(request, app),
            "code_verifier": pkce_code_verifier,
        }
        methods = self.configuration.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if "client_secret_post" in methods:
            data |= {"client_id": app.client_id, "client_secret": app.secret}
            return ask("POST", self.endpoint("token_endpoint"), data=data)
        who = HTTPBasicAuth(quote_plus(app.client_id), quote_plus(app.secret))
        return ask("POST", self.endpoint("token_endpoint"), data=data, auth=who)

    def identify(self, *, answer: dict[str, Any]) -> Identity:
        claims = read_id_token(
            text_of(answer, "id_token"),
            keys=ask("GET", self.endpoint("jwks_uri")),
            issuer=text_of(self.configuration, "issuer"),
            client_id=self.app.client_id,
            nonce=self.state["nonce"],
        )
        if self.configuration.get("userinfo_endpoint"):
            claims = join_claims(claims, self._ask_profile(text_of(answer, "access_token"), claims["sub"]))
        return to_identity(claims=claims, app=self.app)

    def _ask_profile(self, access_token: str, subject: str) -> dict[str, Any]:
        profile = ask(
            "GET",
            self.endpoint("userinfo_endpoint"),
            headers={"Authorization": f"Bearer {access_token}"},
        )
        if profile.get("sub") != subject:
            raise ProviderAnswerError("userinfo: sub")
        return profile


class InstitutionProvider(CodeFlowProvider):
    """``institution_openid``: one app per institution, from the environment."""

    id = "institution_openid"
    name = "OpenID Connect"
    account_class = ProviderAccount
    oauth2_adapter_class = InstitutionAdapter

    def __init__(self, request: HttpRequest, app: Any = None) -> None:
        super().__init__(request, app=app)
        self.name = self.app.name

    def get_login_url(self, request: HttpRequest, **query: Any) -> str:
        url = reverse("institution_login", args=[self.app.provider_id])
        return f"{url}?{urlencode(query)}" if query else url

    def get_callback_url(self) -> str:
        return reverse("institution_callback", args=[self.app.provider_id])

    def get_scope(self) -> list[str]:
        return ["openid", "profile", "email"]

    def get_oauth2_adapter(self, request: HttpRequest) -> InstitutionAdapter:
        return InstitutionAdapter(request, self.app.provider_id)

    def make_proofs(self) -> tuple[dict[str, str], dict[str, str]]:
        nonce = secrets.token_urlsafe(24)
        challenge = generate_code_challenge()
        verifier = challenge.pop("code_verifier")
        return {"nonce": nonce, **challenge}, {"nonce": nonce, "pkce_code_verifier": verifier}
