"""«Formas de ingresar»: what opens my account, and connecting or disconnecting it."""

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.people.services.identities import LastWayInError
from lms.people.services.sign_ins import disconnect_sign_in


@require_http_methods(["GET", "POST"])
@reauthentication_required(allow_get=True)
def sign_ins(request: HttpRequest) -> HttpResponse:
    """GET lists, POST disconnects one."""
    user = request.user
    providers = {provider.sub_id: provider for provider in get_adapter().list_providers(request)}
    if request.method == "POST":
        _disconnect(request, {name: provider.name for name, provider in providers.items()})
        return redirect("socialaccount_connections")
    accounts = list(SocialAccount.objects.filter(user_id=user.pk).order_by("date_joined"))
    connected = {account.provider for account in accounts}
    lines = [(account, providers.get(account.provider)) for account in accounts]
    return render(
        request,
        "socialaccount/connections.html",
        {
            "lines": lines,
            "others": [provider for name, provider in providers.items() if name not in connected],
            "has_password": user.is_authenticated and user.has_usable_password(),
            "has_email": EmailAddress.objects.filter(user_id=user.pk, verified=True).exists(),
        },
    )


def _disconnect(request: HttpRequest, names: dict[str, str]) -> None:
    """Writes into the messages what came of it.

    Raises:
        Http404: the account has no such provider.
    """
    number = request.POST.get("account", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Http404
    try:
        name = disconnect_sign_in(
            user=request.user,  # type: ignore[arg-type]
            account_id=int(number),
            offered=frozenset(names),
        )
    except SocialAccount.DoesNotExist:
        raise Http404 from None
    except LastWayInError:
        text = _("Es tu única forma de ingresar. Antes agrega un correo confirmado y una contraseña.")
        messages.error(request, text)
    else:
        messages.success(request, _("Ya no ingresas con %(name)s.") % {"name": names.get(name, name)})
