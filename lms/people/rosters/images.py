"""What rows were before a roster wrote them, and a mark of what they were afterwards. Pure."""

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

Values = dict[str, Any]
"""The columns of a row; dates as ISO text."""


@dataclass(slots=True)
class PersonImage:
    """A person, and her postings and leaves in the institution of the roster.

    ``is_new``: created by it. ``names``: the columns that it changed, as they were. ``postings``,
    ``leaves``: rows that it changed or deleted, whole. ``new_postings``, ``new_leaves``: ids of rows that it
    created. ``names_mark``, ``jobs_mark``: of the whole afterwards; whoever finds another one knows that
    somebody has changed it since.
    """

    person_id: int
    is_new: bool = False
    names: Values = field(default_factory=dict)
    names_mark: str = ""
    postings: list[Values] = field(default_factory=list)
    leaves: list[Values] = field(default_factory=list)
    new_postings: list[int] = field(default_factory=list)
    new_leaves: list[int] = field(default_factory=list)
    jobs_mark: str = ""

    @property
    def has_jobs(self) -> bool:
        return bool(self.postings or self.leaves or self.new_postings or self.new_leaves)


@dataclass(slots=True)
class UnitImage:
    """A unit that a roster created (``before`` empty) or changed, and the mark of it afterwards."""

    unit_id: int
    before: Values = field(default_factory=dict)
    mark: str = ""


@dataclass(slots=True)
class ChunkImage:
    """All that one chunk wrote."""

    people: list[PersonImage] = field(default_factory=list)
    units: list[UnitImage] = field(default_factory=list)


_decoder = msgspec.json.Decoder(ChunkImage)


def pack_image(image: ChunkImage) -> bytes:
    return zlib.compress(msgspec.json.encode(image), 6)


def unpack_image(packed: bytes | memoryview) -> ChunkImage:
    return _decoder.decode(zlib.decompress(packed))


def mark_of(*rows: Mapping[str, Any]) -> str:
    """The same for the same rows in any order: 16 hexadecimal characters."""
    lines = sorted("|".join(f"{key}={row[key]}" for key in sorted(row)) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def changed_rows(before: Sequence[Values], after: Sequence[Values]) -> tuple[list[Values], list[int]]:
    """Rows that are different or gone afterwards, as they were (by ``id``); ids of those that are new."""
    now = {row["id"]: row for row in after}
    then = {row["id"] for row in before}
    return [row for row in before if now.get(row["id"]) != row], [pk for pk in now if pk not in then]
