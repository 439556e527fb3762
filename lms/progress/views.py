"""Evidence as a download; who may have it is for the caller to decide."""

from django.http import Http404, HttpResponse

from lms.lib.file_kinds import MEDIA_TYPES, FileKind
from lms.progress.models import EvidenceFile
from lms.progress.selectors.evidence import EvidenceDamagedError, read_evidence


def evidence_response(*, file: EvidenceFile) -> HttpResponse:
    """The paper, never shown inside our pages, whatever it holds, nor under a name that somebody chose.

    Raises:
        Http404: its bytes are gone or damaged.
    """
    try:
        content = read_evidence(file=file)
    except EvidenceDamagedError:
        raise Http404 from None
    kind = FileKind(file.kind)
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="evidencia-{file.sha256[:8]}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
