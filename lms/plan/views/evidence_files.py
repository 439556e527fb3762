"""Sending a document that somebody uploaded: never to be run on our pages."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from lms.plan.models import Evidence
from lms.plan.services import open_file


def send_file(evidence: Evidence) -> HttpResponse:
    """The evidence of a milestone; who may see it was asked before."""
    content = open_file(evidence=evidence)
    return send_attachment(content=content, file_name=evidence.file_name, sha256=evidence.sha256)


def send_attachment(*, content: bytes, file_name: str, sha256: str) -> HttpResponse:
    """The bytes as an attachment, in a sandbox."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, file_name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["ETag"] = f'"{sha256}"'
    return response
