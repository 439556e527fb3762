"""Looking a certificate up by its code, revoking it, replacing it by one with the right name."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from certificates.forms import CodeForm
from certificates.rules import BlankNameError
from certificates.selectors import find_by_code
from certificates.services import (
    CertificateErasedError,
    CertificateRevokedError,
    reissue_certificate,
    revoke_certificate,
)
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, Role
from lms.people.policy import Action, NotAllowedError, Viewer, require_any
from lms.people.selectors.looks import CertificateLook
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.reports.certificates.forms_certificates import RevokeForm
from lms.reports.certificates.selectors_certificates import (
    ManagedCertificate,
    find_replacement,
    get_managed_certificate,
    notice_of_managed,
)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def certificates(request: HttpRequest) -> HttpResponse:
    """The form. A code that nobody has and one of another institution get the same answer."""
    viewer = get_viewer(user=request.user, at=clock.now())
    require_any(viewer=viewer, action=Action.REVOKE_CERTIFICATE)
    if request.method != "POST":
        return render(request, "reports/certificates.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not form.is_valid():
        return render(request, "reports/certificates.html", {"form": form}, status=400)
    found = find_by_code(code=form.cleaned_data["codigo"])
    try:
        if found is None:
            raise NotAllowedError(Action.REVOKE_CERTIFICATE)
        get_managed_certificate(viewer=viewer, certificate_id=found.pk)
    except NotAllowedError:
        form.add_error("codigo", _("No encontramos ese certificado entre los que puedes administrar."))
        return render(request, "reports/certificates.html", {"form": form}, status=404)
    return redirect("reports:certificate", certificate_id=found.pk)


@require_GET
@not_allowed_is_404
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """One certificate: its state, its holder, what can be done."""
    at = clock.now()
    viewer, managed = _enter(request, certificate_id, at)
    _log(viewer, managed, CertificateLook.SEEN, at)
    return render(
        request,
        "reports/certificates_detail.html",
        {
            "managed": managed,
            "certificate": managed.certificate,
            "facts": managed.certificate.achieved,
            "notice": notice_of_managed(managed=managed, on=clock.local_date(at)),
            "replacement": find_replacement(certificate=managed.certificate),
        },
    )


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def revoke(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """First the reason, then a page to confirm, then it is done; a second post changes nothing."""
    at = clock.now()
    viewer, managed = _enter(request, certificate_id, at)
    if not managed.can_revoke:
        messages.info(request, _("Este certificado ya no era válido. No cambió nada."))
        return redirect("reports:certificate", certificate_id=certificate_id)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    is_valid = form.is_valid()
    if is_valid and "confirmar" in request.POST:
        return _revoke(request, viewer, managed, form, at)
    context = {"managed": managed, "certificate": managed.certificate, "form": form}
    if is_valid:
        return render(request, "reports/certificates_confirm.html", context)
    status = 400 if form.is_bound else 200
    return render(request, "reports/certificates_revoke.html", context, status=status)


def _revoke(
    request: HttpRequest, viewer: Viewer, managed: ManagedCertificate, form: RevokeForm, at: datetime
) -> HttpResponse:
    try:
        revoked = revoke_certificate(
            certificate=managed.certificate,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            at=at,
            actor_label=_actor(viewer, managed),
        )
    except CertificateErasedError:
        raise NotAllowedError(Action.REVOKE_CERTIFICATE) from None
    if revoked.revoked_at == at:
        _log(viewer, managed, CertificateLook.REVOKED, at)
        messages.success(request, _("El certificado quedó revocado. Quien lo verifique verá el motivo."))
    return redirect("reports:certificate", certificate_id=managed.certificate.pk)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def reissue(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """The name on paper beside the name on record; a post replaces one by the other, once."""
    at = clock.now()
    viewer, managed = _enter(request, certificate_id, at)
    replacement = find_replacement(certificate=managed.certificate)
    if replacement is not None:
        messages.info(request, _("Este certificado ya fue reemplazado. Este es el vigente."))
        return redirect("reports:certificate", certificate_id=replacement.pk)
    if not managed.can_reissue:
        messages.info(request, _("Este certificado no se puede reemplazar. No cambió nada."))
        return redirect("reports:certificate", certificate_id=certificate_id)
    if request.method == "POST" and managed.name_differs:
        return _reissue(request, viewer, managed, at)
    context = {"managed": managed, "certificate": managed.certificate, "person": managed.person}
    status = 400 if request.method == "POST" else 200
    return render(request, "reports/certificates_reissue.html", context, status=status)


def _reissue(request: HttpRequest, viewer: Viewer, managed: ManagedCertificate, at: datetime) -> HttpResponse:
    person = managed.person
    if person is None:
        raise NotAllowedError(Action.REVOKE_CERTIFICATE)
    try:
        new = reissue_certificate(
            certificate=managed.certificate,
            recipient_name=person.full_name,
            run_masked=person.run_masked,
            at=at,
            actor_label=_actor(viewer, managed),
        )
    except (BlankNameError, CertificateErasedError, CertificateRevokedError):
        messages.error(request, _("Este certificado no se puede reemplazar. No cambió nada."))
        return redirect("reports:certificate", certificate_id=managed.certificate.pk)
    if new.issued_at == at:
        _log(viewer, managed, CertificateLook.REISSUED, at)
        messages.success(request, _("Emitimos un certificado nuevo con el nombre corregido."))
    return redirect("reports:certificate", certificate_id=new.pk)


def _enter(request: HttpRequest, certificate_id: UUID, at: datetime) -> tuple[Viewer, ManagedCertificate]:
    """The viewer and the certificate.

    Raises:
        NotAllowedError: it is not the viewer's to manage, or there is none.
    """
    viewer = get_viewer(user=request.user, at=at)
    return viewer, get_managed_certificate(viewer=viewer, certificate_id=certificate_id)


def _actor(viewer: Viewer, managed: ManagedCertificate) -> str:
    return f"{viewer.person_name} ({Role(managed.grant.role).label})"


def _log(viewer: Viewer, managed: ManagedCertificate, look: CertificateLook, at: datetime) -> None:
    if managed.person is not None and managed.person.pk == viewer.person_id:
        return
    log_access(
        viewer=viewer,
        grant=managed.grant,
        action=AccessLogEntry.Action.VIEW_PERSON,
        at=at,
        institution_id=managed.institution_id,
        people_count=1 if managed.person else 0,
        subject_id=managed.person.pk if managed.person else None,
        detail=f"{look} {managed.certificate.formatted_code}",
    )
