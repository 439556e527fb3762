"""HR and administrators give systems their tokens and take them back."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from lms.api.access import ScopeNotHeldError, administers_tokens, scopes_within
from lms.api.forms import TokenForm
from lms.api.selectors.token_places import places_for
from lms.api.selectors.tokens import list_tokens
from lms.api.services.tokens import Issued, issue_token, revoke_token
from lms.api.token_words import TokenLine, to_line
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.policy import Action, NotAllowedError, Viewer
from lms.people.selectors.viewers import get_viewer

PER_PAGE = 50


@require_GET
@not_allowed_is_404
def tokens(request: HttpRequest) -> HttpResponse:
    """Every token of the viewer's institutions that there is or was."""
    at = clock.now()
    page = Paginator(list_tokens(viewer=_enter(request, at), at=at), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    lines = [to_line(token=token, at=at) for token in page]
    return render(request, "api/tokens.html", {"page": page, "lines": lines, "address": _address()})


@never_cache
@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def create(request: HttpRequest) -> HttpResponse:
    """The form; the answer to a good one shows the secret, and nothing else ever does."""
    at = clock.now()
    viewer = _enter(request, at)
    places = places_for(viewer=viewer)
    form = TokenForm(
        request.POST if request.method == "POST" else None,
        institutions=places.institutions,
        is_everywhere=places.is_everywhere,
        has_dependents=places.has_dependents,
        scopes=scopes_within(viewer=viewer),
        at=at,
    )
    issued = _issue(form, viewer, at) if form.is_valid() else None
    if issued is None:
        status = 400 if form.is_bound else 200
        return render(request, "api/token_create.html", {"form": form}, status=status)
    return render(
        request,
        "api/token_secret.html",
        {"token": issued.token, "secret": issued.secret, "address": _address()},
    )


def _issue(form: TokenForm, viewer: Viewer, at: datetime) -> Issued | None:
    """The token, or ``None`` after writing into the form why there is none."""
    data = form.cleaned_data
    try:
        return issue_token(
            viewer=viewer,
            name=data["name"],
            scopes=data["scopes"],
            institution=data["institution"],
            with_dependents=data.get("with_dependents", False),
            expires_at=form.expires_at,
            key=settings.SECRET_KEY,
            at=at,
        )
    except ScopeNotHeldError:
        form.add_error("scopes", _("Tu rol no permite todo esto ahí. Quita permisos o elige otro alcance."))
    return None


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asks once, then takes it back; a second post changes nothing."""
    at = clock.now()
    line = _find(_enter(request, at), public_id, at)
    if request.method != "POST":
        return render(request, "api/token_revoke.html", {"line": line})
    words = {"name": line.token.name}
    if revoke_token(token_id=line.token.pk, at=at):
        messages.success(request, _("«%(name)s» ya no puede entrar.") % words)
    else:
        messages.info(request, _("«%(name)s» ya estaba revocada. No cambió nada.") % words)
    return redirect("tokens:list")


def _enter(request: HttpRequest, at: datetime) -> Viewer:
    viewer = get_viewer(user=request.user, at=at)
    if not administers_tokens(viewer=viewer):
        raise NotAllowedError(Action.EXPORT_PEOPLE)
    return viewer


def _find(viewer: Viewer, public_id: UUID, at: datetime) -> TokenLine:
    token = list_tokens(viewer=viewer, at=at).filter(public_id=public_id).first()
    if token is None:
        raise Http404
    return to_line(token=token, at=at)


def _address() -> str:
    return f"{settings.SITE_URL}/api/v1/"
