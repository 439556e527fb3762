"""Reading evidence."""

import hashlib
from uuid import UUID

from django.core.files.storage import storages

from lms.progress.models import EvidenceFile


class EvidenceDamagedError(Exception):
    """The stored bytes are gone, or are not those that were checked."""


def read_evidence(*, file: EvidenceFile) -> bytes:
    """The bytes as they were uploaded.

    Raises:
        EvidenceDamagedError: see there.
    """
    try:
        with storages["evidence"].open(file.storage_key) as stored:
            content: bytes = stored.read()
    except FileNotFoundError as error:
        raise EvidenceDamagedError(file.storage_key) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise EvidenceDamagedError(file.storage_key)
    return content


def find_uploaded(*, public_id: UUID, user_id: int | None) -> EvidenceFile | None:
    """A paper that this account uploaded a moment ago, for the form it was uploaded with. One query."""
    return EvidenceFile.objects.filter(public_id=public_id, uploaded_by_id=user_id).first()
