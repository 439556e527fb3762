"""Administrators give programs their credentials, renew them and take them back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lms.lib import clock
from lms.operations.access import enter
from lms.operations.forms_credentials import CredentialForm
from lms.operations.selectors_credentials import count_launches, find_credential, list_credentials, to_line
from lms.people.gate import not_allowed_is_404
from lms.xapi.models import Credential, Scope
from lms.xapi.platform import credential_keys, current_platform
from lms.xapi.services.credentials import Issued, issue_credential, revoke_credential, rotate_credential

PER_PAGE = 50
_READING = {Scope.STATEMENTS_READ.value, Scope.STATEMENTS_READ_MINE.value, Scope.ALL.value}


@require_GET
@not_allowed_is_404
def credentials(request: HttpRequest) -> HttpResponse:
    """Every credential of a program that there is or was."""
    at = clock.now()
    enter(request=request, at=at)
    page = Paginator(list_credentials(), PER_PAGE).get_page(request.GET.get("pagina"))
    lines = [to_line(credential=credential) for credential in page]
    return render(
        request,
        "operations/credentials.html",
        {"page": page, "lines": lines, "launches": count_launches(at=at), "endpoint": _endpoint()},
    )


@never_cache
@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def create(request: HttpRequest) -> HttpResponse:
    """The form; the answer to a good one shows the secret, and nothing else ever does."""
    at = clock.now()
    enter(request=request, at=at)
    form = CredentialForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "operations/credential_create.html", {"form": form}, status=status)
    issued = issue_credential(
        name=form.cleaned_data["name"], scopes=form.cleaned_data["scopes"], key=_key(), at=at
    )
    return _show_secret(request, issued, is_new=True)


@never_cache
@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def rotate(request: HttpRequest, credential_id: int) -> HttpResponse:
    """Asks once, then gives a new secret, shown in that answer only."""
    at = clock.now()
    enter(request=request, at=at)
    credential = _find(credential_id)
    if request.method != "POST":
        context = {"line": to_line(credential=credential)}
        return render(request, "operations/credential_rotate.html", context)
    try:
        issued = rotate_credential(credential_id=credential.pk, key=_key(), at=at)
    except Credential.DoesNotExist:
        messages.info(request, _("«%(name)s» ya está revocada. No cambió nada.") % {"name": credential.name})
        return redirect("operations:credentials")
    return _show_secret(request, issued, is_new=False)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def revoke(request: HttpRequest, credential_id: int) -> HttpResponse:
    """Asks once, then takes it back; a second post changes nothing."""
    at = clock.now()
    enter(request=request, at=at)
    credential = _find(credential_id)
    if request.method != "POST":
        context = {"line": to_line(credential=credential)}
        return render(request, "operations/credential_revoke.html", context)
    words = {"name": credential.name}
    if credential.revoked_at is not None:
        messages.info(request, _("«%(name)s» ya estaba revocada. No cambió nada.") % words)
    else:
        revoke_credential(credential_id=credential.pk, at=at)
        messages.success(request, _("«%(name)s» ya no puede entrar al registro.") % words)
    return redirect("operations:credentials")


def _show_secret(request: HttpRequest, issued: Issued, *, is_new: bool) -> HttpResponse:
    credential = issued.credential
    return render(
        request,
        "operations/credential_secret.html",
        {
            "credential": credential,
            "secret": issued.secret,
            "is_new": is_new,
            "endpoint": _endpoint(),
            "can_read": not _READING.isdisjoint(credential.scopes),
        },
    )


def _find(credential_id: int) -> Credential:
    credential = find_credential(credential_id=credential_id)
    if credential is None:
        raise Http404
    return credential


def _key() -> str:
    return credential_keys()[0]


def _endpoint() -> str:
    return f"{current_platform().base_iri}/xapi"
