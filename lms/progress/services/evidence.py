"""Keeping evidence: the bytes by their hash, checked by what they are."""

import hashlib
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from lms.lib.file_kinds import FileKind, find_kind
from lms.progress.models import EvidenceFile

LARGEST_FILE = 10 * 1024 * 1024
DAYS_UNUSED = 7
"""How long an upload waits for the form that it belongs to."""


class EvidenceError(Exception):
    """The file cannot be kept as evidence."""


class EmptyEvidenceError(EvidenceError):
    """It has no content."""


class LargeEvidenceError(EvidenceError):
    """It has more than ten megabytes."""


class EvidenceKindError(EvidenceError):
    """By its content it is neither a PDF nor a PNG or JPEG image, or it is more than that."""


@transaction.atomic(savepoint=False)
def keep_evidence(*, content: bytes, uploaded_by_id: int | None, at: datetime) -> EvidenceFile:
    """Store a paper. The bytes go before the row: a crash between leaves bytes that are stored again.

    Raises:
        EvidenceError: one of those above.
    """
    kind = check_evidence(content=content)
    digest = hashlib.sha256(content).hexdigest()
    key = storage_key_of(digest=digest, kind=kind)
    _store(key, content, digest)
    return EvidenceFile.objects.create(
        kind=kind,
        sha256=digest,
        size=len(content),
        storage_key=key,
        uploaded_by_id=uploaded_by_id,
        uploaded_at=at,
    )


def check_evidence(*, content: bytes) -> FileKind:
    """What the paper is. No query.

    Raises:
        EvidenceError: one of those above.
    """
    if not content:
        raise EmptyEvidenceError
    if len(content) > LARGEST_FILE:
        raise LargeEvidenceError
    kind = find_kind(content)
    if kind is None:
        raise EvidenceKindError
    return kind


def storage_key_of(*, digest: str, kind: FileKind) -> str:
    """``evidence/ab/cd/<sha256>.pdf``: nothing of what somebody called the file."""
    return f"evidence/{digest[:2]}/{digest[2:4]}/{digest}.{kind}"


def _store(key: str, content: bytes, digest: str) -> None:
    storage = storages["evidence"]
    if storage.exists(key):
        with storage.open(key) as stored:
            if hashlib.sha256(stored.read()).hexdigest() == digest:
                return
        storage.delete(key)
    written = storage.save(key, ContentFile(content))
    if written != key:  # another worker wrote the same bytes first
        storage.delete(written)


@transaction.atomic
def purge_unused_evidence(*, at: datetime) -> int:
    """Delete what was uploaded a week ago and then not used; how many rows."""
    old = EvidenceFile.objects.filter(
        uploaded_at__lt=at - timedelta(days=DAYS_UNUSED), uses__isnull=True, batches__isnull=True
    )
    return sum(remove_evidence(file=file) for file in old)


def remove_evidence(*, file: EvidenceFile) -> int:
    """Delete a paper that nothing refers to; its bytes too, where no other row has the same."""
    key = file.storage_key
    file.delete()
    if not EvidenceFile.objects.filter(storage_key=key).exists():
        storages["evidence"].delete(key)
    return 1
