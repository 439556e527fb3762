"""What a sealed snapshot is made of, and how it is proved years later. Pure.

The content is canonical JSON, so that equal facts give equal bytes; the seal is its SHA-256. Each
content names the seal before it: to change one means to change all that came after.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from lms.lib.canonical import canonical, digest
from lms.plan.rules.cube import PublishedCube

SEAL_VERSION = 1
"""Of the form of the content; a seal keeps the one it was made with."""


def month_end_before(*, day: date) -> date:
    """The last day of the month before that of ``day``."""
    return day.replace(day=1) - timedelta(days=1)


def is_month_end(*, day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def hidden_figures(*, cube: PublishedCube) -> dict[str, int]:
    """How many cells are not given, by the reason printed beside them."""
    motives = Counter(str(cell.completed.motive) for cell in cube.cells if cell.completed.motive)
    return dict(sorted(motives.items()))


def counts_text(*, known: Mapping[str, Any], rows: Iterable[Sequence[Any]]) -> str:
    """True counts, and what was on record when they were counted, as the text whose keyed hash is kept."""
    return canonical({"known": dict(known), "rows": sorted(list(row) for row in rows)})


@dataclass(frozen=True)
class StoredSeal:
    """What is stored of one seal, in the order of the chain."""

    number: int
    day: str
    why: str
    reason: str
    content: str
    previous_sha256: str
    sha256: str


class Break(StrEnum):
    """What is wrong with a seal."""

    UNREADABLE = "unreadable"
    DIGEST = "digest"
    HEADING = "heading"
    CHAIN = "chain"


def find_breaks(*, seal: StoredSeal, before: str) -> list[Break]:
    """Whatever does not fit: the digest, the heading, the link to the seal before (``before``)."""
    found = [] if digest(seal.content) == seal.sha256 else [Break.DIGEST]
    try:
        head = json.loads(seal.content)
        told = [head[name] for name in ("numero", "fecha_corte", "por_que", "motivo", "sello_anterior")]
    except (ValueError, KeyError, TypeError):
        return [*found, Break.UNREADABLE]
    if told != [seal.number, seal.day, seal.why, seal.reason, seal.previous_sha256]:
        found.append(Break.HEADING)
    if seal.previous_sha256 != before:
        found.append(Break.CHAIN)
    return found
