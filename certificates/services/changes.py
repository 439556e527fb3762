"""What may still change on an issued certificate: revoked, shown or hidden, erased."""

from datetime import datetime

from django.core.files.storage import storages
from django.db import transaction

from certificates.models import Certificate, CertificateEvent
from certificates.services.events import add_event, lock_certificate, lock_present


class UnknownReasonError(ValueError):
    """Only error, fraud and request revoke; a replacement is made by reissue_certificate."""


@transaction.atomic
def revoke_certificate(
    *, certificate: Certificate, reason: str, note: str, at: datetime, actor_label: str
) -> Certificate:
    """Makes a certificate invalid for good. Revoking twice keeps the first date and reason.

    The page shows ``reason``; ``note`` stays in the history.

    Raises:
        UnknownReasonError: see there.
        CertificateErasedError: it was withdrawn.
    """
    reasons = Certificate.RevokedReason
    if reason not in {reasons.ERROR, reasons.FRAUD, reasons.REQUEST}:
        raise UnknownReasonError(reason)
    locked = lock_present(certificate_id=certificate.pk)
    if locked.is_revoked:
        return locked
    locked.revoked_at, locked.revoked_reason = at, reason
    locked.save(update_fields=["revoked_at", "revoked_reason"])
    detail = f"{reasons(reason).value}: {note}"
    add_event(
        certificate=locked, kind=CertificateEvent.Kind.REVOKED, at=at, actor_label=actor_label, detail=detail
    )
    return locked


@transaction.atomic
def set_visibility(
    *, certificate: Certificate, is_public: bool, at: datetime, actor_label: str
) -> Certificate:
    """The holder's choice: whoever has the code reads the name, or may only compare it.

    Raises:
        CertificateErasedError: it was withdrawn.
    """
    locked = lock_present(certificate_id=certificate.pk)
    if locked.is_public == is_public:
        return locked
    locked.is_public = is_public
    locked.save(update_fields=["is_public"])
    kind = CertificateEvent.Kind.MADE_PUBLIC if is_public else CertificateEvent.Kind.MADE_PRIVATE
    add_event(certificate=locked, kind=kind, at=at, actor_label=actor_label)
    return locked


@transaction.atomic
def erase_certificate(*, certificate: Certificate, at: datetime, actor_label: str) -> Certificate:
    """Removes name, masked RUN, key, facts, notes and file; code and dates stay as a tombstone.

    ``fact_key`` stays too, so that the same completion is not certified again. The file goes before
    the commit: one lost to a rollback is drawn again, a name left behind would stay for ever.
    """
    locked = lock_certificate(certificate_id=certificate.pk)
    if locked.erased_at is not None:
        return locked
    keys = list(locked.files.values_list("storage_key", flat=True))
    Certificate.objects.filter(pk=locked.pk).blank_for_erasure(
        recipient_name="", run_masked="", holder_key="", facts={}, failure="", is_public=False, erased_at=at
    )
    locked.events.all().blank_for_erasure(detail="")
    locked.files.all().remove_for_erasure()
    add_event(certificate=locked, kind=CertificateEvent.Kind.ERASED, at=at, actor_label=actor_label)
    for key in keys:
        storages["certificates"].delete(key)
    locked.refresh_from_db()
    return locked


@transaction.atomic
def erase_holder(*, holder_key: str, at: datetime, actor_label: str) -> int:
    """Erases every certificate of one person; answers how many."""
    certificates = list(Certificate.objects.of_holder(holder_key))
    for certificate in certificates:
        erase_certificate(certificate=certificate, at=at, actor_label=actor_label)
    return len(certificates)
