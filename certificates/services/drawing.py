"""Drawing: once, kept by its hash, never again while the bytes are there."""

import hashlib
import uuid
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction

from certificates.models import Certificate, CertificateEvent, CertificateFile
from certificates.pdf import CertificateSheet, CertificateTextError, render_certificate
from certificates.rules import facts_from_json
from certificates.selectors import find_file, verification_url
from certificates.services.events import (
    CertificateErasedError,
    CertificateRevokedError,
    add_event,
    lock_present,
)

FAILURE_LENGTH = 300


class CertificateFileLostError(Exception):
    """The stored bytes are gone or damaged, and drawing again gives other bytes than were issued."""


def ensure_pdf(*, certificate: Certificate, at: datetime) -> CertificateFile:
    """The PDF of a certificate that its holder asks for; drawn now if the queue has not done it.

    Not for public pages: drawing costs time.

    Raises:
        CertificateRevokedError: it is no longer valid.
        CertificateErasedError: it was withdrawn.
        CertificateTextError: its name or another text cannot be printed.
        CertificateFileLostError: see there.
    """
    if certificate.is_revoked:
        raise CertificateRevokedError(str(certificate.pk))
    return draw_pdf(certificate_id=certificate.pk, at=at)


def draw_pdf(*, certificate_id: uuid.UUID, at: datetime) -> CertificateFile:
    """Draws and stores the PDF; does nothing where it is there. May run twice, also at once.

    Bytes are stored before the row: a crash between the two leaves a file without a row, which the
    next run finds under the same hash.

    Raises:
        CertificateErasedError: the certificate was withdrawn.
        CertificateTextError: a text cannot be printed; the reason is kept on the certificate.
        CertificateFileLostError: see there.
    """
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.erased_at is not None:
        raise CertificateErasedError(str(certificate_id))
    known = find_file(certificate=certificate)
    storage = storages["certificates"]
    if known is not None and _holds(storage, known.storage_key, known.sha256):
        return known
    try:
        content = render_certificate(sheet=_sheet_of(certificate))
    except CertificateTextError as error:
        _record_failure(certificate_id=certificate_id, reason=str(error), at=at)
        raise
    digest = hashlib.sha256(content).hexdigest()
    if known is not None and known.sha256 != digest:
        raise CertificateFileLostError(str(certificate_id))
    key = _store(storage, content=content, digest=digest)
    return known or _record_file(
        certificate_id=certificate_id, key=key, digest=digest, size=len(content), at=at
    )


def storage_key_of(digest: str) -> str:
    """``certs/ab/cd/<sha256>.pdf``."""
    return f"certs/{digest[:2]}/{digest[2:4]}/{digest}.pdf"


def _sheet_of(certificate: Certificate) -> CertificateSheet:
    return CertificateSheet(
        code=certificate.code,
        verification_url=verification_url(code=certificate.code),
        recipient_name=certificate.recipient_name,
        run_masked=certificate.run_masked,
        facts=facts_from_json(certificate.facts),
        issued_on=certificate.issued_on,
        issued_at=certificate.issued_at,
        valid_until=certificate.valid_until,
    )


def _holds(storage: Storage, key: str, digest: str) -> bool:
    """True when the storage has these very bytes; half a file, left by a crash, does not count."""
    if not storage.exists(key):
        return False
    with storage.open(key) as file:
        return hashlib.sha256(file.read()).hexdigest() == digest


def _store(storage: Storage, *, content: bytes, digest: str) -> str:
    key = storage_key_of(digest)
    if _holds(storage, key, digest):
        return key
    storage.delete(key)
    written = storage.save(key, ContentFile(content))
    if written != key:  # another worker wrote the same bytes first
        storage.delete(written)
    return key


@transaction.atomic
def _record_file(
    *, certificate_id: uuid.UUID, key: str, digest: str, size: int, at: datetime
) -> CertificateFile:
    try:
        certificate = lock_present(certificate_id=certificate_id)
    except CertificateErasedError:
        storages["certificates"].delete(key)  # erased while it was being drawn
        raise
    file: CertificateFile
    file, is_new = CertificateFile.objects.get_or_create(
        certificate=certificate,
        kind=CertificateFile.Kind.PDF,
        defaults={"sha256": digest, "size": size, "storage_key": key, "created_at": at},
    )
    if is_new:
        _set_pdf_status(certificate, Certificate.PdfStatus.READY)
        add_event(certificate=certificate, kind=CertificateEvent.Kind.DRAWN, at=at, detail=digest)
    return file


@transaction.atomic
def _record_failure(*, certificate_id: uuid.UUID, reason: str, at: datetime) -> None:
    certificate = lock_present(certificate_id=certificate_id)
    if certificate.failure == reason[:FAILURE_LENGTH]:
        return
    _set_pdf_status(certificate, Certificate.PdfStatus.FAILED, reason[:FAILURE_LENGTH])
    add_event(certificate=certificate, kind=CertificateEvent.Kind.DRAW_FAILED, at=at, detail=reason)


def _set_pdf_status(certificate: Certificate, status: Certificate.PdfStatus, failure: str = "") -> None:
    certificate.pdf_status, certificate.failure = status, failure
    certificate.save(update_fields=["pdf_status", "failure"])
