"""Who looked at a person's record, told to that person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from lms.people.models import AccessLogEntry, Role


class CertificateLook(StrEnum):
    """What was done with one certificate: the first word of an entry's ``detail``, before its code."""

    SEEN = "certificate_seen"
    REVOKED = "certificate_revoked"
    REISSUED = "certificate_reissued"


class RecordLook(StrEnum):
    """What was done with the statements about a person: all of an entry's ``detail``."""

    STATEMENTS_SEEN = "statements_seen"


@dataclass(frozen=True)
class Look:
    """One look at one person, without saying who looked.

    ``kind`` is a value of :class:`CertificateLook`, of :class:`RecordLook` or of
    ``AccessLogEntry.Action``; ``code`` is that of the certificate, where it was about one.
    """

    at: datetime
    role: str
    institution_name: str
    kind: str
    code: str = ""


def list_looks_at(*, person_id: int) -> QuerySet[AccessLogEntry]:
    """The entries about one person, newest first; one query when read. Looks at lists name nobody."""
    return (
        AccessLogEntry.objects.filter(subject_id=person_id)
        .select_related("institution")
        .order_by("-at", "-pk")
    )


def to_look(*, entry: AccessLogEntry) -> Look:
    """An entry as its subject may read it."""
    first, _space, code = entry.detail.partition(" ")
    is_certificate = first in set(CertificateLook)
    is_told = is_certificate or first in set(RecordLook)
    return Look(
        at=entry.at,
        role=str(Role(entry.role).label) if entry.role in Role.values else entry.role,
        institution_name=entry.institution.name if entry.institution else "",
        kind=first if is_told else entry.action,
        code=code if is_certificate else "",
    )
