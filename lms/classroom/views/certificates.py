"""My certificates."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certificates.models import Certificate
from certificates.selectors import list_cards, list_for_holder
from certificates.services import CertificateErasedError, ensure_pdf, set_visibility
from certificates.views import pdf_response
from lms.lib import clock
from lms.people.selectors.merges import list_holder_keys
from lms.people.selectors.viewers import get_viewer


def _own(request: HttpRequest, certificate_id: UUID) -> Certificate:
    """The certificate, when it is the visitor's own.

    Raises:
        Http404: it is not, or there is none.
    """
    viewer = get_viewer(user=request.user, at=clock.now())
    keys = list_holder_keys(person_id=viewer.person_id) if viewer.person_id else []
    for certificate in list_for_holder(holder_keys=keys):
        if certificate.pk == certificate_id:
            return certificate
    raise Http404


@require_GET
def my_certificates(request: HttpRequest) -> HttpResponse:
    """What I earned, to download and to show."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    keys = list_holder_keys(person_id=viewer.person_id) if viewer.person_id else []
    cards = list_cards(holder_keys=keys, on=clock.local_date(at))
    return render(request, "classroom/my_certificates.html", {"cards": cards})


@require_GET
def download(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The PDF as issued; drawn now when the worker has not yet."""
    certificate = _own(request, certificate_id)
    try:
        ensure_pdf(certificate=certificate, at=clock.now())
    except CertificateErasedError:
        raise Http404 from None
    certificate.refresh_from_db()
    return pdf_response(certificate)


@require_POST
def change_visibility(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """Show or hide my name on the verification page."""
    is_public = request.POST.get("visible") == "si"
    set_visibility(
        certificate=_own(request, certificate_id),
        is_public=is_public,
        at=clock.now(),
        actor_label="titular",
    )
    messages.success(
        request,
        _("Tu nombre aparece al verificar este certificado.")
        if is_public
        else _("Tu nombre ya no aparece al verificar este certificado."),
    )
    return redirect("certificates_mine:list")
