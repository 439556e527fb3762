"""Forwarding as the periodic job does it, with a clock that tests set."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from lms.xapi.models import ForwardTarget
from lms.xapi.platform import credential_keys, current_platform
from lms.xapi.services.forward_targets import create_target
from lms.xapi.services.forwarding import Sending, forward_due
from tests.xapi.stub_lrs import StubLrs

AT = datetime(2026, 11, 20, 15, tzinfo=UTC)


def sending(*, private_allowed: bool = True) -> Sending:
    return Sending(current_platform(), credential_keys(), private_allowed)


def open_target(stub: StubLrs | str, **changes: Any) -> ForwardTarget:
    """A target that gets everything from the start, whoever said it, under the names it has here."""
    number = ForwardTarget.objects.count() + 1
    fields: dict[str, Any] = {
        "name": f"Destino {number}",
        "endpoint": stub if isinstance(stub, str) else stub.endpoint,
        "key": "clave-del-destino",
        "secret": "secreto-del-destino",
        "verbs": [],
        "only_ours": False,
        "own_pseudonyms": False,
        "from_start": True,
        "sealing_key": credential_keys()[0],
        "at": AT,
    }
    return create_target(**(fields | changes))


def forward_all(*, now: datetime | Callable[[], datetime] = AT, seconds: float = 600) -> int:
    """One turn of the job; how many were delivered."""
    clock = now if callable(now) else lambda: now
    return forward_due(sending=sending(), now=clock, seconds=seconds)


def fresh(target: ForwardTarget) -> ForwardTarget:
    """The target as it is in the database."""
    return ForwardTarget.objects.get(pk=target.pk)
