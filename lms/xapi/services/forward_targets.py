"""The other LRSs: adding one, mending it, sending to it again."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lms.lib.sealing import seal
from lms.xapi.engines import current_engine
from lms.xapi.models import DeadLetter, ForwardTarget
from lms.xapi.rules import positions
from lms.xapi.services.forwarding import PURPOSE


def create_target(
    *,
    name: str,
    endpoint: str,
    key: str,
    secret: str,
    verbs: Sequence[str],
    only_ours: bool,
    own_pseudonyms: bool,
    from_start: bool,
    sealing_key: str,
    at: datetime,
) -> ForwardTarget:
    """A new target; it gets everything from now on, and before that what there is if ``from_start``."""
    return ForwardTarget.objects.create(
        name=name,
        endpoint=endpoint,
        key=key,
        secret=seal(secret, purpose=PURPOSE, key=sealing_key),
        verbs=list(verbs),
        only_ours=only_ours,
        own_pseudonyms=own_pseudonyms,
        pseudonym_key=secrets.token_hex(32),
        cursor=-(2**63) if from_start else current_engine().settled_before() - 1,
        created_at=at,
    )


def change_target(
    *, target_id: int, endpoint: str, key: str, secret: str, sealing_key: str, is_active: bool
) -> None:
    """Mend the address or the credentials, or stop and go on; it is tried again at once."""
    changes: dict[str, Any] = {"endpoint": endpoint, "key": key, "is_active": is_active}
    if secret:
        changes["secret"] = seal(secret, purpose=PURPOSE, key=sealing_key)
    ForwardTarget.objects.filter(pk=target_id).update(**changes, next_attempt_at=None, failures=0)


def replay_from(*, target_id: int, since: datetime) -> None:
    """Send again everything stored since then; the other side knows the ids and keeps one of each."""
    cursor = max(positions.bound_at(since) - 1, -positions.LAST - 1)
    ForwardTarget.objects.filter(pk=target_id).update(
        cursor=cursor, next_attempt_at=None, failures=0, is_active=True
    )


def delete_target(*, target_id: int) -> None:
    """It gets nothing more; what it has, it keeps."""
    ForwardTarget.objects.filter(pk=target_id).delete()


def discard_dead_letter(*, letter_id: int) -> bool:
    """Give a refused statement up for its target; the record keeps it. True where it was still set aside."""
    deleted, _by_table = DeadLetter.objects.filter(pk=letter_id).delete()
    return deleted > 0
