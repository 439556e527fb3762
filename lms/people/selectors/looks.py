"""Who looked at a person's record, told to that person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from lms.lib.clock import start_of_day
from lms.people.models import AccessLogEntry, Posting, Role


class CertificateLook(StrEnum):
    """What was done with one certificate: the first word of an entry's ``detail``, before its code."""

    SEEN = "certificate_seen"
    REVOKED = "certificate_revoked"
    REISSUED = "certificate_reissued"


class RecordLook(StrEnum):
    """What was done with a person's record, or the statements of it: all of an entry's ``detail``."""

    STATEMENTS_SEEN = "statements_seen"
    QUESTION_SEEN = "question_seen"
    QUESTION_ANSWERED = "question_answered"
    COMPLETION_ATTESTED = "completion_attested"
    COMPLETION_CORRECTED = "completion_corrected"
    EVIDENCE_SEEN = "evidence_seen"
    TALK_REVIEWED = "talk_reviewed"
    ANSWER_READ = "answer_read"


NAMELESS = frozenset({RecordLook.ANSWER_READ})
"""Looks of people who must not be known by what they did: not even their institution is told."""


class ProgramLook(StrEnum):
    """What a program read by the API: the first word of an entry's ``detail``, before its name."""

    SEEN = "program_seen"


class PeopleLook(StrEnum):
    """What HR changed in who is who: all of an entry's ``detail``."""

    ADDED = "person_added"
    MERGED = "people_merged"
    MERGE_UNDONE = "merge_undone"


@dataclass(frozen=True)
class Look:
    """One look at one person, without saying who looked.

    ``is_nameless``: nor from which institution, so that nobody guesses it.
    ``kind`` is a value of :class:`CertificateLook`, of :class:`RecordLook`, of :class:`PeopleLook`, of
    :class:`ProgramLook` or of ``AccessLogEntry.Action``; ``code`` is that of the certificate, where it
    was about one, and ``program`` the name of the program, where it was one.
    """

    at: datetime
    role: str
    institution_name: str
    kind: str
    code: str = ""
    program: str = ""
    is_nameless: bool = False


def list_looks_at(*, person_id: int) -> QuerySet[AccessLogEntry]:
    """The entries about one person, newest first; one query when read. Looks at lists name nobody."""
    return (
        AccessLogEntry.objects.filter(subject_id=person_id)
        .select_related("institution")
        .order_by("-at", "-pk")
    )


@dataclass(frozen=True)
class ListLooks:
    """How often, in one month, one role looked at (or exported) lists in which a person may have been."""

    month: date
    role: str
    institution_name: str
    action: str
    times: int


def count_looks_at_lists(*, person_id: int, since: datetime) -> list[ListLooks]:
    """Looks at lists of the institutions where the person worked at the time, newest month first.

    A list keeps how many it showed, not whom: whoever worked there may have been in it. Two queries.
    """
    postings = list(Posting.objects.filter(person_id=person_id))
    where = Q(pk__in=[])
    for posting in postings:
        days = Q(at__gte=start_of_day(posting.valid_from))
        if posting.valid_until:
            days &= Q(at__lt=start_of_day(posting.valid_until + timedelta(days=1)))
        where |= days & Q(institution_id=posting.institution_id)
    lists = (AccessLogEntry.Action.VIEW_LIST, AccessLogEntry.Action.EXPORT, AccessLogEntry.Action.IMPORT)
    rows = (
        AccessLogEntry.objects.filter(where, subject__isnull=True, action__in=lists, at__gte=since)
        .annotate(month=TruncMonth("at"))
        .values_list("month", "role", "institution__name", "action")
        .annotate(times=Count("pk"))
        .order_by("-month", "institution__name", "role", "action")
    )
    return [
        ListLooks(month.date(), spell_role(role), name or "", action, times)
        for month, role, name, action, times in rows
    ]


def spell_role(role: str) -> str:
    """The role in words; as it was written where we do not know it any more. No query."""
    return str(Role(role).label) if role in Role.values else role


def to_look(*, entry: AccessLogEntry) -> Look:
    """An entry as its subject may read it."""
    first, _space, rest = entry.detail.partition(" ")
    is_certificate, is_program = first in set(CertificateLook), first in set(ProgramLook)
    is_nameless = first in NAMELESS
    is_told = is_certificate or is_program or first in {*RecordLook, *PeopleLook}
    return Look(
        at=entry.at,
        role=spell_role(entry.role),
        institution_name=entry.institution.name if entry.institution and not is_nameless else "",
        kind=first if is_told else entry.action,
        code=rest if is_certificate else "",
        program=rest if is_program else "",
        is_nameless=is_nameless,
    )
