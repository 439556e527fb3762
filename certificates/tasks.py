"""Queued work: draw a PDF."""

import uuid

from django_tasks import task

from certificates import clock
from certificates.pdf import CertificateTextError
from certificates.services import CertificateErasedError, draw_pdf


@task()
def draw_certificate_pdf(certificate_id: str) -> str:
    """Draws the PDF of a certificate; may run twice. Answers what happened.

    A text that cannot be printed is noted on the certificate and not tried again.
    """
    try:
        file = draw_pdf(certificate_id=uuid.UUID(certificate_id), at=clock.now())
    except (CertificateTextError, CertificateErasedError) as reason:
        return type(reason).__name__
    return str(file.sha256)
