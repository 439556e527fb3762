"""What an engine writes for one statement."""

from dataclasses import dataclass
from uuid import UUID

from lms.xapi.rules.keys import Keys


@dataclass(frozen=True, slots=True)
class NewStatement:
    """``body`` is packed (``rules.codec``); ``digest`` as in ``rules.canonical``."""

    position: int
    id: UUID
    digest: bytes
    body: bytes
    keys: Keys


@dataclass(frozen=True, slots=True)
class NewAlias:
    """Keys under which the statement at ``position`` is found because of one it refers to."""

    position: int
    via: int
    keys: Keys
