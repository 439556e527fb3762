"""Sending statements on: at least once, in order, whatever happens in between.

The record is the outbox: a target's cursor moves when the other side has said yes (or when what it will
never accept was set aside). A process that dies between the two sends again, with the same ids.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.core.files.storage import storages
from django.db.models import F, Q
from urllib3.exceptions import HTTPError

from lms.lib.sealing import unseal
from lms.xapi.engines import current_engine
from lms.xapi.models import Attachment, DeadLetter, ForwardTarget, Statement
from lms.xapi.platform import Platform
from lms.xapi.rules.attachments import list_attachments
from lms.xapi.rules.forwarding import Verdict, judge, pause_after, prepare_outgoing
from lms.xapi.rules.speakers import platform_speaker
from lms.xapi.selectors.reading import Said
from lms.xapi.services.attachments import read_attachment
from lms.xapi.services.lrs_client import LrsClient, explain
from lms.xapi.statements import accounts_home

logger = structlog.get_logger(__name__)
PURPOSE = "reenvío"
BATCH = 100
CHUNK = 500
LEASE = timedelta(minutes=2)
"""Longer than one request can take: connecting, sending and reading have their own limits."""
LARGEST_FILES = 20 * 1024 * 1024


class LaterError(Exception):
    """The target cannot now. ``asked``: the seconds it wants us to wait."""

    def __init__(self, reason: str, asked: int | None = None) -> None:
        super().__init__(reason)
        self.asked = asked


@dataclass(frozen=True)
class Sending:
    """What sending needs of the installation. ``keys`` as for sealed secrets."""

    platform: Platform
    keys: Sequence[str]
    private_allowed: bool = False


@dataclass(frozen=True)
class Outgoing:
    """A statement on its way: its text, and whether files go with it."""

    row: Statement
    text: bytes
    files: tuple[tuple[Attachment, str], ...]


def forward_due(*, sending: Sending, now: Callable[[], datetime], seconds: float) -> int:
    """Send to every active target whose time has come, for so long; how many were delivered."""
    until = now() + timedelta(seconds=seconds)
    due = ForwardTarget.objects.filter(is_active=True).filter(
        Q(next_attempt_at=None) | Q(next_attempt_at__lte=now())
    )
    return sum(forward(target=target, sending=sending, now=now, until=until) for target in due.order_by("pk"))


def forward(*, target: ForwardTarget, sending: Sending, now: Callable[[], datetime], until: datetime) -> int:
    """Send what waits for one target, oldest first; how many were delivered.

    No transaction is open while the network is waited for. A second worker finds the lease and
    leaves the target alone.
    """
    lease = _lease(target, now(), mine=None)
    if lease is None:
        return 0
    delivered = 0
    try:
        with closing(_client(target, sending)) as client:
            for batch, upto in _batches(target, sending):
                refused = _deliver(client, batch)
                _advance(target, upto, batch, refused, now())
                delivered += len(batch) - len(refused)
                renewed = _lease(target, now(), mine=lease)
                lease = renewed or lease
                if renewed is None or now() >= until:
                    break
    except LaterError as error:
        _wait(target, error, now())
    except Exception as error:  # whatever is wrong with one target, the others get theirs
        logger.exception("forwarding_failed", target=target.pk)
        _wait(target, LaterError(f"No se pudo enviar: {error or type(error).__name__}"), now())
    finally:
        ForwardTarget.objects.filter(pk=target.pk, leased_until=lease).update(leased_until=None)
    return delivered


def retry_dead_letter(*, letter_id: int, sending: Sending, at: datetime) -> bool:
    """Send one refused statement again; True where it was accepted now.

    Raises:
        LaterError: the target cannot now.
        DeadLetter.DoesNotExist: it was settled meanwhile.
    """
    letter = DeadLetter.objects.select_related("target").get(pk=letter_id)
    row = Statement.objects.filter(position=letter.position).first()
    if row is None:
        raise LaterError("La declaración está en el archivo: vuelve a adjuntar su mes primero.")
    with closing(_client(letter.target, sending)) as client:
        refused = _deliver(client, [_outgoing(letter.target, sending, row)])
    if refused:
        letter.reason, letter.at = refused[0][1], at
        letter.save(update_fields=["reason", "at"])
        return False
    letter.delete()
    ForwardTarget.objects.filter(pk=letter.target_id).update(sent_count=F("sent_count") + 1)
    return True


def _lease(target: ForwardTarget, at: datetime, *, mine: datetime | None) -> datetime | None:
    """Take the target, or keep it; None where somebody else has it, or moved or stopped it."""
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    if mine is not None:
        free |= Q(leased_until=mine)
    until = at + LEASE
    taken = ForwardTarget.objects.filter(free, pk=target.pk, is_active=True, cursor=target.cursor).update(
        leased_until=until
    )
    return until if taken else None


def reveal_secret(*, target: ForwardTarget, keys: Sequence[str]) -> str:
    """The secret that the other side gave for us.

    Raises:
        UnsealError: the key it was sealed with is gone.
    """
    return unseal(target.secret, purpose=PURPOSE, keys=keys)


def _client(target: ForwardTarget, sending: Sending) -> LrsClient:
    return LrsClient(
        endpoint=target.endpoint,
        key=target.key,
        secret=reveal_secret(target=target, keys=sending.keys),
        private_allowed=sending.private_allowed,
    )


def _batches(target: ForwardTarget, sending: Sending) -> Iterator[tuple[list[Outgoing], int]]:
    """What to send together, and the position up to which the target then has everything.

    A statement with files goes alone. What a target does not want is passed over.
    """
    settled = current_engine().settled_before()
    cursor = target.cursor
    while True:
        rows = list(
            Statement.objects.filter(position__gt=cursor, position__lt=settled).order_by("position")[:CHUNK]
        )
        if not rows:
            return
        batch: list[Outgoing] = []
        for row in rows:
            if not _wants(target, sending, row):
                continue
            going = _outgoing(target, sending, row)
            if batch and (going.files or len(batch) == BATCH):
                yield batch, batch[-1].row.position
                batch = []
            batch.append(going)
            if going.files:
                yield batch, row.position
                batch = []
        cursor = rows[-1].position
        yield batch, cursor


def _wants(target: ForwardTarget, sending: Sending, row: Statement) -> bool:
    if not target.only_ours and not target.verbs:
        return True
    said = Said(row.position, row.raw)
    if target.only_ours and said.vouched_by != platform_speaker(sending.platform.base_iri).key:
        return False
    return not target.verbs or said.verb in target.verbs


def _outgoing(target: ForwardTarget, sending: Sending, row: Statement) -> Outgoing:
    people = accounts_home(sending.platform.base_iri)
    key = target.pseudonym_key if target.own_pseudonyms else None
    text = row.text
    files = _files(row) if b'"attachments"' in text else ()
    return Outgoing(row, prepare_outgoing(text, people=people, key=key), files)


def _files(row: Statement) -> tuple[tuple[Attachment, str], ...]:
    kinds = {found["sha2"].lower(): found["contentType"] for found in list_attachments(row.raw)}
    return tuple((a, kinds[a.sha2]) for a in Attachment.objects.filter(pk__in=list(kinds)).order_by("pk"))


def _deliver(client: LrsClient, batch: Sequence[Outgoing]) -> list[tuple[Outgoing, str]]:
    """Send a batch; what was refused for good, with the reason. A refused batch is halved until it is one.

    Raises:
        LaterError: the target cannot now.
    """
    if not batch:
        return []
    if sum(attachment.length for attachment, _kind in batch[0].files) > LARGEST_FILES:
        return [(batch[0], f"Sus archivos pasan de {LARGEST_FILES} bytes.")]
    try:
        content, content_type = _body(batch)
    except FileNotFoundError:
        return [(batch[0], "Falta uno de sus archivos.")]
    try:
        answer = client.post_statements(content, content_type=content_type)
    except (HTTPError, OSError) as error:
        raise LaterError(explain(error)) from error
    verdict = judge(answer.status)
    if verdict == Verdict.DELIVERED and not answer.text.lstrip().startswith("["):
        # A page of somebody else's, for example of a proxy at work: the ids are what confirms.
        raise LaterError(f"Respondió {answer.status}, pero no como un LRS: {answer.text[:300]}")
    if verdict == Verdict.DELIVERED:
        return []
    if verdict == Verdict.LATER:
        raise LaterError(f"Respondió {answer.status}: {answer.text[:300]}", answer.retry_after)
    if len(batch) == 1:
        return [(batch[0], f"Respondió {answer.status}: {answer.text[:1000]}")]
    middle = len(batch) // 2
    return [*_deliver(client, batch[:middle]), *_deliver(client, batch[middle:])]


def _body(batch: Sequence[Outgoing]) -> tuple[bytes, str]:
    """Content and media type: JSON, or multipart where files go along (then the batch is one)."""
    if not batch[0].files:
        return b"[" + b",".join(going.text for going in batch) + b"]", "application/json"
    boundary = secrets.token_hex(24).encode()
    parts = [b"--", boundary, b"\r\nContent-Type: application/json\r\n\r\n", batch[0].text]
    for attachment, kind in batch[0].files:
        head = (
            f"Content-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n"
            f"X-Experience-API-Hash: {attachment.sha2}\r\n\r\n"
        )
        parts += [b"\r\n--", boundary, b"\r\n", head.encode()]
        parts += read_attachment(attachment=attachment, storage=storages["xapi"])
    parts += [b"\r\n--", boundary, b"--\r\n"]
    return b"".join(parts), f"multipart/mixed; boundary={boundary.decode()}"


def _advance(
    target: ForwardTarget,
    upto: int,
    batch: Sequence[Outgoing],
    refused: Sequence[tuple[Outgoing, str]],
    at: datetime,
) -> None:
    delivered = len(batch) - len(refused)
    DeadLetter.objects.filter(target=target, position__in=[going.row.position for going in batch]).delete()
    DeadLetter.objects.bulk_create(
        [
            DeadLetter(
                target=target,
                position=going.row.position,
                statement_id=going.row.id,
                reason=reason,
                at=at,
            )
            for going, reason in refused
        ],
        ignore_conflicts=True,
    )
    changes: dict[str, Any] = {"failures": 0, "last_error": "", "next_attempt_at": None}
    if delivered:
        changes |= {"sent_count": F("sent_count") + delivered, "last_sent_at": at}
    # Whoever replayed meanwhile has moved the cursor: their wish stands.
    ForwardTarget.objects.filter(pk=target.pk, cursor=target.cursor).update(cursor=upto, **changes)
    target.cursor, target.failures = upto, 0


def _wait(target: ForwardTarget, error: LaterError, at: datetime) -> None:
    failures = target.failures + 1
    ForwardTarget.objects.filter(pk=target.pk).update(
        failures=failures,
        last_error=str(error)[:2000],
        next_attempt_at=at + pause_after(failures, asked=error.asked),
    )
