"""The checked rows between reading and decision: one compressed JSON per chunk."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from lms.people.rosters.problems import RowProblem
from lms.people.rosters.rows import Mention, RosterRow

CHUNK_ROWS = 900
"""Rows read, decided and written together: below the 999 parameters that any SQLite accepts."""


@dataclass(frozen=True, slots=True)
class RowChunk:
    """The correct rows of a chunk, and the people whom its wrong rows name."""

    rows: Sequence[RosterRow] = ()
    mentioned: Sequence[Mention] = ()

    def fingerprints(self) -> Iterator[str]:
        """Of everybody who is not absent."""
        yield from (row.fingerprint for row in self.rows)
        yield from (mention.fingerprint for mention in self.mentioned)


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that is left out: its number, its cells as text, and what is wrong with it."""

    number: int
    cells: Sequence[str]
    problems: Sequence[RowProblem] = field(default=())


_chunk_decoder = msgspec.json.Decoder(RowChunk)
_wrong_decoder = msgspec.json.Decoder(list[WrongRow])


def pack_chunk(chunk: RowChunk) -> bytes:
    return zlib.compress(msgspec.json.encode(chunk), 6)


def unpack_chunk(packed: bytes | memoryview) -> RowChunk:
    return _chunk_decoder.decode(zlib.decompress(packed))


def spell_wrong_rows(rows: Sequence[WrongRow]) -> str:
    """Text, to be sealed: these cells hold RUN."""
    return msgspec.json.encode(list(rows)).decode()


def read_wrong_rows(text: str) -> list[WrongRow]:
    return _wrong_decoder.decode(text)
