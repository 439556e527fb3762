"""Issuing: freeze the facts once, whatever happens later to course or person."""

import uuid
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from certificates.models import Certificate, CertificateEvent
from certificates.rules import CertificateFacts, clean_name, facts_to_json, new_code
from certificates.services.events import CertificateRevokedError, add_event, lock_present

# By name: calls go down only, and the task calls the service.
DRAW_TASK = "certificates.tasks.draw_certificate_pdf"
CODE_ATTEMPTS = 3


@transaction.atomic
def issue_certificate(
    *, fact_key: uuid.UUID, holder_key: str, recipient_name: str, run_masked: str, facts: CertificateFacts,
    issued_at: datetime, issued_on: date, valid_until: date | None,
) -> Certificate:  # fmt: skip
    """Certifies one completion once, and queues the drawing of its PDF in the same transaction.

    Called again with the same ``fact_key``, also at the same moment, it answers the certificate that
    exists, whatever its state. Letters that cannot be printed do not stop the issue: the drawing
    fails with a reason, and the certificate can be verified all the same.

    Raises:
        BlankNameError: there is no name.
    """
    known = _find_by_fact(fact_key)
    if known is not None:
        return known
    return _create_once(
        fact_key=fact_key,
        holder_key=holder_key,
        recipient_name=clean_name(recipient_name),
        run_masked=run_masked,
        facts=facts_to_json(facts),
        issued_at=issued_at,
        issued_on=issued_on,
        valid_until=valid_until,
    )


@transaction.atomic
def reissue_certificate(
    *,
    certificate: Certificate,
    recipient_name: str,
    run_masked: str,
    at: datetime,
    actor_label: str,
    note: str = "",
) -> Certificate:
    """Replaces a certificate by one with the right name; facts and dates stay.

    The old one answers "replaced" from now on. Called again, it answers the replacement.

    Raises:
        BlankNameError: there is no name.
        CertificateErasedError: it was withdrawn.
        CertificateRevokedError: it was revoked for another reason.
    """
    old = lock_present(certificate_id=certificate.pk)
    replacement: Certificate | None = Certificate.objects.filter(supersedes=old).first()
    if replacement is not None:
        return replacement
    if old.is_revoked:
        raise CertificateRevokedError(str(old.pk))
    new = _create_once(
        fact_key=uuid.uuid5(old.fact_key, "reissue"),
        holder_key=old.holder_key,
        recipient_name=clean_name(recipient_name),
        run_masked=run_masked,
        facts=old.facts,
        issued_at=at,
        issued_on=old.issued_on,
        valid_until=old.valid_until,
        is_public=old.is_public,
        supersedes=old,
    )
    reason = Certificate.RevokedReason.SUPERSEDED
    old.revoked_at, old.revoked_reason = at, reason
    old.save(update_fields=["revoked_at", "revoked_reason"])
    detail = f"{reason.value}: {note}"
    add_event(
        certificate=old, kind=CertificateEvent.Kind.REVOKED, at=at, actor_label=actor_label, detail=detail
    )
    return new


def _find_by_fact(fact_key: uuid.UUID) -> Certificate | None:
    found: Certificate | None = Certificate.objects.filter(fact_key=fact_key).first()
    return found


def _create_once(**columns: Any) -> Certificate:
    """Creates the row, or answers the one that another transaction created meanwhile."""
    for attempt in range(1, CODE_ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return _create(code=new_code(), **columns)
        except IntegrityError:
            known = _find_by_fact(columns["fact_key"])
            if known is not None:
                return known
            if attempt == CODE_ATTEMPTS:
                raise
    raise AssertionError("The loop returns or raises.")


def _create(**columns: Any) -> Certificate:
    certificate: Certificate = Certificate.objects.create(**columns)
    add_event(certificate=certificate, kind=CertificateEvent.Kind.ISSUED, at=certificate.issued_at)
    import_string(DRAW_TASK).enqueue(str(certificate.pk))
    return certificate
