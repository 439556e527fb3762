"""Everything that writes certificates: issue, draw, revoke, show, erase."""

from certificates.services.changes import (
    UnknownReasonError,
    erase_certificate,
    erase_holder,
    revoke_certificate,
    set_visibility,
)
from certificates.services.drawing import CertificateFileLostError, draw_pdf, ensure_pdf
from certificates.services.events import CertificateErasedError, CertificateRevokedError
from certificates.services.issuing import issue_certificate, reissue_certificate

__all__ = [
    "CertificateErasedError",
    "CertificateFileLostError",
    "CertificateRevokedError",
    "UnknownReasonError",
    "draw_pdf",
    "ensure_pdf",
    "erase_certificate",
    "erase_holder",
    "issue_certificate",
    "reissue_certificate",
    "revoke_certificate",
    "set_visibility",
]
