"""Sending a file of evidence: never to be run on our pages."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from lms.plan.models import Evidence
from lms.plan.services import open_file


def send_file(evidence: Evidence) -> HttpResponse:
    """The bytes as an attachment, in a sandbox; who may see it was asked before."""
    response = HttpResponse(open_file(evidence=evidence), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, evidence.file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["ETag"] = f'"{evidence.sha256}"'
    return response
