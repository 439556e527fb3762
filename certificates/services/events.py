"""The history of a certificate, and the row to change under a lock."""

import uuid
from datetime import datetime

from certificates.models import Certificate, CertificateEvent

ACTOR_LENGTH, DETAIL_LENGTH = 150, 500


class CertificateErasedError(Exception):
    """The certificate was withdrawn; only its tombstone is left."""


class CertificateRevokedError(Exception):
    """The certificate is no longer valid."""


def lock_certificate(*, certificate_id: uuid.UUID) -> Certificate:
    """The row, locked until the end of the transaction. One query."""
    locked: Certificate = Certificate.objects.select_for_update().get(pk=certificate_id)
    return locked


def lock_present(*, certificate_id: uuid.UUID) -> Certificate:
    """The same, of one that was not erased.

    Raises:
        CertificateErasedError: it was.
    """
    certificate = lock_certificate(certificate_id=certificate_id)
    if certificate.erased_at is not None:
        raise CertificateErasedError(str(certificate_id))
    return certificate


def add_event(
    *,
    certificate: Certificate,
    kind: CertificateEvent.Kind,
    at: datetime,
    actor_label: str = "",
    detail: str = "",
) -> None:
    """Adds one line to the history; long labels and details are cut."""
    CertificateEvent.objects.create(
        certificate=certificate,
        kind=kind,
        at=at,
        actor_label=actor_label[:ACTOR_LENGTH],
        detail=detail[:DETAIL_LENGTH],
    )
