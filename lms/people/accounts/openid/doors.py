"""The two requests of a sign-in: the visitor leaves for the provider, and comes back."""

from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse

from lms.people.accounts.openid.flow import CodeFlowAdapter


class CodeFlowCallback(OAuth2CallbackView):
    """Takes the state, which serves once, and hands it to the adapter."""

    adapter: CodeFlowAdapter

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        self.adapter.state = state
        return state, response


def leave(request: HttpRequest, adapter: CodeFlowAdapter) -> HttpResponse:
    """The visitor goes to the provider; to connect one, who they are is confirmed first.

    Raises:
        Http404: the provider is not configured.
    """
    _require_configured(adapter)
    connecting = request.POST.get("process") == AuthProcess.CONNECT and request.user.is_authenticated
    if connecting and is_reauthentication_required(request, app="allauth.socialaccount"):
        raise ReauthenticationRequired
    answer: HttpResponse = OAuth2LoginView.adapter_view(adapter)(request)
    return answer


def come_back(request: HttpRequest, adapter: CodeFlowAdapter) -> HttpResponse:
    """The visitor comes back from the provider.

    Raises:
        Http404: the provider is not configured.
    """
    _require_configured(adapter)
    answer: HttpResponse = CodeFlowCallback.adapter_view(adapter)(request)
    return answer


def _require_configured(adapter: CodeFlowAdapter) -> None:
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
