"""Reading certificates: by code for whoever verifies, by holder for whoever earned them."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.files.storage import storages

from certificates.clock import local_date
from certificates.models import Certificate, CertificateFile, CertificateQuerySet
from certificates.rules import (
    CertificateFacts,
    CertificateStatus,
    facts_from_json,
    format_code,
    is_well_formed,
    normalise_code,
)

SHOWN_IN_FULL = {CertificateStatus.VALID, CertificateStatus.EXPIRED}


class CertificateFileDamagedError(Exception):
    """The stored bytes are not those that were issued."""


@dataclass(frozen=True, kw_only=True)
class VerificationView:
    """What anyone who has the code may read, and nothing else; empty or None means "not shown".

    Name, masked RUN and hash appear only while the holder shows them: the bytes of a PDF repeat, so
    a hash would let names be guessed. ``language``: of the words frozen at issue.
    """

    status: CertificateStatus
    code: str
    issued_on: date
    valid_until: date | None = None
    course_title: str = ""
    course_code: str = ""
    language: str = ""
    release_label: str = ""
    minutes: int = 0
    institution_name: str = ""
    issuer: str = ""
    commitment_number: int | None = None
    commitment_total: int | None = None
    assurance: str = ""
    recipient_name: str = ""
    run_masked: str = ""
    sha256: str = ""
    can_compare_name: bool = False
    revoked_on: date | None = None
    revoked_reason: str = ""
    revoked_reason_label: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, kw_only=True)
class CertificateCard:
    """One certificate in its holder's list. ``days_left`` is None without an end or after it."""

    certificate_id: uuid.UUID
    code: str
    facts: CertificateFacts
    issued_on: date
    valid_until: date | None
    status: CertificateStatus
    days_left: int | None
    is_public: bool
    can_download: bool
    failure: str
    verification_url: str


def find_by_code(*, code: str) -> Certificate | None:
    """The certificate of a code as typed; no query where it cannot be a code, else one."""
    canonical = normalise_code(code)
    if not is_well_formed(canonical):
        return None
    found: Certificate | None = Certificate.objects.filter(code=canonical).first()
    return found


def list_for_holder(*, holder_keys: Sequence[str]) -> CertificateQuerySet:
    """The person's certificates that were not erased, newest first. One query when read."""
    certificates: CertificateQuerySet = Certificate.objects.of_holder(*holder_keys).present()
    return certificates


def list_cards(*, holder_keys: Sequence[str], on: date) -> list[CertificateCard]:
    """The same, shaped for a list; replaced ones are left out. One query."""
    return [
        card_of(certificate=certificate, on=on)
        for certificate in list_for_holder(holder_keys=holder_keys)
        if certificate.revoked_reason != Certificate.RevokedReason.SUPERSEDED
    ]


def find_card(*, fact_key: uuid.UUID, on: date) -> CertificateCard | None:
    """The card of the certificate of one completion; None before it is issued or when erased. One query."""
    certificate = Certificate.objects.filter(fact_key=fact_key).present().first()
    return card_of(certificate=certificate, on=on) if certificate else None


def card_of(*, certificate: Certificate, on: date) -> CertificateCard:
    """One certificate for its holder, as of a date; it must not be erased. No query."""
    valid_until = certificate.valid_until
    return CertificateCard(
        certificate_id=certificate.pk,
        code=certificate.formatted_code,
        facts=facts_from_json(certificate.facts),
        issued_on=certificate.issued_on,
        valid_until=valid_until,
        status=certificate.status_on(on),
        days_left=(valid_until - on).days if valid_until is not None and valid_until >= on else None,
        is_public=certificate.is_public,
        can_download=not certificate.is_revoked and certificate.pdf_status != Certificate.PdfStatus.FAILED,
        failure=certificate.failure,
        verification_url=verification_url(code=certificate.code),
    )


def verification(*, certificate: Certificate, on: date) -> VerificationView:
    """What the public page says on a date. No query; one more for a name that is shown or a replacement."""
    status = certificate.status_on(on)
    base = VerificationView(status=status, code=certificate.formatted_code, issued_on=certificate.issued_on)
    if status == CertificateStatus.ERASED:
        return base
    facts = facts_from_json(certificate.facts)
    if status not in SHOWN_IN_FULL:
        return _view_of_invalid(certificate, facts, status)
    is_shown = certificate.is_public
    file = find_file(certificate=certificate) if is_shown else None
    return VerificationView(
        status=status,
        code=certificate.formatted_code,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        course_title=facts.course_title,
        course_code=facts.course_code,
        language=facts.language,
        release_label=facts.release_label,
        minutes=facts.minutes,
        institution_name=facts.institution_name,
        issuer=facts.issuer,
        commitment_number=facts.commitment_number,
        commitment_total=facts.commitment_total if facts.commitment_number is not None else None,
        assurance=facts.assurance,
        recipient_name=certificate.recipient_name if is_shown else "",
        run_masked=certificate.run_masked if is_shown else "",
        sha256=file.sha256 if file is not None else "",
        can_compare_name=not is_shown,
    )


def _view_of_invalid(
    certificate: Certificate, facts: CertificateFacts, status: CertificateStatus
) -> VerificationView:
    return VerificationView(
        status=status,
        code=certificate.formatted_code,
        issued_on=certificate.issued_on,
        course_title=facts.course_title,
        course_code=facts.course_code,
        language=facts.language,
        issuer=facts.issuer,
        revoked_on=local_date(certificate.revoked_at) if certificate.revoked_at is not None else None,
        revoked_reason=certificate.revoked_reason,
        revoked_reason_label=certificate.get_revoked_reason_display(),
        replaced_by=_public_replacement(certificate) if status == CertificateStatus.SUPERSEDED else "",
    )


def _public_replacement(certificate: Certificate) -> str:
    """Code of the replacement, only while its holder shows the name; else empty. One query."""
    replacement = Certificate.objects.present().filter(supersedes=certificate, is_public=True).first()
    return replacement.formatted_code if replacement is not None else ""


def find_file(
    *, certificate: Certificate, kind: CertificateFile.Kind = CertificateFile.Kind.PDF
) -> CertificateFile | None:
    """The stored file of one kind. One query."""
    found: CertificateFile | None = CertificateFile.objects.filter(certificate=certificate, kind=kind).first()
    return found


def read_file(*, file: CertificateFile) -> bytes:
    """The bytes as issued.

    Raises:
        CertificateFileDamagedError: they do not have the hash that was noted at issue.
        FileNotFoundError: the storage has lost them; services.ensure_pdf draws them again.
    """
    with storages["certificates"].open(file.storage_key) as stored:
        content: bytes = stored.read()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise CertificateFileDamagedError(file.storage_key)
    return content


def verification_url(*, code: str) -> str:
    """The public address that QR and paper carry."""
    return f"{settings.SITE_URL}/verificar/{format_code(code)}/"
