"""Calls that may be sent twice and act once."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from lms.api.models import RememberedCall

KEPT = timedelta(days=2)
LONGEST_WORK = timedelta(minutes=15)
"""After this time, a call without an answer was broken off, and may be made again."""


class CallInProgressError(Exception):
    """The same call is being worked on at this moment."""


class KeyReusedError(Exception):
    """The key was sent before with another request."""


@transaction.atomic
def begin_call(*, token_id: int, key: str, request_hash: str, at: datetime) -> RememberedCall | None:
    """None when the call is ours to make; the earlier one when it was answered. At most four queries.

    Raises:
        CallInProgressError, KeyReusedError: see there.
    """
    calls = RememberedCall.objects.filter(token_id=token_id)
    calls.filter(created_at__lt=at - KEPT).delete()
    calls.filter(status=None, created_at__lt=at - LONGEST_WORK).delete()
    try:
        with transaction.atomic():
            RememberedCall.objects.create(
                token_id=token_id, key=key, request_hash=request_hash, created_at=at
            )
    except IntegrityError:
        earlier = calls.get(key=key)
        if earlier.request_hash != request_hash:
            raise KeyReusedError from None
        if earlier.status is None:
            raise CallInProgressError from None
        return earlier
    return None


def finish_call(*, token_id: int, key: str, status: int, body: dict[str, Any]) -> None:
    """Keep the answer."""
    RememberedCall.objects.filter(token_id=token_id, key=key).update(status=status, body=body)


def forget_call(*, token_id: int, key: str) -> None:
    """It did nothing: it may be made again."""
    RememberedCall.objects.filter(token_id=token_id, key=key, status=None).delete()
