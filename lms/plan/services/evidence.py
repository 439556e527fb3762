"""Keeping what shows that a milestone advanced: files by their hash, and addresses that are asked monthly."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q

from courses.quality.rules import LinkState
from lms.lib.file_kinds import is_document
from lms.lib.link_asking import LinkAsker
from lms.plan.models import Evidence, PlanChange, ProgressUpdate, UpdateLine
from lms.plan.services.changes import lock_commitment, record_change
from lms.plan.services.kept_files import drop_kept_file, keep_file, open_kept_file
from lms.plan.services.milestones import ReasonMissingError, lock_milestone

STORAGE = "plan_evidence"
LARGEST_FILE = 20 * 1024 * 1024
MONTH = timedelta(days=30)
DAYS_UNTIL_DEAD = timedelta(days=1)


class EvidenceFileError(ValueError):
    """The file cannot be kept; the subclass says why."""


class SentUpdateError(Exception):
    """The update was sent meanwhile: what it says is being read."""


class EmptyFileError(EvidenceFileError):
    """It has no content."""


class LargeFileError(EvidenceFileError):
    """It has more than twenty megabytes."""


class FileKindError(EvidenceFileError):
    """By its content it is no document, sheet, table or picture of those that we publish."""


@dataclass(frozen=True, kw_only=True)
class EvidenceValues:
    """What is said of a piece of evidence. Either ``url``, or ``content`` with ``file_name``."""

    title: str
    dated_on: date
    licence: str
    url: str = ""
    file_name: str = ""
    content: bytes = b""


@transaction.atomic
def add_evidence(
    *, line: UpdateLine, values: EvidenceValues, office: str, added_by_id: int | None, at: datetime
) -> Evidence:
    """Evidence of a line that is not approved yet: nobody sees it before that.

    The bytes go before the row: a crash between leaves bytes that are stored again.

    Raises:
        EvidenceFileError: one of those above.
        SentUpdateError: see there.
    """
    _lock_line(line_id=line.pk)
    digest = ""
    if not values.url:
        check_file(content=values.content, name=values.file_name)
        digest = keep_file(storage=STORAGE, content=values.content)
    return Evidence.objects.create(
        milestone_id=line.milestone_id,
        line=line,
        title=values.title,
        dated_on=values.dated_on,
        licence=values.licence,
        url=values.url,
        file_name=values.file_name if digest else "",
        sha256=digest,
        size=len(values.content) if digest else None,
        added_by_id=added_by_id,
        added_by_office=office,
        added_at=at,
    )


def check_file(*, content: bytes, name: str) -> None:
    """No query.

    Raises:
        EvidenceFileError: one of those above.
    """
    if not content:
        raise EmptyFileError
    if len(content) > LARGEST_FILE:
        raise LargeFileError
    if not is_document(content, name=name):
        raise FileKindError


@transaction.atomic
def take_away_evidence(*, evidence_id: int) -> None:
    """Takes away evidence of a line that is still being written.

    Raises:
        Evidence.DoesNotExist: it is gone, or public.
        SentUpdateError: see there.
    """
    found = Evidence.objects.get(pk=evidence_id, published_at__isnull=True, line__isnull=False)
    _lock_line(line_id=found.line_id or 0)
    discard_evidence(evidence_id=evidence_id)


@transaction.atomic
def discard_evidence(*, evidence_id: int) -> None:
    """Takes away what was never public, with its bytes; what was stays (see :func:`retire_evidence`)."""
    evidence = Evidence.objects.filter(pk=evidence_id, published_at__isnull=True).first()
    if evidence is not None:
        evidence.delete()
        _drop_unused(digest=evidence.sha256)


def _lock_line(*, line_id: int) -> None:
    """The update of the line, still being written, for this transaction alone.

    Raises:
        SentUpdateError: see there.
    """
    update_id, commitment_id = UpdateLine.objects.values_list("update_id", "update__commitment_id").get(
        pk=line_id
    )
    lock_commitment(commitment_id=commitment_id)
    state = ProgressUpdate.objects.values_list("state", flat=True).get(pk=update_id)
    if state not in {ProgressUpdate.State.DRAFT, ProgressUpdate.State.RETURNED}:
        raise SentUpdateError


def _drop_unused(*, digest: str) -> None:
    """Deletes the bytes that no evidence shows any more: a file is often taken back for whom it names.

    Once it is certain that the row is gone: bytes do not come back with the transaction.
    """
    if digest:
        transaction.on_commit(partial(_drop_bytes, digest))


def _drop_bytes(digest: str) -> None:
    if not Evidence.objects.filter(sha256=digest, retired_at__isnull=True).exists():
        drop_kept_file(storage=STORAGE, digest=digest)


@transaction.atomic
def retire_evidence(*, evidence_id: int, reason: str, changed_by_id: int | None, at: datetime) -> bool:
    """Takes back public evidence, with a reason that everybody can read; whether it was public till now.

    Raises:
        Evidence.DoesNotExist: there is none.
        ReasonMissingError: see there.
    """
    found = Evidence.objects.get(pk=evidence_id)
    milestone, commitment = lock_milestone(milestone_id=found.milestone_id)
    evidence = Evidence.objects.select_for_update().get(pk=evidence_id)
    if evidence.retired_at is not None or evidence.published_at is None:
        return False
    if not reason.strip():
        raise ReasonMissingError
    evidence.retired_at, evidence.retired_reason = at, reason.strip()
    evidence.save(update_fields=["retired_at", "retired_reason"])
    _drop_unused(digest=evidence.sha256)
    record_change(
        plan=commitment.plan,
        commitment=commitment,
        subject=PlanChange.Subject.EVIDENCE,
        row=evidence,
        label=f"{milestone.label}: {evidence.title}",
        kind=PlanChange.Kind.RETIRED,
        changed_by_id=changed_by_id,
        at=at,
        before={"title": evidence.title},
        reason=reason.strip(),
    )
    return True


def check_links(*, at: datetime, asker: LinkAsker, most: int = 200) -> int:
    """Asks the addresses of public evidence that were not asked for a month; how many were.

    One that did not answer is asked again the next day; from the second time on it is shown as dead,
    since the first. What does not let programs in stays as it was.
    """
    due = Evidence.objects.filter(published_at__isnull=False, retired_at__isnull=True).exclude(url="")
    due = due.filter(
        Q(checked_at__isnull=True)
        | Q(checked_at__lte=at - MONTH)
        | Q(dead_since__isnull=False, checked_at__lte=at - DAYS_UNTIL_DEAD)
    )
    asked = 0
    for evidence in due.order_by("checked_at", "pk")[:most]:
        state = asker.ask(evidence.url).state
        if state == LinkState.WORKS:
            evidence.dead_since = None
        elif state in {LinkState.GONE, LinkState.FAILS} and evidence.dead_since is None:
            evidence.dead_since = at
        evidence.checked_at = at
        evidence.save(update_fields=["dead_since", "checked_at"])
        asked += 1
    return asked


def open_file(*, evidence: Evidence) -> bytes:
    """The bytes of a file; they are those of ``sha256``."""
    return open_kept_file(storage=STORAGE, digest=evidence.sha256)
