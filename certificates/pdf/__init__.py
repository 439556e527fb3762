"""The certificate on paper: A4 landscape, tagged (PDF/UA-1) and archivable (PDF/A-2a)."""

from certificates.pdf.fonts import CertificateNameError, CertificateTextError
from certificates.pdf.layout import CertificateSheet, render_certificate

__all__ = ["CertificateNameError", "CertificateSheet", "CertificateTextError", "render_certificate"]
