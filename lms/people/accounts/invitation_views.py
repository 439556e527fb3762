"""The link of an invitation: looking never uses it up, accepting does."""

from datetime import datetime

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.forms import SetPasswordForm
from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.lib import clock
from lms.people.accounts.clave_unica.answers import PROVIDER as CLAVE_UNICA
from lms.people.accounts.clave_unica.provider import ClaveUnicaProvider
from lms.people.keys import secret_keys
from lms.people.models import User
from lms.people.selectors.invitations import LinkState, OpenedLink, find_link
from lms.people.services.acceptances import accept_with_account, accept_with_password
from lms.people.services.addresses import AddressTakenError
from lms.people.services.identities import OtherPersonError, SignInRefusedError, TwoRecordsError

NOT_FOUND, GONE = 404, 410


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET says who invites whom; POST sets a password, goes to ClaveÚnica, or accepts with my account."""
    limited = ratelimit.consume(request, app="allauth.account", action="invitation", limit_get=True) is None
    if limited:
        return ratelimit.respond_429(request)
    at = clock.now()
    link = find_link(token=token, keys=secret_keys(), at=at)
    if link.state is not LinkState.OPEN:
        return _closed(request, link.state)
    if request.user.is_authenticated:
        return _with_my_account(request, link, at)
    if link.has_account:
        return _page(request, link, None, next=request.path)
    provider = _clave_unica(request)
    if request.method == "POST" and "clave_unica" in request.POST and provider:
        return provider.redirect(request, AuthProcess.LOGIN, data={"invitation": link.invitation_id})
    is_sent = request.method == "POST"
    form = SetPasswordForm(data=request.POST if is_sent else None, user=_stranger(link))
    if is_sent and form.is_valid():
        return _with_password(request, link, form.cleaned_data["password1"], at)
    return _page(request, link, form, provider=provider)


def _with_password(request: HttpRequest, link: OpenedLink, password: str, at: datetime) -> HttpResponse:
    try:
        user = accept_with_password(invitation_id=link.invitation_id, password=password, at=at)
    except (SignInRefusedError, AddressTakenError):  # in another window, a moment ago
        return _closed(request, LinkState.USED)
    return perform_login(request, user, email_verification=EmailVerificationMethod.NONE, email=user.email)


def _with_my_account(request: HttpRequest, link: OpenedLink, at: datetime) -> HttpResponse:
    """Somebody is logged in: it must be the account of the invited address."""
    user = request.user
    assert isinstance(user, User)
    is_theirs = (user.email or "").lower() == link.email.lower()
    problem = ""
    if request.method == "POST" and is_theirs:
        try:
            accept_with_account(invitation_id=link.invitation_id, user=user, at=at)
        except TwoRecordsError:
            problem = _(
                "Esta cuenta ya tiene cursos. Para no perder nada, pide a Gestión de Personas que una los "
                "dos registros."
            )
        except OtherPersonError:
            problem = _("El RUN de tu cuenta es otro. Pide a Gestión de Personas que lo revise.")
        except SignInRefusedError:
            return _closed(request, LinkState.USED)
        else:
            return redirect(settings.LOGIN_REDIRECT_URL)
    return _page(request, link, None, is_theirs=is_theirs, problem=problem, status=409 if problem else 200)


def _page(
    request: HttpRequest, link: OpenedLink, form: SetPasswordForm | None, *, status: int = 200, **more: object
) -> HttpResponse:
    is_wrong = form is not None and form.is_bound
    context = {"link": link, "form": form, **more}
    return render(request, "people/invitation.html", context, status=400 if is_wrong else status)


def _closed(request: HttpRequest, state: LinkState) -> HttpResponse:
    """One page for all; what it says depends on the state."""
    words = {
        LinkState.UNKNOWN: _("El enlace está incompleto. Ábrelo desde el correo, o cópialo entero."),
        LinkState.USED: _("Ya usaste esta invitación: tu cuenta existe. Ingresa con ella."),
        LinkState.REVOKED: _("Hay una invitación más nueva. Busca en tu correo la última que te llegó."),
        LinkState.EXPIRED: _("Venció. Pide a Gestión de Personas de tu institución que te envíe otra."),
    }
    context = {"text": words[state], "is_used": state is LinkState.USED}
    status = NOT_FOUND if state is LinkState.UNKNOWN else GONE
    return render(request, "people/invitation_closed.html", context, status=status)


def _stranger(link: OpenedLink) -> User:
    """The account to be, so that the password is not its name or address."""
    return User(email=link.email, first_name=link.given_name, last_name=link.family_names)


def _clave_unica(request: HttpRequest) -> ClaveUnicaProvider | None:
    try:
        provider: ClaveUnicaProvider = get_adapter().get_provider(request, CLAVE_UNICA)
    except SocialApp.DoesNotExist:
        return None
    return provider
